"""Headers of other projects that are parsed once for all sources of a build.

    precompiled_headers(name = "precompiled")

is a library whose dependents find these headers parsed when they are compiled
with PRECOMPILED_COPTS, which unit() does. Parsing Abseil and the standard library
is most of what a source takes to compile, and GoogleMock of what a test takes.
`--define=precompiled=...` in .bazelrc says for which compiler: for `clang` of all
sources, for `gcc` of libraries alone, since tests are compiled with other options.
What was precompiled with other options than a source's is an error, never ignored.

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

# Those of tests.
_TEST_HEADERS = [
    "gmock/gmock.h",
    "gtest/gtest.h",
]

# Clang is told the file itself. GCC is told the header and finds the file beside
# it.
_CLANG_SUFFIX = ".pch"
_GCC_SUFFIX = ".h.gch"

def _clang_options(name):
    return ["-include-pch", "$(BINDIR)/tools/bazel/" + name + _CLANG_SUFFIX]

def _gcc_options(name):
    return ["-include", "$(BINDIR)/tools/bazel/" + name + ".h", "-Winvalid-pch"]

# With which a source finds the headers parsed; for a source with FAST_COPTS, the
# second of each. For tools/cmake/sources.bzl, too.
_CLANG_OPTIONS = _clang_options("precompiled")
_FAST_CLANG_OPTIONS = _clang_options("fast_precompiled")
_GCC_OPTIONS = _gcc_options("precompiled")
_FAST_GCC_OPTIONS = _gcc_options("fast_precompiled")
ALL_PRECOMPILED_OPTIONS = (
    _CLANG_OPTIONS + _FAST_CLANG_OPTIONS + _GCC_OPTIONS + _FAST_GCC_OPTIONS
)

def _where_precompiled(by_clang, by_gcc = []):
    return select({
        "//tools/bazel:precompiles_by_clang": by_clang,
        "//tools/bazel:precompiles_by_gcc": by_gcc,
        "//conditions:default": [],
    })

def _library(name):
    library = ["//tools/bazel:" + name]
    return _where_precompiled(library, library)

# Attributes of a library.
PRECOMPILED_COPTS = _where_precompiled(_CLANG_OPTIONS, _GCC_OPTIONS)
PRECOMPILED_DEPS = _library("precompiled")
FAST_PRECOMPILED_COPTS = _where_precompiled(_FAST_CLANG_OPTIONS, _FAST_GCC_OPTIONS)
FAST_PRECOMPILED_DEPS = _library("fast_precompiled")

# Attributes of a test.
TEST_PRECOMPILED_COPTS = _where_precompiled(_CLANG_OPTIONS)
TEST_PRECOMPILED_DEPS = _where_precompiled(["//tools/bazel:precompiled"])

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

# Clang keeps the path of a header that it was given, so it is given none.
def _clang_arguments(arguments):
    # Templates that the headers use are made once, too.
    arguments.add("-fpch-instantiate-templates")

    # Of use whenever it was made.
    arguments.add_all(["-Xclang", "-fno-pch-timestamp"])
    arguments.add_all(_HEADERS + _TEST_HEADERS, before_each = "-include")
    arguments.add_all(["-x", "c++-header", "-c", "-"])
    return []

def _gcc_arguments(ctx, arguments):
    header = ctx.actions.declare_file(ctx.label.name + ".h")
    includes = ["#include <%s>\n" % name for name in _HEADERS]
    ctx.actions.write(header, "".join(includes))
    arguments.add_all(["-x", "c++-header", "-c", header])
    return [header]

def _precompiled_headers_impl(ctx):
    is_gcc = ctx.attr.compiler == "gcc"
    suffix = _GCC_SUFFIX if is_gcc else _CLANG_SUFFIX
    output = ctx.actions.declare_file(ctx.label.name + suffix)
    toolchain = find_cpp_toolchain(ctx)
    arguments = ctx.actions.args()
    arguments.add(toolchain.compiler_executable)
    arguments.add_all(_options(ctx, toolchain))
    headers = _gcc_arguments(ctx, arguments) if is_gcc else _clang_arguments(arguments)
    arguments.add_all(["-o", output])
    ctx.actions.run_shell(
        outputs = [output],
        inputs = depset(headers, transitive = [toolchain.all_files]),
        command = "\"$@\" </dev/null",
        arguments = [arguments],
        mnemonic = "CppPrecompile",
        progress_message = "Precompiling headers",
        # So that the compiler is found as it is by compilations.
        use_default_shell_env = True,
    )

    # What is compiled finds its headers among its inputs.
    context = cc_common.create_compilation_context(
        headers = depset([output] + headers),
    )
    return [CcInfo(compilation_context = context)]

precompiled_headers = rule(
    implementation = _precompiled_headers_impl,
    attrs = {
        "copts": attr.string_list(),
        "compiler": attr.string(values = ["clang", "gcc"]),
        "_cc_toolchain": attr.label(
            default = Label("@bazel_tools//tools/cpp:current_cc_toolchain"),
        ),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
