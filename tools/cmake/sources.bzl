"""The list of sources that CMake builds, made from the BUILD files.

    component(name = "text_component", component = "text", deps = ["//text:utf8"])

    sources_cmake(
        name = "sources",
        out = "sources_now.cmake",
        components = [":text_component", ...],
    )

A component is one library of the build by CMake. It has what its deps consist
of, as far as no component below has it.
"""

load(
    "//tools/bazel:fast.bzl",
    "FAST_COMPILE_OPTIONS",
    "FAST_LINK_OPTIONS",
    "FAST_SANITIZED_OPTIONS",
    "FAST_WHOLE_PROGRAM_OPTIONS",
)
load(
    "//tools/bazel:precompiled.bzl",
    "ALL_PRECOMPILED_OPTIONS",
)
load("//tools/bazel:version.bzl", "VERSION")

_UnitsInfo = provider(
    "Libraries of the project, and those of other projects that they need.",
    fields = ["units"],
)

_MadeInfo = provider(
    "A source that a script makes of other files: SCRIPT INPUT... > SOURCE.",
    fields = ["source", "script", "inputs"],
)

_ComponentInfo = provider(
    "A library of the build by CMake.",
    fields = ["name", "below", "headers", "units", "units_with_below", "is_whole"],
)

# What CMake calls the libraries whose name differs. Those of Abseil are called
# absl::NAME.
_CMAKE_NAMES = {
    "abseil-cpp//absl/algorithm:container": "absl::algorithm_container",
    "asio": "reprise::asio",
    "boost.context": "Boost::context",
    "cli11": "CLI11::CLI11",
    "googletest//:gtest": "GTest::gmock",
    "nlohmann_json//:json": "nlohmann_json::nlohmann_json",
    "xxhash": "reprise::xxhash",
    "zlib": "ZLIB::ZLIB",
    "zstd": "reprise::zstd",
}

def _cmake_name(label):
    repository = label.workspace_name
    for key in (repository, "%s//%s:%s" % (repository, label.package, label.name)):
        if key in _CMAKE_NAMES:
            return _CMAKE_NAMES[key]
    if repository == "abseil-cpp":
        return "absl::" + label.name
    fail("tools/cmake/sources.bzl does not say what CMake calls %s" % label)

def _paths(files):
    return [file.short_path for file in files if file.is_source]

def _special_options(options):
    others = FAST_COMPILE_OPTIONS + FAST_WHOLE_PROGRAM_OPTIONS + FAST_SANITIZED_OPTIONS
    others += ALL_PRECOMPILED_OPTIONS
    return [option for option in options if option not in others]

def _definition(text):
    return text.replace("'", "").replace(VERSION, "${reprise_VERSION}")

def _unit(target, ctx):
    attributes = ctx.rule.attr
    libraries = []
    for dep in attributes.deps:
        if dep.label.workspace_name:
            libraries.append(_cmake_name(dep.label))
    if "-pthread" in attributes.linkopts:
        libraries.append("Threads::Threads")
    return struct(
        label = str(target.label),
        sources = tuple(_paths(ctx.rule.files.srcs)),
        headers = tuple(_paths(getattr(ctx.rule.files, "hdrs", []))),
        is_fast = "fast" in attributes.tags,
        is_whole = getattr(attributes, "alwayslink", False),
        options = tuple(_special_options(attributes.copts)),
        definitions = tuple([_definition(text) for text in attributes.local_defines]),
        libraries = tuple(libraries),
        made = tuple([
            (source[_MadeInfo].source, source[_MadeInfo].script) + source[_MadeInfo].inputs
            for source in attributes.srcs
            if _MadeInfo in source
        ]),
    )

def _made_source(ctx):
    scripts = [file for file in ctx.rule.files.tools if file.is_source]
    if len(scripts) != 1:
        return []
    return [_MadeInfo(
        source = ctx.rule.attr.outs[0].package + "/" + ctx.rule.attr.outs[0].name,
        script = scripts[0].short_path,
        inputs = tuple(_paths(ctx.rule.files.srcs)),
    )]

def _collect_units_impl(target, ctx):
    if ctx.rule.kind == "genrule":
        return _made_source(ctx)
    is_library = ctx.rule.kind in ("cc_library", "cc_binary")
    if target.label.workspace_name or not is_library:
        return [_UnitsInfo(units = depset())]
    below = [dep[_UnitsInfo].units for dep in ctx.rule.attr.deps if _UnitsInfo in dep]
    return [_UnitsInfo(units = depset([_unit(target, ctx)], transitive = below))]

_collect_units = aspect(implementation = _collect_units_impl, attr_aspects = ["deps", "srcs"])

def _component_impl(ctx):
    below = [component[_ComponentInfo] for component in ctx.attr.below]
    units = depset(transitive = [dep[_UnitsInfo].units for dep in ctx.attr.deps])
    taken = depset(transitive = [component.units_with_below for component in below])
    labels = {unit.label: True for unit in taken.to_list()}
    own = [unit for unit in units.to_list() if unit.label not in labels]
    for unit in own:
        if unit.is_whole and not ctx.attr.whole:
            fail("programs take all of %s: give it a component of its own, with " % unit.label +
                 "`whole`, below the component %s" % ctx.attr.component)
    return [_ComponentInfo(
        name = ctx.attr.component,
        below = [component.name for component in below],
        headers = [file.short_path for file in ctx.files.headers],
        units = own,
        units_with_below = depset(transitive = [units, taken]),
        is_whole = ctx.attr.whole,
    )]

component = rule(
    implementation = _component_impl,
    attrs = {
        "below": attr.label_list(providers = [_ComponentInfo]),
        "component": attr.string(mandatory = True),
        "deps": attr.label_list(aspects = [_collect_units], mandatory = True),
        "headers": attr.label_list(allow_files = [".h"]),
        "whole": attr.bool(doc = "Whether programs take all of it."),
    },
)

def _block(keyword, words):
    words = sorted({word: True for word in words}.keys())
    if not words:
        return ""
    return "  %s\n" % keyword + "".join(["    %s\n" % word for word in words])

def _component_text(component):
    sources = {True: [], False: []}
    headers = list(component.headers)
    libraries = []
    for unit in component.units:
        sources[unit.is_fast].extend(unit.sources)
        headers.extend(unit.headers)
        libraries.extend(unit.libraries)
    text = ""
    made = []
    for unit in component.units:
        for files in unit.made:
            text += "reprise_made_source(%s)\n" % "\n  ".join(files)
            made.append("${reprise_made_folder}/" + files[0])
    text += "reprise_component(%s%s\n" % (
        component.name,
        " WHOLE" if component.is_whole else "",
    )
    text += _block("BELOW", component.below)
    text += _block("LIBRARIES", libraries)
    text += _block("HEADERS", headers)
    text += _block("SOURCES", sources[False] + made)
    text += _block("FAST_SOURCES", sources[True])
    return text + ")\n"

# What has options of its own has them in every configuration of the build.
def _special_text(component):
    lines = []
    for unit in component.units:
        for source in unit.sources:
            if unit.options:
                lines.append("reprise_source_options(%s %s)\n" % (source, " ".join(unit.options)))
            for text in unit.definitions:
                lines.append("reprise_source_definition(%s [[%s]])\n" % (source, text))
    return "".join(sorted(lines))

_HEAD = """\
# What CMake builds, and how. Made from the BUILD files; do not edit:
#
#   bazel run //tools/cmake:update

"""

def _sources_cmake_impl(ctx):
    components = [component[_ComponentInfo] for component in ctx.attr.components]
    text = _HEAD
    for name, options in [
        ("fast_compile_options", FAST_COMPILE_OPTIONS),
        ("whole_program_options", FAST_WHOLE_PROGRAM_OPTIONS),
        ("whole_program_link_options", FAST_LINK_OPTIONS),
    ]:
        text += "set(reprise_%s %s)\n" % (name, " ".join(options))
    text += "".join([
        "\n" + _component_text(component) + _special_text(component)
        for component in components
    ])
    ctx.actions.write(ctx.outputs.out, text)

sources_cmake = rule(
    implementation = _sources_cmake_impl,
    attrs = {
        "components": attr.label_list(providers = [_ComponentInfo]),
        "out": attr.output(mandatory = True),
    },
)
