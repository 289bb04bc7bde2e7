"""The rule for a test of regressions: replay files that were saved.

    load("@reprise//:reprise.bzl", "reprise_replay_test")

    reprise_replay_test(
        name = "regressions_test",
        catalog = ":lease_catalog",
        catalog_function = "lease::LeaseCatalog",
        catalog_header = "lease/catalog.h",
        files = glob(["regressions/*.json"]),
    )

Each file is one test of a GoogleTest program. What a file must do, and what a
failure says, is in sim/explore/testing/replay_corpus.h. It is an error if there
is no file, and if a folder of one holds files that are not in the list.
"""

_MAIN = """
#include "{header}"
#include "reprise/sim/explore/testing/replay_corpus.h"

int main(int argc, char** argv) {{
  return reprise::ReplayTestMain(argc, argv, {function}());
}}
"""

def _folders(files):
    folders = {}
    for file in files:
        if ":" not in file and "//" not in file:
            folders[file.rpartition("/")[0]] = True
    return [folder for folder in folders if folder]

# Every file beside those of the list must be in it, too.
def _expect_whole_folders(name, files):
    for folder in _folders(files):
        for found in native.glob([folder + "/**"]):
            if found not in files:
                fail("reprise_replay_test %s: %s is not in files, which has others of its folder; expected all of them." %
                     (name, found), "files")

def reprise_replay_test(
        name,
        catalog,
        catalog_function,
        catalog_header,
        files,
        deps = [],
        size = "small",
        **test):
    """A test that plays saved replay files.

    Args:
      name: of the test.
      catalog: the library with the scenarios and planted bugs.
      catalog_function: of C++ that returns its reprise::Catalog, with its
        namespace.
      catalog_header: that declares the function, as it is included.
      files: the replay files, files of this package or labels.
      deps: of the test besides the catalog, such as
        "@reprise//:memory_accounting".
      size: of the test.
      **test: further attributes of the test.
    """
    if not files:
        fail("reprise_replay_test %s: there is no replay file; expected some, such as glob([\"regressions/*.json\"])." %
             name, "files")
    _expect_whole_folders(name, files)
    native.genrule(
        name = name + "_source",
        testonly = True,
        outs = [name + "_main.cc"],
        cmd = "cat >$@ <<'END'\n%s\nEND" % _MAIN.format(
            function = catalog_function,
            header = catalog_header,
        ),
        visibility = ["//visibility:private"],
    )
    native.cc_test(
        name = name,
        size = size,
        srcs = [name + "_main.cc"],
        args = ["$(rootpath %s)" % file for file in files],
        data = files,
        deps = deps + [
            catalog,
            str(Label("//:gtest_main")),
        ],
        **test
    )
