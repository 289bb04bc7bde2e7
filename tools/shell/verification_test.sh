#!/bin/bash
# Tests tools/test: the jobs it runs, what it counts, and its status.

source tools/shell/testing.sh

# bazel_reports STATUS: a Bazel that writes these build events and ends so. It
# notes its arguments in "$calls", a line a call.
calls=$TEST_TMPDIR/calls
bazel_reports() {
  cat >"$TEST_TMPDIR/events"
  stub bazel <<EOF
echo "\$*" >>$calls
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
  : >"$calls"
  run "$checkout/tools/test" "$@"
  last_line=${out##*$'\n'}
}

stub_packages_missing

# An unknown job.
bazel_reports 0 </dev/null
run_jobs dev fast
expect_equal 2 "$status"
expect_equal "" "$(<"$calls")$out"
expect_contains "$err" "no job 'fast'"
expect_contains "$err" "format dev browser asan fuzz tsan cmake gcc optimised"

# Help: what the script says of itself, and every job.
for flag in --help -h; do
  run_jobs "$flag"
  expect_equal 0 "$status"
  expect_equal "" "$(<"$calls")$err"
  expect_contains "$out" "tools/test [JOB...]"
  expect_lacks "$out" "#"
  expect_lacks "$out" "set -e"
  for job in format dev browser asan fuzz tsan cmake gcc optimised clang \
    consumers package databases real; do
    expect_contains "$out" $'\n'"  $job "
  done
done

# Everything passes, in two jobs.
{
  test_passes //a:one_test
  test_passes //b:two_test
} | events | bazel_reports 0
run_jobs dev clang
expect_equal 0 "$status"
expect_equal "4 passed, 0 failed" "$last_line"
expect_equal 2 "$(count_lines "$calls")"
expect_contains "$(<"$calls")" "-- //..."
expect_lacks "$out" "left out"

# A job that is named twice runs once.
run_jobs dev dev
expect_equal "2 passed, 0 failed" "$last_line"

# The job of real processes has two patterns, and tests that others leave out.
run_jobs real
expect_contains "$(<"$calls")" "-- //tests/conformance/... //tests/real/..."
expect_contains "$(<"$calls")" "--config=real"

# The job that only compiles does so with what no test needs.
stub bazel <<END
[[ \$1 != query ]] || { printf '//a:%s\n' one two && exit; }
echo "\$*" >>$calls
END
run_jobs gcc
expect_equal 0 "$status"
expect_equal "1 passed, 0 failed" "$last_line"
expect_contains "$(<"$calls")" "build "
expect_contains "$(<"$calls")" "--config=gcc"
expect_contains "$(<"$calls")" "-- //a:one //a:two"
run_jobs gcc //a:one
expect_contains "$(<"$calls")" "-- //a:one"
completed //a:library '' | events | bazel_reports 1
run_jobs gcc
expect_equal 1 "$status"
expect_contains "$out" "gcc: FAILED_TO_BUILD //a:library"
{
  test_passes //a:one_test
  test_passes //b:two_test
} | events | bazel_reports 0

# Some targets of a job.
run_jobs asan //a:one_test //b:two_test
expect_equal 0 "$status"
expect_equal 1 "$(count_lines "$calls")"
expect_contains "$(<"$calls")" "--config=asan"
expect_contains "$(<"$calls")" "-- //a:one_test //b:two_test"

# A failed test, with its log; a test and a library that do not build.
{
  test_passes //a:one_test
  completed //a:two_test '"success":true'
  summary //a:two_test FAILED '"failed":[{"uri":"file:///two.log"}],'
  completed //a:three_test '"failureDetail":{"message":"gcc failed"}'
  completed //a:library ''
} | events | bazel_reports 1
run_jobs dev
expect_equal 1 "$status"
expect_contains "$out" "dev: FAILED //a:two_test /two.log
  again: tools/test dev //a:two_test
"
expect_contains "$out" "dev: FAILED_TO_BUILD //a:three_test
  again: tools/test dev //a:three_test
"
expect_contains "$out" "dev: FAILED_TO_BUILD //a:library
  again: tools/test dev //a:library
"
expect_lacks "$out" "again: tools/test dev //a:one_test"
expect_equal "1 passed, 3 failed" "$last_line"

# A target that does not exist in this configuration.
{
  test_passes //a:one_test
  echo '{"id":{"targetCompleted":{"label":"//a:fuzz_test"}},' \
    '"aborted":{"reason":"SKIPPED"}}'
} | events | bazel_reports 0
run_jobs dev
expect_equal 0 "$status"
expect_equal "1 passed, 0 failed" "$last_line"

# A build that never began.
bazel_reports 1 </dev/null
run_jobs dev
expect_equal 1 "$status"
expect_contains "$out" "dev: BAZEL_STATUS_1 dev
  again: tools/test dev
"
expect_equal "0 passed, 1 failed" "$last_line"
run_jobs dev //a:missing_test
expect_contains "$out" "  again: tools/test dev //a:missing_test
"

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
expect_contains "$out" "browser: NOTHING_RAN browser
  again: tools/test browser
"

# The build by CMake: a line for each configuration, and the log of what failed.
# It is configured, built and tested, each time in that folder.
stub cmake <<'EOF'
case "$*" in
  *CXX_COMPILER=clang++*) echo "no such compiler"; exit 1 ;;
  *) echo "cmake $*" >>"$TEST_TMPDIR/cmake" ;;
esac
EOF
stub ctest <<<'echo "ctest $*" >>"$TEST_TMPDIR/cmake"'
run_jobs cmake4
expect_equal 1 "$status"
expect_equal "2 passed, 2 failed" "$last_line"
expect_contains "$out" "cmake4: FAILED cmake/clang-debug $checkout/out/cmake/"
expect_contains "$out" "  again: tools/test cmake4"
expect_contains "$err" "no such compiler"
expect_contains "$(<"$TEST_TMPDIR/cmake")" "-DCMAKE_BUILD_TYPE=Release
cmake --build $checkout/out/cmake/gcc-release"
expect_contains "$(<"$TEST_TMPDIR/cmake")" \
  "ctest --test-dir $checkout/out/cmake/gcc-release"
stub cmake </dev/null
run_jobs cmake
expect_equal 0 "$status"
expect_equal "1 passed, 0 failed" "$last_line"
stub ctest <<<"exit 8"
run_jobs cmake
expect_equal "0 passed, 1 failed" "$last_line"
stub ctest <<'END'
echo REPRISE_SEEDS=5 TEST_TIMEOUT=60 TEST_UNDECLARED_OUTPUTS_DIR=/nowhere
END

# The projects that depend on Reprise: a line for each that works, and for each
# that does not its log, with the step at which it failed.
/bin/mkdir -p "$checkout/tests/consumers/"{bazel,clash} "$checkout/docs"
/bin/ln -s /usr/bin/awk /bin/ln "$stubs/"
printf '$ bazel %s\n' build test run >"$checkout/docs/TUTORIAL.md"
stub bazel <<<'[[ "$*" != *" info "* ]] || echo /nowhere'
stub ctest <<'END'
echo REPRISE_SEEDS=5 TEST_TIMEOUT=60 TEST_UNDECLARED_OUTPUTS_DIR=/nowhere
END
stub cmake <<'END'
[[ "$*" != *"/add_subdirectory "* ]] || { echo "no such target"; exit 1; }
END
run_jobs consumers
expect_equal 1 "$status"
expect_contains "$out" "consumers: FAILED consumers/add_subdirectory "
expect_contains "$out" "  again: tools/test consumers"
expect_contains "$err" "consumers/add_subdirectory failed at: cmake -S "
expect_contains "$err" "no such target
it ended with status 1; expected 0"
# The lease service was not built, which nobody may overlook.
expect_contains "$out" "consumers: FAILED consumers/bazel "
expect_contains "$out" "consumers: FAILED consumers/find_package "
expect_contains "$err" "consumers/find_package failed at: "
expect_equal "4 passed, 4 failed" "$last_line"
: >"$checkout/docs/TUTORIAL.md"
run_jobs consumers
expect_contains "$out" "consumers: FAILED consumers/tutorial "

# Databases: a line for each that is installed. Redis without a file loses what
# it acknowledged, and has to be found out.
/bin/mkdir -p "$checkout/bazel-bin/tools"
stub bazel </dev/null
stub tee <<<"exec /bin/cat"
stub redis-server </dev/null
stub python3 <<'END'
echo "5 operations" >&2
echo "$*"
END
reprise_main=$checkout/bazel-bin/tools/reprise_main
cat >"$reprise_main" <<'END'
#!/bin/bash
read -r line
[[ "$1" == --help || "$line" != *"appendonly no"* ]] || {
  echo 'standard input · VIOLATED: linearizability · 5 operations'
  echo '  key "k": client 1 read ""'
  exit 1
}
END
chmod +x "$reprise_main"
run_jobs databases
expect_equal 0 "$status"
expect_equal "2 passed, 0 failed" "$last_line"
expect_contains "$err" "redis-memory: VIOLATED: linearizability"
expect_contains "$err" 'redis-memory: key "k": client 1 read ""'
expect_contains "$err" "etcd: left out, as etcd or python3 is not installed"
printf '#!/bin/bash\nexit 0\n' >"$reprise_main"
run_jobs databases
expect_equal 1 "$status"
expect_contains "$out" "databases: FAILED databases/redis-memory $checkout/out/"
expect_contains "$out" "  again: tools/test databases"
expect_contains "$err" "redis-memory: found holds, expected violated"
rm "$stubs/redis-server" "$stubs/python3"
run_jobs databases
expect_equal 1 "$status"
expect_contains "$out" "databases: NOTHING_RAN databases"

# Which jobs run: the everyday ones, or all.
stub clang-format </dev/null
stub npm <<'EOF'
/bin/mkdir -p "$6/node_modules/.bin"
/bin/ln -sf /bin/true "$6/node_modules/.bin/buildifier"
EOF
test_passes //a:one_test | events | bazel_reports 0
job_names() { sed -n 's/^== //p' "$TEST_TMPDIR/out" | /usr/bin/paste -sd ' '; }
run_jobs
expect_equal "format dev" "$(job_names)"
expect_equal "3 passed, 0 failed" "$last_line"
expect_contains "$out" $'\nleft out: browser asan fuzz tsan cmake gcc '\
$'optimised clang cmake4 consumers package databases real\n'
run_jobs //a:one_test
expect_equal "format dev" "$(job_names)"
expect_contains "$(<"$calls")" "-- //a:one_test"
run_jobs all
expect_equal "format dev browser asan fuzz tsan cmake gcc" \
  "$(job_names)"
expect_contains "$out" $'\nleft out: optimised clang cmake4 '\
$'consumers package databases real\n'
run_jobs fuzz all
expect_equal "fuzz format dev browser asan tsan cmake gcc" \
  "$(job_names)"

# The table of jobs and what they do belong together.
run bash -c "source tools/shell/jobs.sh; declare -F | sed -n 's/.* job_//p'"
expect_equal "$(sort <<<"$out")" \
  "$(bash -c 'source tools/shell/jobs.sh; jobs_that_run' | sort)"
run bash -c "source tools/shell/jobs.sh; jobs_that_run everyday all named"
expect_equal "$(bash -c 'source tools/shell/jobs.sh; jobs_that_run')" "$out"

# Nothing to run is a failure, but for the golden digests of a young project.
bazel_reports 4 </dev/null
run_jobs dev
expect_equal 1 "$status"
expect_equal "0 passed, 1 failed" "$last_line"
run_jobs tsan
expect_equal 1 "$status"
expect_equal "0 passed, 0 failed" "$last_line"

# A job may have no test among some targets, but something must run.
run_jobs fuzz //a:one_test
expect_equal 1 "$status"
expect_equal "0 passed, 0 failed" "$last_line"

# An interrupted run prints what it has and leaves the other jobs out.
{
  test_passes //a:one_test
  echo '{"id":{"targetCompleted":{"label":"//a:two_test"}},' \
    '"aborted":{"reason":"USER_INTERRUPTED"}}'
} | events | bazel_reports 8
run_jobs dev clang
expect_equal 130 "$status"
expect_equal "1 passed, 0 failed" "$last_line"
