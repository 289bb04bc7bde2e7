#!/bin/bash
# Tests that CMake builds what Bazel builds, with the same options:
# sources_test.sh NOW KEPT. NOW is made from the BUILD files, KEPT is what CMake
# reads.
set -euo pipefail

now=$1
kept=$2

# compare FILE: prints where it differs from what the BUILD files say.
compare() {
  diff --unified=1 --label "what CMake reads" --label "what Bazel builds" \
    "$1" "$now"
}

# expect_found SCRIPT LINE: compare finds what the sed script does to the list.
expect_found() {
  local found
  sed "$1" "$now" >"$TEST_TMPDIR/changed"
  if found=$(compare "$TEST_TMPDIR/changed"); then
    echo "not found: sed '$1'" >&2
    exit 1
  fi
  grep -qF -- "$2" <<<"$found" || {
    echo "sed '$1' gave no line '$2':"$'\n'"$found" >&2
    exit 1
  }
}

if ! compare "$kept"; then
  echo "run: bazel run //tools/cmake:update" >&2
  exit 1
fi

# A forgotten file, one that no longer exists, a source that is no longer among
# the fast ones, options that differ, a library that nobody links.
expect_found '/sim\/core\/mutex.cc/d' '+    sim/core/mutex.cc'
expect_found 's,^    sim/core/ids.h,&\n    sim/core/gone.h,' \
  '-    sim/core/gone.h'
expect_found '/FAST_SOURCES/d' '+  FAST_SOURCES'
expect_found 's/-O3/-O2/' '-set(reprise_fast_compile_options -O2'
expect_found '/-U_FORTIFY_SOURCE/d' \
  '+reprise_source_options(sim/core/sandbox.cc'
expect_found '/page_view.js/d' '+  checker/report/page_view.js'
expect_found '/Boost::context/d' '+    Boost::context'
expect_found 's/ WHOLE//' '+reprise_component(sandbox WHOLE'
