# shellcheck shell=bash
# What the tests of the shell share. To be sourced by a test.
#
# It copies the commands into "$checkout" and closes PATH: only "$stubs" is on
# it, with the few real programs that the commands may use. A test adds stubs
# for the others.

set -euo pipefail

checkout=$TEST_TMPDIR/checkout
stubs=$TEST_TMPDIR/stubs
mkdir -p "$checkout" "$stubs"
cp -RL tools "$checkout/"
for program in basename bash cat chmod comm dirname env find grep mkdir mktemp \
  nproc readlink rm sed sort tail touch xargs; do
  ln -s "$(command -v "$program")" "$stubs/$program"
done
PATH=$stubs
export BAZEL=$stubs/bazel

# stub NAME: standard input becomes a program of that name.
stub() {
  rm -f "$stubs/$1"
  {
    echo '#!/bin/bash'
    cat
  } >"$stubs/$1"
  /bin/chmod +x "$stubs/$1"
}

# Makes every package look installed but those named.
stub_packages_missing() {
  stub dpkg-query <<EOF
for package in "\${@:3}"; do
  [[ " $* " == *" \$package "* ]] || echo "installed \$package"
done
EOF
}

# run COMMAND...: leaves what it did in $status, $out and $err.
run() {
  status=0
  "$@" >"$TEST_TMPDIR/out" 2>"$TEST_TMPDIR/err" || status=$?
  out=$(<"$TEST_TMPDIR/out")
  err=$(<"$TEST_TMPDIR/err")
}

expect_equal() {
  [[ "$1" == "$2" ]] || fail "expected: $1"$'\n'"     got: $2"
}

expect_contains() {
  [[ "$1" == *"$2"* ]] || fail "expected: $2"$'\n'"      in: $1"
}

expect_lacks() {
  [[ "$1" != *"$2"* ]] || fail "expected no: $2"$'\n'"         in: $1"
}

count_lines() { sed -n '$=' "$1"; }

fail() {
  echo "line ${BASH_LINENO[1]}: $1" >&2
  exit 1
}
