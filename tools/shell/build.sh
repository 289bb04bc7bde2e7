# shellcheck shell=bash
# shellcheck disable=SC2154
# Builds quietly. To be sourced after packages.sh, with the path of Bazel in
# "$bazel".
#
# build_and_run NAME ARGUMENT... installs the packages that are missing, builds
# //tools:NAME in the project's root folder, "$root", and becomes that program:
# the working directory, the arguments, standard input and output and the exit
# status are the program's own. Status 2 means that it could not be built.
#
# build FLAG|TARGET... builds in the working directory and returns Bazel's
# status. Standard output stays empty. On standard error there are errors in
# full and, while something is built, what Bazel is at: its own progress on a
# terminal, or else a sentence when the first step runs and a line every half
# minute. A build that has nothing to do prints nothing.

build_and_run() {
  local name=$1 status=0
  shift
  require_packages "$root/tools/shell/packages_run.txt"
  (cd "$root" && build "//tools:$name") || status=$?
  case $status in
    0) exec "$root/bazel-bin/tools/$name" "$@" ;;
    8) exit 130 ;; # Bazel was interrupted.
    *) die "the build failed" ;;
  esac
}

build() {
  local output status=0
  local -a command=("$bazel" build --show_result=0 --ui_event_filters=-info)
  if [[ -t 2 && "${TERM:-dumb}" != dumb ]]; then
    "${command[@]}" --curses=yes "$@" </dev/null >&2 || return
    # One line of progress is left; take it back.
    printf '\e[1A\e[K' >&2
    return
  fi
  command+=(--curses=no --color=no --show_progress_rate_limit=1)
  output=$("${command[@]}" "$@" </dev/null 2>&1 | tell_progress) || status=$?
  ((status == 0)) || printf '%s\n' "$output" >&2
  return "$status"
}

# Takes the lines of progress out of Bazel's output and tells some of them, on
# standard error. A step runs where Bazel counts its seconds:
#   [5 / 14] Compiling kv/wire.cc; 3s linux-sandbox
tell_progress() {
  local line told=
  local progress='^\[([0-9,]+) / ([0-9,]+)\](.*; [0-9]+s)?'
  trap '' INT # It ends when Bazel does.
  while IFS= read -r line; do
    if [[ $line =~ $progress ]]; then
      if [[ -z $told ]]; then
        [[ ${BASH_REMATCH[3]} ]] || continue
        echo "building; the first time, this takes some minutes" >&2
      else
        ((SECONDS - told >= progress_every)) || continue
        echo "building: ${BASH_REMATCH[1]} of ${BASH_REMATCH[2]} steps" >&2
      fi
      told=$SECONDS
    elif [[ $line == "Another command"* ]]; then
      printf '%s\n' "$line" >&2
    elif [[ ! $line =~ ^(Loading:|Analyzing:|INFO:|Starting\ local) ]]; then
      printf '%s\n' "$line"
    fi
  done
}
