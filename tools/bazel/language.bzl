"""A check, before anything is compiled, that a build is one of C++20.

    cxx20(name = "cxx20")

is a library without content, which stops the build with a message that says
what to add to the .bazelrc.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

_TOO_OLD = ("98", "03", "0x", "11", "1y", "14", "1z", "17")

_MESSAGE = """
Reprise needs C++20, and this build has {option}. Add to the .bazelrc
  build --cxxopt=-std=c++20 --host_cxxopt=-std=c++20
or, which adds what else is needed, too,
  import PATH/OF/reprise/tools/bazel/dependents.bazelrc
"""

def _compile_options(ctx):
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        # They ask for names of modules, and nothing is compiled here.
        unsupported_features = ctx.disabled_features + [
            "layering_check",
            "module_maps",
            "use_header_modules",
        ],
    )
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = ctx.fragments.cpp.copts + ctx.fragments.cpp.cxxopts,
    )
    return cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = CPP_COMPILE_ACTION_NAME,
        variables = variables,
    )

def _cxx20_impl(ctx):
    standard = ""
    for option in _compile_options(ctx):
        if option.startswith("-std="):
            standard = option
    if standard.endswith(_TOO_OLD):
        fail(_MESSAGE.format(option = standard))
    return CcInfo()

cxx20 = rule(
    implementation = _cxx20_impl,
    attrs = {
        "_cc_toolchain": attr.label(
            default = Label("@bazel_tools//tools/cpp:current_cc_toolchain"),
        ),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
