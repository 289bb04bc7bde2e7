# shellcheck shell=bash
# Checks the layout of sources. To be sourced, in the project's root folder,
# after npm.sh.
#
# check_format prints a line STATUS NAME for each tool, PASSED or FAILED, and
# what is wrong on standard error.

buildifier_version=6.4.0

check_format() {
  run_check clang-format check_clang_format
  run_check buildifier check_buildifier
}

# run_check NAME COMMAND
run_check() {
  if "$2" >&2; then
    echo "PASSED $1"
  else
    echo "FAILED $1"
  fi
}

check_clang_format() {
  source_files -name '*.h' -o -name '*.cc' |
    xargs -0 --no-run-if-empty clang-format --dry-run --Werror
}

check_buildifier() {
  local folder
  folder=$(npm_package @bazel/buildifier "$buildifier_version") || return 1
  source_files -name BUILD.bazel -o -name WORKSPACE -o -name '*.bzl' |
    xargs -0 "$folder/node_modules/.bin/buildifier" -mode=diff -lint=warn
}

# Prints the files that match a find expression, separated by zero bytes.
source_files() {
  find . \( -name .git -o -name out -o -name 'bazel-*' \) -prune -o \
    -type f \( "$@" \) -print0
}
