#!/bin/bash
# Tests tools/reprise: it builds quietly and then becomes the program.

source tools/shell/testing.sh

bazel_fails_with() {
  stub bazel <<<"echo \"\$@\" >>$TEST_TMPDIR/calls; echo chatter >&2; exit $1"
}

/bin/mkdir -p "$checkout/bazel-bin/tools"
/bin/cat >"$checkout/bazel-bin/tools/reprise_main" <<'EOF'
#!/bin/bash
echo "$# arguments:" "${@@Q}"
echo "in $PWD"
echo "read $(cat)"
exit 7
EOF
/bin/chmod +x "$checkout/bazel-bin/tools/reprise_main"
stub_packages_missing
cd "$TEST_TMPDIR"

# The arguments, the folder, standard input and the status are the program's.
bazel_fails_with 0
run "$checkout/tools/reprise" check '' 'a b' '*' - <<<"a history"
expect_equal 7 "$status"
expect_equal "5 arguments: 'check' '' 'a b' '*' '-'
in $TEST_TMPDIR
read a history" "$out"
expect_equal "" "$err"
expect_contains "$(<calls)" "build "
expect_contains "$(<calls)" "//tools:reprise_main"

# It can be called through a link.
/bin/ln -s "$checkout/tools/reprise" "$stubs/linked"
run linked <<<""
expect_equal 7 "$status"

# A build that fails says why, and the program does not run.
bazel_fails_with 1
run "$checkout/tools/reprise" list
expect_equal 2 "$status"
expect_equal "" "$out"
expect_equal "chatter
reprise: the build failed" "$err"

# The same on a terminal.
export TERM=xterm SHELL=$BASH
run /usr/bin/script --quiet --return --command \
  "$checkout/tools/reprise list" /dev/null </dev/null
expect_equal 2 "$status"
expect_contains "$out" "the build failed"

# An interrupted build is no failed build.
bazel_fails_with 8
run "$checkout/tools/reprise" list
expect_equal 130 "$status"
