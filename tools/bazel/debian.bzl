"""External repositories made from the packages of Debian 12.

`debian_repositories()` defines everything that WORKSPACE needs: the rule sets
that Bazel 4.2.3 insists on, and one repository for each C++ library.
"""

_RULES_CC = """
cc_binary = native.cc_binary
cc_import = native.cc_import
cc_library = native.cc_library
cc_proto_library = native.cc_proto_library
cc_test = native.cc_test
cc_toolchain = native.cc_toolchain
cc_toolchain_suite = native.cc_toolchain_suite
fdo_prefetch_hints = native.fdo_prefetch_hints
fdo_profile = native.fdo_profile
objc_import = native.objc_import
objc_library = native.objc_library
"""

def _rules_cc_repository_impl(ctx):
    ctx.file("WORKSPACE", "workspace(name = \"rules_cc\")\n")
    ctx.file("BUILD.bazel", "")
    ctx.file("cc/BUILD.bazel", "exports_files([\"defs.bzl\"])\n")
    ctx.file("cc/defs.bzl", _RULES_CC)

# The rules_cc of Debian needs a newer Bazel; this one hands on native rules.
_rules_cc_repository = repository_rule(implementation = _rules_cc_repository_impl)

def _coverage_repository_impl(ctx):
    ctx.file("BUILD.bazel", """
sh_binary(
    name = "coverage_report_generator",
    srcs = ["generator.sh"],
    visibility = ["//visibility:public"],
)
""")
    ctx.file("generator.sh", "#!/bin/sh\nexit 0\n", executable = True)

# cc_test does not analyse without this repository.
_coverage_repository = repository_rule(implementation = _coverage_repository_impl)

_LIBRARY = """
cc_library(
    name = "{name}",
    defines = {defines},
    linkopts = {linkopts},
    visibility = ["//visibility:public"],
    deps = {deps},
)
"""

def _system_libraries_impl(ctx):
    packages = {}
    for label, settings in ctx.attr.libraries.items():
        package, name = label.split(":")
        defines = [flag[2:] for flag in settings if flag.startswith("-D")]
        linkopts = [flag for flag in settings if flag.startswith("-l")]
        deps = [flag for flag in settings if ":" in flag and not flag.startswith("-")]
        packages.setdefault(package, []).append(_LIBRARY.format(
            name = name,
            defines = defines,
            linkopts = linkopts,
            deps = deps,
        ))
    for package, rules in packages.items():
        path = package + "/BUILD.bazel" if package else "BUILD.bazel"
        ctx.file(path, "".join(rules))

# `libraries` maps "package:name" to its -l and -D flags and its deps.
_system_libraries = repository_rule(
    implementation = _system_libraries_impl,
    attrs = {"libraries": attr.string_list_dict(mandatory = True)},
)

def _systemc_repository_impl(ctx):
    is_installed = ctx.path("/usr/include/systemc.h").exists
    ctx.file("installed.bzl", "SYSTEMC_IS_INSTALLED = %s\n" % is_installed)
    ctx.file("BUILD.bazel", _LIBRARY.format(
        name = "systemc",
        defines = [],
        linkopts = ["-lsystemc"],
        deps = [],
    ))

# SystemC serves a comparison alone; `installed.bzl` tells whether it is there.
systemc_repository = repository_rule(
    implementation = _systemc_repository_impl,
    configure = True,
    local = True,
)

_ABSEIL = {
    "absl/algorithm:container": [],
    "absl/base:core_headers": [],
    "absl/cleanup:cleanup": [],
    "absl/container:btree": ["-labsl_throw_delegate", "-labsl_raw_logging_internal"],
    "absl/container:flat_hash_map": [
        "-labsl_raw_hash_set",
        "-labsl_hash",
        "-labsl_city",
        "-labsl_low_level_hash",
        "-labsl_hashtablez_sampler",
        "-labsl_bad_variant_access",
        "-labsl_bad_optional_access",
        "-labsl_raw_logging_internal",
        "-labsl_throw_delegate",
    ],
    "absl/container:flat_hash_set": ["@abseil-cpp//absl/container:flat_hash_map"],
    "absl/container:inlined_vector": ["-labsl_throw_delegate"],
    "absl/debugging:failure_signal_handler": [
        "-labsl_failure_signal_handler",
        "-labsl_examine_stack",
        "@abseil-cpp//absl/debugging:stacktrace",
        "@abseil-cpp//absl/debugging:symbolize",
    ],
    "absl/debugging:stacktrace": [
        "-labsl_stacktrace",
        "-labsl_debugging_internal",
        "-labsl_raw_logging_internal",
    ],
    "absl/debugging:symbolize": [
        "-labsl_symbolize",
        "-labsl_demangle_internal",
        "-labsl_debugging_internal",
        "-labsl_malloc_internal",
        "-labsl_base",
        "-labsl_spinlock_wait",
        "-labsl_strings",
        "-labsl_raw_logging_internal",
    ],
    "absl/functional:any_invocable": [],
    "absl/functional:function_ref": [],
    "absl/numeric:int128": ["-labsl_int128"],
    "absl/status:status": [
        "-labsl_status",
        "-labsl_bad_optional_access",
        "-labsl_cord",
        "-labsl_cordz_info",
        "-labsl_cord_internal",
        "-labsl_cordz_functions",
        "-labsl_exponential_biased",
        "-labsl_cordz_handle",
        "-labsl_synchronization",
        "-labsl_graphcycles_internal",
        "-labsl_time",
        "-labsl_civil_time",
        "-labsl_time_zone",
        "@abseil-cpp//absl/debugging:symbolize",
        "@abseil-cpp//absl/debugging:stacktrace",
        "@abseil-cpp//absl/strings:strings",
    ],
    "absl/status:statusor": [
        "-labsl_statusor",
        "-labsl_bad_variant_access",
        "@abseil-cpp//absl/status:status",
    ],
    "absl/strings:str_format": [
        "-labsl_str_format_internal",
        "@abseil-cpp//absl/strings:strings",
    ],
    "absl/strings:strings": [
        "-labsl_strings",
        "-labsl_strings_internal",
        "-labsl_base",
        "-labsl_spinlock_wait",
        "-labsl_int128",
        "-labsl_throw_delegate",
        "-labsl_raw_logging_internal",
        "-labsl_log_severity",
    ],
    "absl/types:span": [],
}

# A WORKSPACE that has one of this name keeps it.
def _define(rule, name, **attributes):
    if not native.existing_rule(name):
        rule(name = name, **attributes)

# buildifier: disable=unnamed-macro
def debian_repositories():
    """Defines every external repository of the project."""
    for name in ("java", "proto"):
        _define(
            native.local_repository,
            name = "rules_" + name,
            path = "/usr/share/bazel/rules/" + name,
        )
    _define(
        native.local_repository,
        name = "platforms",
        path = "/usr/share/bazel/tools/platforms",
    )
    _define(
        native.local_repository,
        name = "bazel_skylib",
        path = "/usr/share/bazel/tools/skylib",
    )
    _define(_rules_cc_repository, name = "rules_cc")
    _define(_coverage_repository, name = "remote_coverage_tools")
    _system_libraries(name = "abseil-cpp", libraries = _ABSEIL)
    _define(
        _system_libraries,
        name = "asio",
        libraries = {":asio": ["-DASIO_STANDALONE", "-lpthread"]},
    )
    _define(
        _system_libraries,
        name = "boost.context",
        libraries = {":boost.context": ["-l:libboost_context.a"]},
    )
    _define(
        _system_libraries,
        name = "cli11",
        libraries = {":cli11": []},
    )
    _define(
        _system_libraries,
        name = "google_benchmark",
        libraries = {
            ":benchmark": ["-lbenchmark", "-lpthread"],
            ":benchmark_main": ["-lbenchmark_main", "-lbenchmark", "-lpthread"],
        },
    )
    _define(
        _system_libraries,
        name = "googletest",
        libraries = {
            ":gtest": ["-lgmock", "-lgtest", "-lpthread"],
            ":gtest_main": ["-lgmock_main", "-lgmock", "-lgtest", "-lpthread"],
        },
    )
    _define(
        _system_libraries,
        name = "nlohmann_json",
        libraries = {":json": []},
    )
    _define(systemc_repository, name = "systemc")
    _define(
        _system_libraries,
        name = "xxhash",
        libraries = {":xxhash": ["-lxxhash"]},
    )
    _define(
        _system_libraries,
        name = "zlib",
        libraries = {":zlib": ["-lz"]},
    )
    _define(
        _system_libraries,
        name = "zstd",
        libraries = {":zstd": ["-lzstd"]},
    )
