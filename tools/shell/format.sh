# shellcheck shell=bash
# Checks the layout of sources. To be sourced, in the project's root folder.
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
  folder=${XDG_CACHE_HOME:-$HOME/.cache}/reprise/buildifier-$buildifier_version
  local program=$folder/node_modules/.bin/buildifier
  [[ -x "$program" ]] || install_buildifier "$folder" || return 1
  source_files -name BUILD.bazel -o -name WORKSPACE -o -name '*.bzl' |
    xargs -0 "$program" -mode=diff -lint=warn
}

# Prints the files that match a find expression, separated by zero bytes.
source_files() {
  find . \( -name .git -o -name out -o -name 'bazel-*' \) -prune -o \
    -type f \( "$@" \) -print0
}

# It exists as an npm package only.
install_buildifier() {
  command -v npm >/dev/null || require_packages tools/shell/packages_npm.txt
  npm install --loglevel=error --no-audit --no-fund --prefix "$1" \
    "@bazel/buildifier@$buildifier_version"
}
