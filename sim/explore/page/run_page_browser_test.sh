#!/bin/sh
# Tests the page in headless Chromium, by node and the playwright-core in
# $REPRISE_NODE_PACKAGES: `tools/test browser` brings all three.
set -eu

write_page=$1 script=$2

: "${REPRISE_NODE_PACKAGES:?is not set; run this test by: tools/test browser}"
chromium=$(command -v chromium || command -v chromium-browser)

export HOME="$TEST_TMPDIR"

for kind in sample evil large plain; do
  "$write_page" "$kind" "$TEST_TMPDIR/$kind.html"
done
node "$script" "$REPRISE_NODE_PACKAGES/playwright-core" "$chromium" \
  "$TEST_TMPDIR"
