#!/bin/sh
# Tests the page in a real browser. Needs node, Chromium, and playwright-core in
# npm's global folder; without them it says that it is skipped.
set -eu

sample=$1 history=$2 script=$3

skip() {
  echo "SKIPPED: the page was not tested in a browser: $1"
  exit 0
}

command -v node > /dev/null || skip "node is not installed"
chromium=$(command -v chromium || command -v chromium-browser) ||
  skip "chromium is not installed"
playwright=$(npm root -g 2> /dev/null)/playwright-core
test -d "$playwright" ||
  skip "playwright-core is not installed (npm install -g playwright-core)"

export HOME="$TEST_TMPDIR"
"$sample" "$history" "$TEST_TMPDIR/sample.html"
"$sample" 30000 "$TEST_TMPDIR/large.html"
node "$script" "$playwright" "$chromium" \
  "$TEST_TMPDIR/sample.html" "$TEST_TMPDIR/large.html"
