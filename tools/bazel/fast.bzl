"""How what runs on the path of every simulated event is built.

    cc_library(name = "scheduler", copts = FAST_COPTS, ...)
    cc_binary(name = "reprise", linkopts = FAST_LINKOPTS, ...)
"""

# Optimised builds without sanitizers alone; see .bazelrc.
_COPTS = [
    "-O3",
    "-fomit-frame-pointer",
    "-fno-stack-protector",
]

# With GCC the objects hold two forms of the code: one for most programs, as
# ever, and one for those that are optimised as a whole when they are linked.
FAST_COPTS = select({
    "//tools/bazel:fast_gcc": _COPTS + [
        "-flto",
        "-ffat-lto-objects",
    ],
    "//tools/bazel:fast_clang": _COPTS,
    "//conditions:default": [],
})

# For a program that is optimised as a whole, which takes seconds.
FAST_LINKOPTS = select({
    "//tools/bazel:fast_gcc": [
        "-fuse-linker-plugin",
        "-flto",
        "-flto=2",
        "-O3",
    ],
    "//conditions:default": [],
})
