"""What the WORKSPACE and BUILD files of a project that depends on Reprise load.

    local_repository(
        name = "reprise",
        path = "../reprise",
    )

    load("@reprise//:reprise.bzl", "reprise_repositories")

    reprise_repositories()
"""

load("//tools/bazel:debian.bzl", "debian_repositories")
load("//tools/bazel:replay_test.bzl", _reprise_replay_test = "reprise_replay_test")
load("//tools/bazel:version.bzl", "VERSION")

REPRISE_VERSION = VERSION

# For BUILD files: a test that plays saved replay files.
reprise_replay_test = _reprise_replay_test

# buildifier: disable=unnamed-macro
def reprise_repositories():
    """Defines the repositories that Reprise needs, from packages of Debian 12.

    One that the WORKSPACE has defined before, such as an Abseil of its own,
    stays.
    """
    debian_repositories()
