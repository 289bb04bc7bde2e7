"""A source that includes all public headers of some libraries.

    all_headers(
        name = "all_headers_source",
        out = "all_headers.cc",
        deps = [...],
    )

Includes those of their deps, and so on. Whether they are all headers of the
project is for a test to tell.
"""

HeadersInfo = provider(
    "The public headers of a library, and with those of the libraries below it.",
    fields = ["own", "headers"],
)

_PUBLIC_FOLDERS = ("sim", "kv", "checker", "text")

def _collect_headers_impl(target, ctx):
    own = [
        header
        for header in getattr(ctx.rule.files, "hdrs", [])
        if header.is_source and
           target.label.package.split("/")[0] in _PUBLIC_FOLDERS
    ]
    below = [
        dep[HeadersInfo].headers
        for dep in getattr(ctx.rule.attr, "deps", [])
        if HeadersInfo in dep
    ]
    return [HeadersInfo(own = own, headers = depset(own, transitive = below))]

collect_headers = aspect(implementation = _collect_headers_impl, attr_aspects = ["deps"])

def _all_headers_impl(ctx):
    headers = depset(transitive = [dep[HeadersInfo].headers for dep in ctx.attr.deps])
    paths = sorted([header.short_path for header in headers.to_list()])
    lines = ["#include \"reprise/%s\"\n" % path for path in paths]
    ctx.actions.write(ctx.outputs.out, "".join(lines))

all_headers = rule(
    implementation = _all_headers_impl,
    attrs = {
        "deps": attr.label_list(aspects = [collect_headers]),
        "out": attr.output(mandatory = True),
    },
)
