# shellcheck shell=bash
# shellcheck disable=SC2154
# Builds, runs and breaks the projects of tests/consumers, which depend on
# Reprise as others do. To be sourced, in the project's root folder, after
# packages.sh and tutorial.sh, with the path of Bazel in "$bazel", a folder in
# "$results" and whether the user has interrupted in "$interrupted".
#
# check_consumers prints a line STATUS NAME [LOG] for each project, PASSED or
# FAILED; on standard error is what is at work, and of what failed the step and
# the end of its log. Logs are kept in out/consumers.

consumers=$PWD/tests/consumers
consumer_logs=$PWD/out/consumers

# Reprise is built once for those that find it installed. Whoever adds it as a
# folder compiles it again.
check_consumers() {
  local work=$results/consumers.work
  mkdir -p "$consumer_logs" "$work"
  consumer docs compare_docs
  consumer bazel with_bazel bazel //lease/... use_bazel_lease
  consumer tutorial follow_tutorial "$work/tutorial"
  consumer install install_reprise "$work/build" "$work/reprise"
  consumer find_package lease_consumer find_package "$work/find_package" \
    "-DCMAKE_PREFIX_PATH=$work/reprise"
  consumer clash clash_consumer
  consumer add_subdirectory \
    lease_consumer add_subdirectory "$work/add_subdirectory" \
    -DREPRISE_PRECOMPILE=ON
  consumer fetch_content fetching_consumer "$work/fetch_content"
  # Bazel makes its folders read-only.
  chmod -R u+w "$work"
  rm -rf "$work"
}

# consumer NAME COMMAND...: one line about the project NAME.
consumer() {
  local name=consumers/$1 log=$consumer_logs/$1.log
  shift
  [[ $interrupted ]] && return
  echo "$name" >&2
  if "$@" >"$log" 2>&1; then
    echo "PASSED $name"
  elif [[ ! $interrupted ]]; then
    echo "FAILED $name $log"
    echo "$name failed at: $(sed -n 's/^== //p' "$log" | tail -n 1)" >&2
    tail -n 30 "$log" >&2
  fi
}

# step STATUS COMMAND...: notes the command, and whether it ends as it should.
step() {
  local expected=$1 status=0
  shift
  echo "== $*"
  "$@" </dev/null || status=$?
  ((status == expected)) && return
  echo "it ended with status $status; expected $expected"
  return 1
}

# What docs/DEPENDING.md shows of the lease service is what there is: each
# paragraph of a block of its code that names the lease.
compare_docs() {
  local code paragraph status=0 count=0
  code=$(cat "$consumers"/lease/{BUILD.bazel,CMakeLists.txt})
  while IFS= read -r -d $'\f' paragraph; do
    paragraph=${paragraph#$'\n'}
    paragraph=${paragraph%$'\n'}
    [[ $paragraph == *lease* ]] || continue
    count=$((count + 1))
    [[ $code == *"$paragraph"* ]] && continue
    printf '== the documents\nnot in tests/consumers/lease:\n%s\n' "$paragraph"
    status=1
  done < <(sed -n '/^```[pc]/,/^```$/{/^```/!p;/^```/s/.*//p}' \
    docs/DEPENDING.md | sed 's/^$/\f/')
  ((count >= 2)) || status=1
  return "$status"
}

# Not optimised, Reprise is compiled in half of the time.
debug_flags=(-G Ninja -DCMAKE_BUILD_TYPE=Debug)

# Into the folder $2, by a build in the folder $1.
install_reprise() {
  step 0 cmake -S . -B "$1" "${debug_flags[@]}" -DREPRISE_PRECOMPILE=ON \
    -DREPRISE_TESTS=OFF -DREPRISE_PROGRAM=OFF &&
    step 0 cmake --build "$1" &&
    step 0 cmake --install "$1" --prefix "$2"
}

# The project $1, built in the folder $2, with further flags for CMake.
lease_consumer() {
  local project=$consumers/$1 build=$2
  shift 2
  step 0 cmake -S "$project" -B "$build" "${debug_flags[@]}" "$@" &&
    step 0 cmake --build "$build" &&
    step 0 ctest --test-dir "$build" --output-on-failure --no-tests=error &&
    use_lease "$build/lease/lease" "$build/lease/lease_regressions"
}

# It compiles the code under test alone: the rest is as with add_subdirectory.
fetching_consumer() {
  step 0 cmake -S "$consumers/fetch_content" -B "$1" "${debug_flags[@]}" &&
    step 0 cmake --build "$1" --target lease_service
}

# with_bazel PROJECT TARGETS [FUNCTION]: tests the targets, and then calls the
# function with the folder of what was built.
with_bazel() {
  (
    cd "$consumers/$1" || return
    local -a command=("$bazel" "--output_user_root=$work/bazel")
    local -a flags=(--experimental_convenience_symlinks=ignore --curses=no
      --show_progress_rate_limit=30)
    # So that two projects do not compile Reprise twice.
    grep -qs -e --disk_cache ~/.bazelrc ||
      flags+=("--disk_cache=$work/bazel_cache")
    status=0
    step 0 "${command[@]}" test "${flags[@]}" "$2" &&
      bin=$("${command[@]}" info bazel-bin) &&
      "${3:-:}" "$bin" || status=1
    "${command[@]}" shutdown
    exit "$status"
  )
}

use_bazel_lease() { use_lease "$1/lease/lease" "$1/lease/regressions_test"; }

# docs/TUTORIAL.md from an empty folder: $1/counting, beside Reprise.
follow_tutorial() {
  local page=$PWD/docs/TUTORIAL.md command
  mkdir -p "$1/counting"
  ln -s "$PWD" "$1/reprise"
  tutorial_files "$page" "$1/counting"
  (
    cd "$1/counting" || return
    local root=$work/bazel cache=--disk_cache=$work/bazel_cache
    # The page's commands call this one.
    bazel() { "$bazel" --output_user_root="$root" "$1" "$cache" "${@:2}"; }
    local count=0
    status=0
    while IFS= read -r command; do
      [[ $command == bazel* ]] || continue
      count=$((count + 1))
      step "$(tutorial_status "$command")" eval "$command" || status=1
    done < <(tutorial_commands "$page")
    ((count >= 3)) || status=1
    "$bazel" --output_user_root="$root" shutdown
    exit "$status"
  )
}

# A project with folders and files of the same names as Reprise's.
clash_consumer() {
  with_bazel clash //... &&
    step 0 cmake -S "$consumers/clash" -B "$work/clash" -G Ninja \
      "-DCMAKE_PREFIX_PATH=$work/reprise" &&
    step 0 cmake --build "$work/clash" &&
    step 0 ctest --test-dir "$work/clash" --output-on-failure \
      --no-tests=error &&
    step 0 sees_its_seeds "$work/clash"
}

# Whether each sweep of the project built in $1 is told how many seeds to run,
# for how long, and where to leave the replay file of a failure.
sees_its_seeds() {
  local tests
  tests=$(ctest --test-dir "$1" -R Sweep --show-only=json-v1) &&
    [[ $tests == *REPRISE_SEEDS=5* && $tests == *TEST_TIMEOUT=60* ]] &&
    [[ $tests == *TEST_UNDECLARED_OUTPUTS_DIR=* ]]
}

# The command line $1 of the lease service and its test of regressions $2 do
# what they should, and fail where they should.
use_lease() {
  local saved=$consumers/lease/regressions broken
  broken=$(mktemp -d -p "$work")
  sed 's/"counted-from-the-reply"/"free-at-start"/' \
    "$saved/counted-from-the-reply.json" >"$broken/changed.json"
  step 0 "$1" list &&
    step 0 "$1" sweep --seeds=50 &&
    step 1 "$1" sweep --bug=late-extension --seeds=50 --max-failures=1 \
      "--out=$broken/out" &&
    step 1 "$1" replay "$saved/grant-not-persisted.json" --trace &&
    rm -r "$broken/out" &&
    step 1 "$2" "$broken" &&
    rm "$broken/changed.json" &&
    step 2 "$2" "$broken"
}

# Makes the packages, and uses each from a root folder of its own in which there
# is nothing else of Reprise. Prints lines as check_consumers does.
check_packages() {
  local work=$results/packages.work
  mkdir -p "$consumer_logs" "$work"
  consumer packages make_packages "$work/first" "$work/second"
  consumer tarball packaged_consumer "$work/tarball" \
    tar -xzf "$work/first"/*.tar.gz -C
  consumer deb packaged_consumer "$work/deb" dpkg -x "$work/first"/*.deb
  rm -rf "$work"
}

# Into the folder $1, and the same bytes into the folder $2.
make_packages() {
  step 0 tools/package "$1" &&
    step 0 tools/package "$2" &&
    step 0 diff -r "$1" "$2"
}

# packaged_consumer FOLDER COMMAND...: the command and FOLDER/root unpack it.
packaged_consumer() {
  local folder=$1
  shift
  mkdir -p "$folder/root"
  step 0 "$@" "$folder/root" &&
    lease_consumer find_package "$folder/build" \
      "-DCMAKE_PREFIX_PATH=$folder/root/usr" &&
    step 0 grep "^reprise_DIR:PATH=$folder/root/" "$folder/build/CMakeCache.txt"
}
