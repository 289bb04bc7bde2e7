"""Headers of other projects that are parsed once for all sources of a build.

    precompiled_headers(name = "precompiled")

is a library whose dependents find these headers parsed when they are compiled
with PRECOMPILED_COPTS, which unit() does. Parsing GoogleMock and Abseil is most
of what a test takes to compile. Only Clang's builds for tests do so, those with
--define=precompiled=yes in .bazelrc. What was precompiled with other options
than a source's is an error, never ignored.

It hides it when a source lacks the #include of such a header. Jobs of tools/test
that compile without find that: `gcc` in headers, `optimised` and `cmake4` in all.
"""

load("@bazel_tools//tools/build_defs/cc:action_names.bzl", "CPP_COMPILE_ACTION_NAME")
load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

# Those that many sources include. They are installed for the whole system, so
# that every folder in which Bazel compiles finds them under one path.
_HEADERS = [
    "absl/container/flat_hash_map.h",
    "absl/container/flat_hash_set.h",
    "absl/status/status.h",
    "absl/status/statusor.h",
    "absl/strings/str_cat.h",
    "absl/strings/str_format.h",
    "absl/strings/str_join.h",
    "absl/strings/str_split.h",
    "absl/types/span.h",
    "algorithm",
    "array",
    "chrono",
    "deque",
    "functional",
    "gmock/gmock.h",
    "gtest/gtest.h",
    "map",
    "memory",
    "optional",
    "set",
    "sstream",
    "string",
    "tuple",
    "utility",
    "variant",
    "vector",
]

def _file_name(name):
    return name + ".pch"

def _options_of_users(name):
    return ["-include-pch", "$(BINDIR)/tools/bazel/" + _file_name(name)]

# With which Clang finds the headers parsed. For tools/cmake/sources.bzl, too.
PRECOMPILED_OPTIONS = _options_of_users("precompiled")

# The same for a source with FAST_COPTS.
FAST_PRECOMPILED_OPTIONS = _options_of_users("fast_precompiled")

def _where_precompiled(values):
    return select({
        "//tools/bazel:precompiles": values,
        "//conditions:default": [],
    })

# Attributes of a source.
PRECOMPILED_COPTS = _where_precompiled(PRECOMPILED_OPTIONS)
PRECOMPILED_DEPS = _where_precompiled(["//tools/bazel:precompiled"])
FAST_PRECOMPILED_COPTS = _where_precompiled(FAST_PRECOMPILED_OPTIONS)
FAST_PRECOMPILED_DEPS = _where_precompiled(["//tools/bazel:fast_precompiled"])

# Of what is compiled to see that it lacks no #include.
NOT_WHERE_PRECOMPILED = _where_precompiled(["@platforms//:incompatible"])

def _options(ctx, toolchain):
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        # They ask for names of modules, of which there are none.
        unsupported_features = ctx.disabled_features + [
            "layering_check",
            "module_maps",
            "use_header_modules",
        ],
    )
    variables = cc_common.create_compile_variables(
        feature_configuration = features,
        cc_toolchain = toolchain,
        user_compile_flags = ctx.fragments.cpp.copts +
                             ctx.fragments.cpp.cxxopts +
                             ctx.attr.copts,
    )
    options = cc_common.get_memory_inefficient_command_line(
        feature_configuration = features,
        action_name = CPP_COMPILE_ACTION_NAME,
        variables = variables,
    )
    if "layering_check" in ctx.features:
        # Sources have it then, and Clang asks for the same here.
        options = options + ["-fmodules-strict-decluse"]
    return options

def _precompiled_headers_impl(ctx):
    output = ctx.actions.declare_file(_file_name(ctx.label.name))
    toolchain = find_cpp_toolchain(ctx)
    arguments = ctx.actions.args()
    arguments.add(toolchain.compiler_executable)
    arguments.add_all(_options(ctx, toolchain))

    # Templates that the headers use are made once, too.
    arguments.add("-fpch-instantiate-templates")

    # Of use wherever and whenever it was made: no time, and no path of a source.
    arguments.add_all(["-Xclang", "-fno-pch-timestamp"])
    arguments.add_all(_HEADERS, before_each = "-include")
    arguments.add_all(["-x", "c++-header", "-c", "-", "-o", output])
    ctx.actions.run_shell(
        outputs = [output],
        inputs = toolchain.all_files,
        command = "\"$@\" </dev/null",
        arguments = [arguments],
        mnemonic = "CppPrecompile",
        progress_message = "Precompiling headers",
        # So that Clang is found as it is by compilations.
        use_default_shell_env = True,
    )

    # What is compiled finds its headers among its inputs.
    context = cc_common.create_compilation_context(headers = depset([output]))
    return [CcInfo(compilation_context = context)]

precompiled_headers = rule(
    implementation = _precompiled_headers_impl,
    attrs = {
        "copts": attr.string_list(),
        "_cc_toolchain": attr.label(
            default = Label("@bazel_tools//tools/cpp:current_cc_toolchain"),
        ),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
