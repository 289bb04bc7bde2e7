#!/bin/bash
# Tests tools/package: its usage, and what it does where a tool fails.

source tools/shell/testing.sh

stub_packages_missing
/bin/ln -s /bin/cp "$stubs/cp"
stub git <<<'echo 1700000000'
stub cmake <<<"echo \"\$SOURCE_DATE_EPOCH \$*\" >>$TEST_TMPDIR/calls"
stub cpack <<'EOF'
mkdir -p out/package-build/packages
touch out/package-build/packages/reprise.tar.gz out/package-build/packages/r.deb
EOF
cd "$TEST_TMPDIR"

# Help.
for flag in --help -h; do
  run "$checkout/tools/package" "$flag"
  expect_equal 0 "$status"
  expect_contains "$out" "tools/package [FOLDER]"
  expect_lacks "$out" "#"
  expect_equal "" "$err"
done

# Wrong usage says what was found and what is expected, and does nothing.
run "$checkout/tools/package" --deb
expect_equal 2 "$status"
expect_contains "$err" "no flag --deb; it takes a FOLDER"
run "$checkout/tools/package" one two
expect_equal 2 "$status"
expect_contains "$err" "it takes one FOLDER, not: one two"
touch file
run "$checkout/tools/package" file
expect_equal 2 "$status"
expect_contains "$err" "/file cannot be written; expected a folder"
SOURCE_DATE_EPOCH=today run "$checkout/tools/package" made
expect_equal 2 "$status"
expect_contains "$err" "SOURCE_DATE_EPOCH is 'today'; expected a number"
[[ ! -e calls ]] || fail "it built something"

# The packages go into a folder of the caller's, with the time of the commit.
run "$checkout/tools/package" made
expect_equal 0 "$status"
expect_equal "$TEST_TMPDIR/made/reprise.tar.gz
$TEST_TMPDIR/made/r.deb" "$out"
expect_contains "$(<calls)" "1700000000 -S . -B "

# Outside of a checkout the time has to be said.
stub git <<<'exit 128'
run "$checkout/tools/package" made
expect_equal 2 "$status"
expect_contains "$err" "no checkout of git; set SOURCE_DATE_EPOCH"
SOURCE_DATE_EPOCH=17 run "$checkout/tools/package" made
expect_equal 0 "$status"
expect_contains "$(<calls)" "17 -S . -B "

# What a tool says that fails is shown.
stub cpack <<<'echo "no generator" >&2; exit 1'
SOURCE_DATE_EPOCH=17 run "$checkout/tools/package" made
expect_equal 1 "$status"
expect_equal "" "$out"
expect_contains "$err" "no generator
package: failed: cpack "
