#!/bin/bash
# Compares the instructions of this build with the file, and tests the program
# that does: instructions_test.sh PROGRAM FILE.
set -euo pipefail

program=$PWD/$1
file=$2
stubs=$TEST_TMPDIR/stubs
figures=$TEST_TMPDIR/figures.txt
mkdir -p "$stubs"

# A valgrind that counts $percent % of 1000 for each time that work is done.
cat >"$stubs/valgrind" <<'END_OF_STUB'
#!/bin/bash
for word in "$@"; do
  [[ $word != --count=* ]] || count=${word#*=}
done
echo "==1== I   refs:      $((count * 10 * percent))"
END_OF_STUB
chmod +x "$stubs/valgrind"

fail() {
  echo "$1"
  exit 1
}

# expect STATUS TEXT PATH FLAG...: what the program says, with that PATH.
expect() {
  local status=0 out
  out=$(PATH=$3 "$program" "${@:4}" 2>&1) || status=$?
  [[ $status == "$1" && $out == *"$2"* ]] ||
    fail "expected status $1 and: $2"$'\n'"got $status and: $out"
}

expect 2 "no line says of which build" "$PATH" --expected=/dev/null --may-skip
expect 2 "cannot read $TEST_TMPDIR/none" "$PATH" --expected="$TEST_TMPDIR/none"
expect 2 "--update is for bazel run" "$stubs:$PATH" --expected=x --update
expect 2 "valgrind is not installed" /nowhere --expected="$file"
expect 0 "SKIPPED: valgrind is not installed" /nowhere --expected="$file" \
  --may-skip

# What --update writes is what the next run expects, within the tolerance.
export BUILD_WORKSPACE_DIRECTORY=$TEST_TMPDIR percent
percent=100 expect 0 "wrote figures.txt" "$stubs:$PATH" \
  --expected=figures.txt --update
expect_percent() {
  percent=$1 expect "$2" "$3" "$stubs:$PATH" --expected="$figures" --may-skip
}
expect_percent 100 0 "+0.0 %"
expect_percent 102 0 "+2.0 %"
expect_percent 104 1 "one-call has grown by more than 3 %: +4.0 %"
expect_percent 96 0 "one-call has fallen by more than 3 %: -4.0 %"
expect_percent 0 2 "failed: GLIBC_TUNABLES="

# Figures of another build, and a file that is broken.
cp "$figures" "$TEST_TMPDIR/kept.txt"
sed -i 's/^build .*/build abacus/' "$figures"
expect_percent 100 0 "SKIPPED: the figures are of abacus, this program is of "
expect 2 "cannot compare: the figures are of abacus" "$PATH" \
  --expected="$figures"
sed 's/^one-call .*/one-call many/' "$TEST_TMPDIR/kept.txt" >"$figures"
expect_percent 100 2 "figures.txt: line 12: expected MEASURE INSTRUCTIONS"
sed '/^one-call /d' "$TEST_TMPDIR/kept.txt" >"$figures"
expect_percent 100 2 "figures.txt: there is no line for one-call"

echo "The figures of this build:"
"$program" --expected="$file" --may-skip
