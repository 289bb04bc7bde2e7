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

# A build that does something says so once, and now and then how far it is.
# Nothing of that gets between the program and its output.
stub bazel <<'EOF'
echo 'Loading: '
echo 'Analyzing: target //tools:reprise_main (1 packages loaded)'
echo '[0 / 4] [Prepa] BazelWorkspaceStatusAction stable-status.txt'
echo '[4 / 14] Compiling kv/wire.cc; 1s linux-sandbox ... (2 running)'
echo '[5 / 14] Compiling kv/clerk.cc; 1s linux-sandbox'
echo '[1,105 / 1,214] 3 actions, 2 running'
echo 'INFO: Build completed successfully, 14 total actions'
EOF
run "$checkout/tools/reprise" list --json <<<""
expect_equal 7 "$status"
expect_equal "building; the first time, this takes some minutes" "$err"
expect_equal "2 arguments: 'list' '--json'" "${out%%$'\n'*}"
REPRISE_PROGRESS_SECONDS=0 run "$checkout/tools/reprise" list <<<""
expect_equal "building; the first time, this takes some minutes
building: 5 of 14 steps
building: 1,105 of 1,214 steps" "$err"

# One that has nothing to do is silent, whatever Bazel says.
sed -i '/; 1s/d' "$stubs/bazel"
REPRISE_PROGRESS_SECONDS=0 run "$checkout/tools/reprise" list <<<""
expect_equal "" "$err"

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
stub bazel <<'EOF'
echo '[4 / 14] Compiling kv/wire.cc; 1s linux-sandbox'
echo 'ERROR: kv/BUILD.bazel:1:11: Compiling kv/wire.cc failed'
echo 'kv/wire.cc:1:1: error: no such thing'
echo '[5 / 14] checking cached actions'
exit 1
EOF
run "$checkout/tools/reprise" list
expect_equal "building; the first time, this takes some minutes
ERROR: kv/BUILD.bazel:1:11: Compiling kv/wire.cc failed
kv/wire.cc:1:1: error: no such thing
reprise: the build failed" "$err"

# Who has to wait for another Bazel is told.
stub bazel <<<"echo 'Another command (pid=1) is running. Waiting for it'"
run "$checkout/tools/reprise" list <<<""
expect_equal 7 "$status"
expect_equal "Another command (pid=1) is running. Waiting for it" "$err"
bazel_fails_with 1

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
