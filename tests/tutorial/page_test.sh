#!/bin/bash
# The commands of docs/TUTORIAL.md print what the page says that they print.
# Those of Bazel run in `tools/test consumers`.

set -euo pipefail
source tools/shell/tutorial.sh

fail() {
  echo "$*" >&2
  exit 1
}

page=$PWD/docs/TUTORIAL.md
mkdir -p "$TEST_TMPDIR/bazel-bin"
ln -sf "$PWD"/tests/tutorial/count{,ing} "$TEST_TMPDIR/bazel-bin"
cd "$TEST_TMPDIR"
count=0
while IFS= read -r command; do
  [[ $command == bazel-bin/* ]] || continue
  status=0
  bash -c "$command" >printed </dev/null || status=$?
  ((status == $(tutorial_status "$command"))) ||
    fail "$command: status $status"$'\n'"$(<printed)"
  tutorial_output "$page" "$command" >shown
  [[ -s shown ]] || fail "$command: the page shows nothing of it"
  prints_as_shown shown printed ||
    fail "$command: it prints something else"$'\n'"$(<printed)"
  count=$((count + 1))
done < <(tutorial_commands "$page")
((count >= 4)) || fail "the page has only $count commands"

# The comparison can fail.
printf 'a\n...\nc\n' >shown
printf 'a\nb\nc\n' >printed
prints_as_shown shown printed >differs || fail "it is the same"
printf 'a\nc\n...\n' >shown
if prints_as_shown shown printed >differs; then fail "it is not the same"; fi
