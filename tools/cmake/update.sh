#!/bin/bash
# Writes what the BUILD files say, FILE, into tools/cmake/sources.cmake:
# update.sh FILE, by `bazel run`.
set -euo pipefail

: "${BUILD_WORKSPACE_DIRECTORY:?is set by bazel run}"
target=$BUILD_WORKSPACE_DIRECTORY/tools/cmake/sources.cmake
cat "$1" >"$target"
echo "wrote tools/cmake/sources.cmake"
