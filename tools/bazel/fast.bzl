"""How what runs on the path of every simulated event is built.

    cc_library(name = "scheduler", copts = FAST_COPTS, ...)
    cc_binary(name = "reprise", linkopts = FAST_LINKOPTS, ...)

The lists below serve the build by CMake, too; see tools/cmake/sources.bzl.
"""

# Optimised builds without sanitizers alone; see .bazelrc.
FAST_COMPILE_OPTIONS = [
    "-O3",
    "-fomit-frame-pointer",
    "-fno-stack-protector",
]

# With GCC the objects hold two forms of the code: one for most programs, as
# ever, and one for those that are optimised as a whole when they are linked.
FAST_WHOLE_PROGRAM_OPTIONS = [
    "-flto",
    "-ffat-lto-objects",
]

# With a sanitizer.
FAST_SANITIZED_OPTIONS = ["-O1"]

FAST_COPTS = select({
    "//tools/bazel:fast_programs": FAST_COMPILE_OPTIONS + FAST_WHOLE_PROGRAM_OPTIONS,
    "//tools/bazel:fast_objects": FAST_COMPILE_OPTIONS,
    "//tools/bazel:fast_sanitized": FAST_SANITIZED_OPTIONS,
    "//conditions:default": [],
})

# For a program that is optimised as a whole, which takes seconds.
FAST_LINK_OPTIONS = [
    "-fuse-linker-plugin",
    "-flto",
    "-flto=2",
    "-O3",
]

FAST_LINKOPTS = select({
    "//tools/bazel:fast_programs": FAST_LINK_OPTIONS,
    "//conditions:default": [],
})
