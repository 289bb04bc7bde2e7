"""A source that includes all public headers of some libraries.

    all_headers(
        name = "all_headers_source",
        out = "all_headers.cc",
        deps = [...],
    )

Includes those of their deps, and so on. Whether they are all headers of the
project is for a test to tell.
"""

_HeadersInfo = provider(
    "The public headers of a library and of those below it.",
    fields = ["headers"],
)

_PUBLIC_FOLDERS = ("sim/", "kv/", "checker/", "text/")

def _collect_impl(_target, ctx):
    own = [
        header
        for header in getattr(ctx.rule.files, "hdrs", [])
        if header.is_source and header.short_path.startswith(_PUBLIC_FOLDERS)
    ]
    below = [
        dep[_HeadersInfo].headers
        for dep in getattr(ctx.rule.attr, "deps", [])
        if _HeadersInfo in dep
    ]
    return [_HeadersInfo(headers = depset(own, transitive = below))]

_collect = aspect(implementation = _collect_impl, attr_aspects = ["deps"])

def _all_headers_impl(ctx):
    headers = depset(transitive = [dep[_HeadersInfo].headers for dep in ctx.attr.deps])
    paths = sorted([header.short_path for header in headers.to_list()])
    lines = ["#include \"reprise/%s\"\n" % path for path in paths]
    ctx.actions.write(ctx.outputs.out, "".join(lines))

all_headers = rule(
    implementation = _all_headers_impl,
    attrs = {
        "deps": attr.label_list(aspects = [_collect]),
        "out": attr.output(mandatory = True),
    },
)
