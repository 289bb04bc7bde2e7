#!/bin/sh
# Tests the page in headless Chromium, by node and the playwright-core in
# $REPRISE_NODE_PACKAGES: `tools/test browser` brings all three.
set -eu

sample=$1 history=$2 evil=$3 script=$4

: "${REPRISE_NODE_PACKAGES:?is not set; run this test by: tools/test browser}"
chromium=$(command -v chromium || command -v chromium-browser)

export HOME="$TEST_TMPDIR"

# page NAME: of the history in standard input.
page() {
  cat >"$TEST_TMPDIR/$1.jsonl"
  "$sample" "$TEST_TMPDIR/$1.jsonl" "$TEST_TMPDIR/$1.html"
}

# Of the clients that contradict each other one comes before 40 others, and two
# come after them.
below() {
  i=1
  echo '{"client":0,"op":"put","key":"k","value":"old","call":0,"return":1}'
  echo '{"client":90,"op":"put","key":"k","value":"new","call":2,"return":3}'
  while [ $i -le 40 ]; do
    echo "{\"client\":$i,\"op\":\"put\",\"key\":\"k\",\"value\":\"v$i\"," \
      "\"call\":$((i + 3)),\"return\":null}"
    i=$((i + 1))
  done
  echo '{"client":99,"op":"get","key":"k","output":"old","call":50,"return":51}'
}

# A value that was replaced long before it is read.
far() {
  echo '{"client":0,"op":"put","key":"k","value":"old","call":0,"return":1}'
  echo '{"client":0,"op":"put","key":"k","value":"new","call":2,"return":3}'
  i=0
  while [ $i -lt 3000 ]; do
    echo "{\"client\":$((i % 20 + 1)),\"op\":\"get\",\"key\":\"k\"," \
      "\"output\":\"new\",\"call\":$((i * 2 + 4)),\"return\":$((i * 2 + 5))}"
    i=$((i + 1))
  done
  echo '{"client":50,"op":"get","key":"k","output":"old","call":9000,' \
    '"return":9001}'
}

"$sample" "$history" "$TEST_TMPDIR/sample.html"
"$sample" "$evil" "$TEST_TMPDIR/evil.html"
"$sample" 30000 "$TEST_TMPDIR/large.html"
"$sample" queue "$TEST_TMPDIR/queue.html"
below | page below
far | page far
node "$script" "$REPRISE_NODE_PACKAGES/playwright-core" "$chromium" \
  "$TEST_TMPDIR"
