#!/bin/bash
# docs/TUTORIAL.md shows the files of this folder, and its commands print what it
# says that they print. Those of Bazel run in `tools/test consumers`.

set -euo pipefail
source tools/shell/tutorial.sh

fail() {
  echo "$*" >&2
  exit 1
}

page=$PWD/docs/TUTORIAL.md
folder=$PWD/tests/tutorial
work=$(mktemp -d "$TEST_TMPDIR/XXXXXX")
mkdir "$work/files"
tutorial_files "$page" "$work/files"
sed '/^# What docs/,$d' "$folder/BUILD.bazel" | sed '$d' |
  diff - "$work/files/BUILD.bazel" || fail "the page has another BUILD.bazel"
for name in server.h server.cc scenario.h scenario.cc main.cc sweep_test.cc; do
  diff "$folder/$name" "$work/files/$name" || fail "the page has another $name"
done

cd "$work"
mkdir bazel-bin
ln -s "$folder/counting" bazel-bin/counting
count=0
while IFS= read -r command; do
  [[ $command == bazel-bin/* ]] || continue
  expected=0
  [[ $command == *--bug=* || $command == *replay* ]] && expected=1
  status=0
  bash -c "$command" >printed </dev/null || status=$?
  ((status == expected)) || fail "$command: status $status"$'\n'"$(<printed)"
  tutorial_output "$page" "$command" >shown
  [[ -s shown ]] || fail "$command: the page shows nothing of it"
  prints_as_shown shown printed ||
    fail "$command: it prints something else"$'\n'"$(<printed)"
  count=$((count + 1))
done < <(tutorial_commands "$page")
((count >= 3)) || fail "the page has only $count commands"

# The comparison can fail.
printf 'a\n...\nc\n' >shown
printf 'a\nb\nc\n' >printed
prints_as_shown shown printed >differs || fail "it is the same"
printf 'a\nc\n...\n' >shown
if prints_as_shown shown printed >differs; then fail "it is not the same"; fi
