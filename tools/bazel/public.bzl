"""The libraries that other projects depend on.

    public_library(
        name = "env",
        header = "env.h",
        units = ["//sim/env", "//sim/env:clock"],
    )

offers the headers of `units`, and no others, to whoever depends on it alone,
even where the dependent's layering check is on.
"""

load("//tools/bazel:headers.bzl", "HeadersInfo", "collect_headers")

def _public_headers_impl(ctx):
    headers = {header.basename: header for header in ctx.files.headers}
    for unit in ctx.attr.units:
        for header in unit[HeadersInfo].own:
            headers["%s/%s" % (header.owner.package, header.owner.name)] = header
    links = []
    for path, header in headers.items():
        link = ctx.actions.declare_file("%s/reprise/%s" % (ctx.label.name, path))
        ctx.actions.symlink(output = link, target_file = header)
        links.append(link)
    return DefaultInfo(files = depset(links))

# A folder NAME/reprise that has a link to each header.
_public_headers = rule(
    implementation = _public_headers_impl,
    attrs = {
        "headers": attr.label_list(allow_files = [".h"]),
        "units": attr.label_list(aspects = [collect_headers]),
    },
)

def public_library(name, units, header = None, deps = [], testonly = False):
    """A library that other projects may depend on.

    Args:
      name: of the library.
      units: those whose headers it offers.
      header: one that includes them.
      deps: further libraries, whose headers it does not offer.
      testonly: whether tests alone may depend on it.
    """
    headers = [header] if header else []
    _public_headers(
        name = name + "_headers",
        testonly = testonly,
        headers = headers,
        units = units,
        visibility = ["//visibility:private"],
    )
    native.cc_library(
        name = name,
        testonly = testonly,
        # Where nothing hides the project's root folder, the header is found there.
        hdrs = [":%s_headers" % name] + headers,
        includes = [name + "_headers"],
        visibility = ["//visibility:public"],
        deps = units + deps + [":cxx20"],
    )
