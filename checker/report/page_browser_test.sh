#!/bin/sh
# Tests the page in headless Chromium, by node and the playwright-core in
# $REPRISE_NODE_PACKAGES: `tools/test browser` brings all three.
set -eu

sample=$1 history=$2 script=$3

: "${REPRISE_NODE_PACKAGES:?is not set; run this test by: tools/test browser}"
chromium=$(command -v chromium || command -v chromium-browser)

export HOME="$TEST_TMPDIR"
"$sample" "$history" "$TEST_TMPDIR/sample.html"
"$sample" 30000 "$TEST_TMPDIR/large.html"
node "$script" "$REPRISE_NODE_PACKAGES/playwright-core" "$chromium" \
  "$TEST_TMPDIR/sample.html" "$TEST_TMPDIR/large.html"
