#!/bin/bash
# Tells Bazel which commit it builds, at each build: lines KEY VALUE. A key that
# begins with STABLE_ rebuilds what reads it; the other one does not, so that
# "+changes" is as it was when something else was the reason to build.
#
# Outside of a checkout of its own, or without git, the commit is unknown.

commit=unknown
changes=
if [[ "$(git rev-parse --show-toplevel 2>/dev/null)" == "$PWD" ]]; then
  commit=$(git rev-parse --short=12 --verify HEAD 2>/dev/null || echo unknown)
  [[ -z "$(git status --porcelain --untracked-files=no 2>/dev/null)" ]] ||
    changes=+changes
fi
echo "STABLE_REPRISE_COMMIT $commit"
echo "REPRISE_CHANGES $changes"
