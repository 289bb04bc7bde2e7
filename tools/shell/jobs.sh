# shellcheck shell=bash
# shellcheck disable=SC2034,SC2154
# The jobs of tools/test. To be sourced in the project's root folder, after
# packages.sh, npm.sh, results.sh, format.sh, cmake.sh and databases.sh.
#
# A job is a row of the table and a function job_NAME. The row has its name,
# when it runs, and what it is. When is one of
#
#   everyday  without arguments, and with `all`
#   all       with `all`
#   named     by its name alone, because it takes long or asks for much
#
# The function prints its progress and leaves lines of results.sh in the file
# "$results/NAME". It finds the folder "$results", the Bazel in "$bazel", and in
# the array targets what the job is narrowed to; empty: nothing.

jobs_table() {
  cat <<'END'
format     everyday  the layout of sources, by clang-format and buildifier
dev        everyday  every everyday test, built with Clang in little time
browser    all       the pages of histories and runs, in headless Chromium
asan       all       fast tests with Clang's sanitizers, and strict dependencies
fuzz       all       the fuzzers of parsers, briefly, with the address sanitizer
tsan       all       the golden digests under Clang's thread sanitizer
cmake      all       the build by CMake and CTest, with GCC, optimised
gcc        all       the sources that no test needs, compiled by GCC
optimised  named     what `bazel test` does, with GCC; it compares instructions
clang      named     every everyday test, built with Clang, optimised
cmake4     named     the build by CMake with each compiler optimised and not
consumers  named     projects that depend on Reprise, by Bazel and by CMake
package    named     the packages of tools/package, used from an empty root
databases  named     Redis and etcd, killed while clients use them, judged
real       named     real processes, killed, paused, cut off and out of room
END
}

# The newest that runs on the Node.js of Debian 12.
playwright_version=1.55.0

fast=(--build_tests_only '--test_tag_filters=-long,-slow,-no-asan,-real')
fuzzers=(--build_tests_only '--test_tag_filters=fuzz')
golden=(--build_tests_only '--test_tag_filters=golden,-long')

job_format() { check_format >"$results/format"; }
job_dev() { bazel_job dev //... --config=dev --build_tests_only; }
job_optimised() { bazel_job optimised //... --define=precompiled=none; }
job_browser() {
  local folder
  require_packages tools/shell/packages_browser.txt
  folder=$(npm_package playwright-core "$playwright_version") || return 0
  bazel_job browser //checker/report:page_browser_test \
    //sim/explore/page:run_page_browser_test --config=dev \
    "--test_env=REPRISE_NODE_PACKAGES=$folder/node_modules"
}
# What seeds and random histories are to find, they find in the other jobs.
job_asan() {
  bazel_job asan //... --config=asan "${fast[@]}" \
    --features=layering_check --test_env=REPRISE_CHECKER_HISTORIES=2000 \
    --test_env=REPRISE_SEEDS=20%
}
job_clang() { bazel_job clang //... --config=clang; }
job_fuzz() { bazel_job fuzz //... --config=fuzz "${fuzzers[@]}"; }
job_cmake() { cmake_job cmake gcc-release; }
job_cmake4() {
  local precompiles=OFF
  cmake_job cmake4 gcc-release clang-debug gcc-debug clang-release
}
# Benchmarks and tables; headers alone, without the precompiled ones that hide a
# missing #include (`optimised` and `cmake4` show the same of sources); and the
# sources of the command line together, as tools/reprise compiles them.
job_gcc() {
  local -a targets_of_none
  mapfile -t targets_of_none < <("$bazel" query --ui_event_filters=-info \
    --noshow_progress "kind('cc_(binary|library)', //...) except
      deps(tests(//...)) except attr(tags, manual, //...)" </dev/null)
  targets_of_none+=(//tools:reprise_unity)
  bazel_command=build bazel_job gcc "${targets_of_none[*]}" --config=gcc \
    --output_groups=compilation_outputs
}
job_tsan() { bazel_job tsan //... --config=tsan "${golden[@]}"; }

job_consumers() {
  require_packages tools/shell/packages_cmake.txt
  check_consumers >"$results/consumers"
}
job_package() { check_packages >"$results/package"; }
job_databases() { check_databases >"$results/databases"; }
# `ip` makes the networks whose links are cut.
job_real() {
  require_packages tools/shell/packages_real.txt
  bazel_job real "//tests/conformance/... //tests/real/..." \
    --config=dev --config=real
}

# Whether it is no failure that job $1 tests nothing. A young project may lack
# golden digests, and a job may have no test among the targets that were named.
may_be_empty() { [[ $1 == tsan ]] || ((${#targets[@]})); }

# jobs_that_run WHEN...: their names, one a line; of all jobs without a WHEN.
jobs_that_run() {
  local name when
  while read -r name when _; do
    if (($# == 0)) || [[ " $* " == *" $when "* ]]; then echo "$name"; fi
  done < <(jobs_table)
}

# cmake_job JOB CONFIGURATION...: what cmake.sh says of them.
cmake_job() {
  local job=$1
  shift
  require_packages tools/shell/packages_cmake.txt
  check_cmake "$@" >"$results/$job"
}

# bazel_job JOB PATTERNS FLAG...: tests PATTERNS, which spaces separate, or what
# the job is narrowed to. With bazel_command=build it builds them.
bazel_job() {
  local job=$1 status=0 events="$results/$1.json"
  local -a patterns
  read -ra patterns <<<"$2"
  shift 2
  local -a flags=(--keep_going --build_event_json_file="$events")
  local command=${bazel_command:-test}
  [[ $command == build ]] || flags+=(--test_summary=terse)
  # bazel-bin and its like go on to lead to what `bazel test` builds.
  [[ "$job" == optimised ]] ||
    flags+=(--experimental_convenience_symlinks=ignore)
  [[ -t 1 ]] || flags+=(--curses=no --show_progress_rate_limit=30)
  "$bazel" "$command" "${flags[@]}" "$@" -- \
    "${targets[@]:-${patterns[@]}}" \
    </dev/null || status=$?
  [[ -f "$events" ]] && print_results "$events" >"$results/$job"
  # No test says that a build succeeded.
  [[ $command/$status != build/0 ]] || echo "PASSED $job" >>"$results/$job"
  # 0: passed, 3: tests failed, 4: no tests, 8: interrupted.
  case $status in
    0 | 3 | 4) ;;
    8) interrupted=1 ;;
    *) grep -qsv ^PASSED "$results/$job" ||
      echo "BAZEL_STATUS_$status $job" >>"$results/$job" ;;
  esac
}
