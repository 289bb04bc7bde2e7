"""What the WORKSPACE of a project that depends on Reprise loads.

    local_repository(
        name = "reprise",
        path = "../reprise",
    )

    load("@reprise//:reprise.bzl", "reprise_repositories")

    reprise_repositories()
"""

load("//tools/bazel:debian.bzl", "debian_repositories")
load("//tools/bazel:version.bzl", "VERSION")

REPRISE_VERSION = VERSION

# buildifier: disable=unnamed-macro
def reprise_repositories():
    """Defines the repositories that Reprise needs, from packages of Debian 12.

    One that the WORKSPACE has defined before, such as an Abseil of its own,
    stays.
    """
    debian_repositories()
