"""A libFuzzer target, and the test that runs it briefly."""

def fuzz_test(name, size, srcs, corpus, deps, local_defines = []):
    """Fuzzes for some seconds, starting from a corpus.

    Exists with --config=fuzz only, which needs Clang; elsewhere Bazel skips it.
    To fuzz for longer, run the binary on a folder of its own:

      bazel run --config=fuzz //kv:wire_fuzz -- /tmp/found kv/wire_corpus

    Args:
      name: of the program; the test is NAME_test.
      size: of the test.
      srcs: what defines LLVMFuzzerTestOneInput.
      corpus: the folder of first inputs, in this package.
      deps: of the program.
      local_defines: of the program.
    """
    compatible = select({
        "//tools/bazel:fuzzed": [],
        "//conditions:default": ["@platforms//:incompatible"],
    })
    native.cc_binary(
        name = name,
        testonly = True,
        srcs = srcs,
        linkopts = ["-fsanitize=fuzzer"],
        local_defines = local_defines,
        target_compatible_with = compatible,
        deps = deps,
    )
    native.sh_test(
        name = name + "_test",
        size = size,
        srcs = ["//tools/shell:fuzz.sh"],
        args = [
            "$(location :%s)" % name,
            "%s/%s" % (native.package_name(), corpus),
        ],
        data = [":" + name] + native.glob([corpus + "/**"]),
        tags = ["fuzz"],
        target_compatible_with = compatible,
    )
