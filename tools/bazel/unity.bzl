"""A program's libraries compiled from few sources, each of which includes many.

    unity_library(
        name = "reprise_unity",
        deps = ["//sim/explore/cli:main"],
    )

stands for its deps and all of the project that they need. The sources of a folder
that have the same options are one. What takes most of the time of a build from
nothing is what each source includes, and they include the same (`unity build` is
what CMake and others call this).

It asks that no two sources of a folder give one name to different things. A unit
of which that is too much to ask says so: tags = ["apart"]. What overrides weak
definitions (alwayslink) is apart, too.

Each source is compiled alone by --config=dev and the others, which build again and
again and which warn: the larger a source, the more GCC warns of what cannot happen.
"""

load("@bazel_tools//tools/cpp:toolchain_utils.bzl", "find_cpp_toolchain")

# Objects serve one program alone, so that they need one form of the code; see
# fast.bzl. GCC takes a ninth of the time to look for memory to use again, unless it
# may have some.
_OPTIONS = [
    "-w",
    "-fno-fat-lto-objects",
    "--param=ggc-min-heapsize=524288",
]

# Of this project, which has a name where another one depends on it.
_WORKSPACE = Label("//tools/bazel:unity.bzl").workspace_name

_UnitsInfo = provider(
    "Libraries of the project, and what they need of other projects.",
    fields = ["units", "others", "linkopts"],
)

def _unit(target, ctx):
    attributes = ctx.rule.attr
    return struct(
        folder = target.label.package,
        sources = tuple([
            file
            for file in ctx.rule.files.srcs
            if file.extension == "cc"
        ]),
        options = tuple([
            option.replace("$(BINDIR)", ctx.bin_dir.path)
            for option in attributes.copts
        ] + ["-D" + text.replace("'", "") for text in attributes.local_defines]),
        is_apart = attributes.alwayslink or "apart" in attributes.tags,
        context = target[CcInfo].compilation_context,
    )

def _collect_impl(target, ctx):
    if CcInfo not in target:
        return []
    is_ours = target.label.workspace_name == _WORKSPACE and ctx.rule.kind == "cc_library"
    if not is_ours:
        return [_UnitsInfo(
            units = depset(),
            others = CcInfo(linking_context = target[CcInfo].linking_context),
            linkopts = depset(),
        )]
    below = [dep[_UnitsInfo] for dep in ctx.rule.attr.deps if _UnitsInfo in dep]
    return [_UnitsInfo(
        units = depset([_unit(target, ctx)], transitive = [info.units for info in below]),
        others = cc_common.merge_cc_infos(cc_infos = [info.others for info in below]),
        linkopts = depset(
            ctx.rule.attr.linkopts,
            transitive = [info.linkopts for info in below],
        ),
    )]

_collect = aspect(implementation = _collect_impl, attr_aspects = ["deps"])

# From the root of the project.
def _path(file):
    above = "../%s/" % _WORKSPACE
    path = file.short_path
    return path[len(above):] if path.startswith(above) else path

# What becomes one source, by its name: lists of sources and of their units.
def _groups(units):
    groups = {}
    for unit in units:
        if unit.is_apart:
            for source in unit.sources:
                groups[_path(source)] = ([source], [unit])
    together = {}
    for unit in units:
        if unit.sources and not unit.is_apart:
            together.setdefault((unit.folder, unit.options), []).append(unit)
    for members in together.values():
        name = "%s_%d.cc" % (members[0].folder, len(groups))
        paths = {_path(source): source for unit in members for source in unit.sources}
        groups[name] = ([paths[path] for path in sorted(paths)], members)
    return groups

def _compile(ctx, toolchain, features, name, sources, units):
    source = ctx.actions.declare_file("%s/%s" % (ctx.label.name, name))
    lines = ["#include \"%s\"\n" % _path(file) for file in sources]
    ctx.actions.write(source, "".join(lines))
    files = depset([file for unit in units for file in unit.sources])
    _, outputs = cc_common.compile(
        actions = ctx.actions,
        feature_configuration = features,
        cc_toolchain = toolchain,
        name = "%s_%s" % (ctx.label.name, name.replace("/", "_")),
        srcs = [source],
        user_compile_flags = list(units[0].options) + _OPTIONS,
        compilation_contexts = [cc_common.create_compilation_context(headers = files)] +
                               [unit.context for unit in units],
    )
    return outputs

def _unity_library_impl(ctx):
    toolchain = find_cpp_toolchain(ctx)
    features = cc_common.configure_features(
        ctx = ctx,
        cc_toolchain = toolchain,
        requested_features = ctx.features,
        unsupported_features = ctx.disabled_features,
    )
    infos = [dep[_UnitsInfo] for dep in ctx.attr.deps]
    units = depset(transitive = [info.units for info in infos]).to_list()
    outputs = [
        _compile(ctx, toolchain, features, name, sources, members)
        for name, (sources, members) in _groups(units).items()
    ]
    objects = cc_common.merge_compilation_outputs(compilation_outputs = outputs)
    linked, _ = cc_common.create_linking_context_from_compilation_outputs(
        actions = ctx.actions,
        feature_configuration = features,
        cc_toolchain = toolchain,
        name = ctx.label.name,
        compilation_outputs = objects,
        linking_contexts = [info.others.linking_context for info in infos],
        user_link_flags = depset(transitive = [info.linkopts for info in infos]).to_list(),
        alwayslink = True,
        disallow_dynamic_library = True,
    )
    headers = cc_common.merge_cc_infos(cc_infos = [dep[CcInfo] for dep in ctx.attr.deps])
    return [
        CcInfo(
            compilation_context = headers.compilation_context,
            linking_context = linked,
        ),
        OutputGroupInfo(compilation_outputs = depset(objects.objects)),
    ]

unity_library = rule(
    implementation = _unity_library_impl,
    attrs = {
        "deps": attr.label_list(aspects = [_collect], providers = [CcInfo], mandatory = True),
        "_cc_toolchain": attr.label(
            default = Label("@bazel_tools//tools/cpp:current_cc_toolchain"),
        ),
    },
    fragments = ["cpp"],
    toolchains = ["@bazel_tools//tools/cpp:toolchain_type"],
)
