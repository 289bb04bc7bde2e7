# shellcheck shell=bash
# shellcheck disable=SC2154
# Judges real databases that are killed while clients use them, by the recorders
# of examples/check_your_database. To be sourced, in the project's root folder,
# after packages.sh, with whether the user has interrupted in "$interrupted".
#
# check_databases prints a line STATUS NAME [LOG] for each database that is
# installed, PASSED or FAILED; what is found, and what is left out, is told on
# standard error. What was recorded and printed is kept in out/databases.

recorders=$PWD/examples/check_your_database
database_files=$PWD/out/databases
database_seconds=${REPRISE_DATABASE_SECONDS:-20}

# A row: its name, the verdict that is expected, the program that it needs, its
# recorder, and the arguments of the program. redis-memory is the planted bug:
# what Redis keeps in memory alone is lost when it is killed.
databases_table() {
  local redis='--port {port} --bind 127.0.0.1 --dir {dir}'
  local client='http://127.0.0.1:{port}' peer='http://127.0.0.1:{port2}'
  cat <<END
redis holds redis-server redis_store $redis --appendonly yes \
--appendfsync always
redis-memory violated redis-server redis_store $redis --appendonly no
etcd holds etcd etcd_store --data-dir {dir} --listen-client-urls $client \
--advertise-client-urls $client --listen-peer-urls $peer \
--initial-advertise-peer-urls $peer --initial-cluster default=$peer
END
}

check_databases() {
  local row
  local -a rows words
  mkdir -p "$database_files"
  install_databases
  # Nothing is to be built while a history waits to be judged.
  tools/reprise --help >/dev/null || return 0
  mapfile -t rows < <(databases_table)
  for row in "${rows[@]}"; do
    read -r -a words <<<"$row"
    database "${words[@]}"
  done
}

# Installs what is missing, where that can be.
install_databases() {
  local list=tools/shell/packages_databases.txt
  can_install || return 0
  (require_packages "$list") || echo "not all databases are installed" >&2
}

# database NAME EXPECTED PROGRAM RECORDER ARGUMENT...
database() {
  local name=$1 expected=$2 program=$3 recorder=$4 found
  local -a statuses
  local files=$database_files/$name
  shift 4
  [[ $interrupted ]] && return
  if ! command -v "$program" >/dev/null || ! command -v python3 >/dev/null; then
    echo "$name: left out, as $program or python3 is not installed" >&2
    return
  fi
  echo "$name: for $database_seconds seconds" >&2
  statuses=()
  python3 "$recorders/$recorder.py" --seconds "$database_seconds" -- \
    "$program" "$@" </dev/null 2>"$files.recorder" |
    tee "$files.jsonl" 2>/dev/null |
    tools/reprise check - --follow >"$files.txt" 2>"$files.log" ||
    statuses=("${PIPESTATUS[@]}")
  [[ $interrupted ]] && return
  found=$(verdict_of "${statuses[0]:-0}" "${statuses[2]:-0}")
  if [[ "$found" == "$expected" ]]; then
    echo "PASSED databases/$name"
  else
    cat "$files".{recorder,log,txt} >"$files.failed"
    echo "FAILED databases/$name $files.failed"
    echo "$name: found $found, expected $expected" >&2
  fi
  tell_database "$name" "$files" >&2
}

# verdict_of RECORDER_STATUS CHECK_STATUS
verdict_of() {
  case $1:$2 in
    0:0) echo holds ;;
    0:1) echo violated ;;
    *) echo "no verdict (the recorder ended with status $1, check with $2)" ;;
  esac
}

# In one line what was recorded, and in another what contradicts itself.
tell_database() {
  sed "s/^/$1: /" "$2.recorder"
  sed -n "2,\$d; s/^standard input · /$1: /p" "$2.txt"
  sed -n "s/^  key /$1: key /p" "$2.txt"
}
