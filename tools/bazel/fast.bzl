"""How libraries on the path of every simulated event are compiled.

    cc_library(name = "scheduler", copts = FAST_COPTS, ...)
"""

# Optimised builds without sanitizers alone; see .bazelrc.
FAST_COPTS = select({
    "//tools/bazel:fast": [
        "-O3",
        "-fno-stack-protector",
    ],
    "//conditions:default": [],
})
