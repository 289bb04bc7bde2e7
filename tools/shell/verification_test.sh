#!/bin/bash
# Tests tools/test: the jobs it runs, what it counts, and its status.

source tools/shell/testing.sh

# bazel_reports STATUS: a Bazel that writes these build events and ends so.
bazel_reports() {
  cat >"$TEST_TMPDIR/events"
  stub bazel <<EOF
for flag in "\$@"; do
  case \$flag in
    --build_event_json_file=*) cat $TEST_TMPDIR/events >"\${flag#*=}" ;;
  esac
done
exit $1
EOF
}

summary() {
  echo '{"id":{"testSummary":{"label":"'"$1"'","configuration":{"id":"x"}}},' \
    '"testSummary":{"totalRunCount":2,'"$3"'"overallStatus":"'"$2"'"}}'
}

completed() {
  echo '{"id":{"targetCompleted":{"label":"'"$1"'","configuration":{}}},' \
    '"completed":{'"$2"'}}'
}

# Bazel writes no space between two members.
events() { sed 's/, "/,"/g'; }

test_passes() {
  completed "$1" '"success":true'
  summary "$1" PASSED '"passed":[{"uri":"file:///p.log"}],'
}

run_jobs() {
  run "$checkout/tools/test" "$@"
  last_line=${out##*$'\n'}
}

stub_packages_missing

# An unknown job.
bazel_reports 0 </dev/null
run_jobs gcc fast
expect_equal 2 "$status"
expect_contains "$err" "no job 'fast'"
expect_contains "$err" "format gcc browser asan debug clang fuzz tsan"

# Everything passes, in two jobs.
{
  test_passes //a:one_test
  test_passes //b:two_test
} | events | bazel_reports 0
run_jobs gcc clang
expect_equal 0 "$status"
expect_equal "4 passed, 0 failed" "$last_line"

# A failed test, with its log; a test and a library that do not build.
{
  test_passes //a:one_test
  completed //a:two_test '"success":true'
  summary //a:two_test FAILED '"failed":[{"uri":"file:///two.log"}],'
  completed //a:three_test '"failureDetail":{"message":"gcc failed"}'
  completed //a:library ''
} | events | bazel_reports 1
run_jobs gcc
expect_equal 1 "$status"
expect_contains "$out" "gcc: FAILED //a:two_test /two.log"
expect_contains "$out" "gcc: FAILED_TO_BUILD //a:three_test"
expect_contains "$out" "gcc: FAILED_TO_BUILD //a:library"
expect_equal "1 passed, 3 failed" "$last_line"

# A target that does not exist in this configuration.
{
  test_passes //a:one_test
  echo '{"id":{"targetCompleted":{"label":"//a:fuzz_test"}},' \
    '"aborted":{"reason":"SKIPPED"}}'
} | events | bazel_reports 0
run_jobs gcc
expect_equal 0 "$status"
expect_equal "1 passed, 0 failed" "$last_line"

# A build that never began.
bazel_reports 1 </dev/null
run_jobs gcc
expect_equal 1 "$status"
expect_equal "0 passed, 1 failed" "$last_line"

# The page's job gets its browser, and runs that one test.
export HOME=$TEST_TMPDIR/home
stub npm <<<"echo \"\$@\" >$TEST_TMPDIR/npm; /bin/mkdir -p \"\$6\""
test_passes //a:page_browser_test | events | bazel_reports 0
run_jobs browser
expect_equal 0 "$status"
expect_contains "$(<"$TEST_TMPDIR/npm")" "playwright-core@"
expect_equal "1 passed, 0 failed" "$last_line"
stub npm <<<"exit 1"
run_jobs browser
expect_equal 1 "$status"
expect_contains "$out" "browser: NOTHING_RAN browser"

# Nothing to run is a failure, but for the golden digests of a young project.
bazel_reports 4 </dev/null
run_jobs gcc
expect_equal 1 "$status"
expect_equal "0 passed, 1 failed" "$last_line"
run_jobs debug tsan
expect_equal 1 "$status"
expect_equal "0 passed, 0 failed" "$last_line"

# An interrupted run prints what it has and leaves the other jobs out.
{
  test_passes //a:one_test
  echo '{"id":{"targetCompleted":{"label":"//a:two_test"}},' \
    '"aborted":{"reason":"USER_INTERRUPTED"}}'
} | events | bazel_reports 8
run_jobs gcc clang
expect_equal 130 "$status"
expect_equal "1 passed, 0 failed" "$last_line"
