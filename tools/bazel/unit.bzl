"""The rule for a unit: a header with its source, test and benchmark.

    unit(
        name = "event_queue",       # event_queue.h, and event_queue.cc if any
        fast = True,                # on the path of every simulated event
        deps = [":time"],
        test_deps = [":random"],    # of event_queue_test.cc, if any
    )

Whether there is a source, a test or a benchmark is seen from the files. Each
header compiles alone: its source begins with it, or else its test does, or else
a source of one line is made for it.
"""

load("//tools/bazel:cc.bzl", "cc_library", "cc_test")
load("//tools/bazel:precompiled.bzl", "NOT_WHERE_PRECOMPILED")

# Their headers are included as "reprise/sim/core/time.h", so that a project
# that uses them can have folders and files of the same names.
_PUBLIC_FOLDERS = ("sim", "kv", "checker", "text")

def _include_path():
    folder = native.package_name().split("/")[0]
    if folder not in _PUBLIC_FOLDERS:
        return {}
    return {"include_prefix": "reprise", "strip_include_prefix": "/"}

def _test(name, size, deps, attributes):
    cc_test(
        name = name + "_test",
        size = size,
        srcs = [name + "_test.cc"],
        deps = [":" + name, "@googletest//:gtest_main"] + deps,
        **attributes
    )

def _benchmark(name, deps):
    cc_library(
        name = name + "_benchmark",
        testonly = True,
        srcs = [name + "_benchmark.cc"],
        visibility = ["//tools/benchmarks:__pkg__"],
        deps = [":" + name, "@google_benchmark//:benchmark"] + deps,
        alwayslink = True,
    )

# A source that includes nothing but the header.
def _alone(name, header, attributes):
    stem = header[:-len(".h")]
    native.genrule(
        name = stem + "_alone_source",
        outs = [stem + "_alone.cc"],
        cmd = "echo '#include \"reprise/%s/%s\"' >$@" %
              (native.package_name(), header),
        visibility = ["//visibility:private"],
    )
    native.cc_library(
        name = stem + "_alone",
        testonly = attributes.get("testonly", False),
        srcs = [stem + "_alone.cc"],
        copts = ["-O0"],
        target_compatible_with = NOT_WHERE_PRECOMPILED,
        visibility = ["//visibility:private"],
        deps = [":" + name],
    )

def unit(
        name,
        srcs = None,
        hdrs = None,
        copts = [],
        deps = [],
        fast = False,
        tags = [],
        test = {},
        test_size = "small",
        test_deps = [],
        benchmark_deps = [],
        **library):
    """A library with the header NAME.h, its test and its benchmark.

    Args:
      name: of the library and of its files: NAME.h, NAME.cc, NAME_test.cc
        (a test of this name) and NAME_benchmark.cc (a library of this name,
        to be linked into a program of benchmarks).
      srcs: of the library, where they are not NAME.cc.
      hdrs: of the library, where they are not NAME.h.
      copts: of the library.
      deps: of the library.
      fast: whether the library is on the path of every simulated event, or of
        every history that a test tries.
      tags: of the library.
      test: further attributes of the test; None where a rule of its own makes
        it.
      test_size: of the test.
      test_deps: of the test besides the library and GoogleTest.
      benchmark_deps: of the benchmark besides the library and Google Benchmark.
      **library: further attributes of the library.
    """
    headers = [name + ".h"] if hdrs == None else hdrs
    cc_library(
        name = name,
        srcs = native.glob([name + ".cc"]) if srcs == None else srcs,
        hdrs = headers,
        copts = copts,
        tags = tags,
        fast = fast,
        deps = deps,
        **dict(library, **_include_path())
    )
    for header in headers if _include_path() else []:
        stem = header[:-len(".h")]
        if not native.glob([stem + ".cc", stem + "_test.cc"]):
            _alone(name, header, library)
    if test != None and native.glob([name + "_test.cc"]):
        _test(name, test_size, test_deps, test)
    if native.glob([name + "_benchmark.cc"]):
        _benchmark(name, benchmark_deps)
