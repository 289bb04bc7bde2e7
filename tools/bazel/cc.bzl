"""cc_library and cc_test as Bazel has them, with headers precompiled.

    load("//tools/bazel:cc.bzl", "cc_test")

See precompiled.bzl.
"""

load("//tools/bazel:fast.bzl", "FAST_COPTS")
load(
    "//tools/bazel:precompiled.bzl",
    "FAST_PRECOMPILED_COPTS",
    "FAST_PRECOMPILED_DEPS",
    "PRECOMPILED_COPTS",
    "PRECOMPILED_DEPS",
    "TEST_PRECOMPILED_COPTS",
    "TEST_PRECOMPILED_DEPS",
)

def cc_library(
        copts = [],
        deps = [],
        fast = False,
        precompiled_by_gcc = True,
        tags = [],
        **attributes):
    """A library.

    Args:
      copts: as of Bazel's.
      deps: as of Bazel's.
      fast: whether it is on the path of every simulated event, or of every
        history that a test tries.
      precompiled_by_gcc: whether GCC may find headers parsed; not where sources
        have options of their own, which Clang does not mind.
      tags: as of Bazel's.
      **attributes: further ones of Bazel's.
    """
    if fast:
        # With a tag, so that other rules can tell, whatever the configuration is.
        native.cc_library(
            copts = copts + FAST_COPTS + FAST_PRECOMPILED_COPTS,
            deps = deps + FAST_PRECOMPILED_DEPS,
            tags = tags + ["fast"],
            **attributes
        )
    else:
        native.cc_library(
            copts = copts + (PRECOMPILED_COPTS if precompiled_by_gcc else TEST_PRECOMPILED_COPTS),
            deps = deps + (PRECOMPILED_DEPS if precompiled_by_gcc else TEST_PRECOMPILED_DEPS),
            tags = tags,
            **attributes
        )

def cc_test(copts = [], deps = [], **attributes):
    native.cc_test(
        copts = copts + TEST_PRECOMPILED_COPTS,
        deps = deps + TEST_PRECOMPILED_DEPS,
        **attributes
    )
