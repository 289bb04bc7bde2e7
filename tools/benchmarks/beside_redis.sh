#!/bin/bash
# How many operations a second the key/value server answers, beside Redis, in
# one run: `bazel run -c opt //tools/benchmarks:beside_redis`. Both have 50
# clients without pipelining, one key and values of 3 bytes, as redis-benchmark
# does by itself, and take turns; each figure is the median of the rounds.
#
# Needs redis-server and redis-benchmark. Everything is on loopback and in a
# temporary folder, and is stopped at the end.
set -euo pipefail

rounds=5
operations=${REPRISE_OPERATIONS:-100000}
kv=$PWD/tools/kv_main

for program in redis-server redis-benchmark; do
  command -v "$program" >/dev/null || {
    echo "$program is not installed: apt-get install redis" >&2
    exit 2
  }
done

work=$(mktemp -d)
pids=()
finish() {
  ((${#pids[@]} == 0)) || kill "${pids[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap finish EXIT

# start_kv NAME FLAG...: a server; its address is in the array addresses.
declare -A addresses
start_kv() {
  local name=$1
  shift
  "$kv" serve --listen 127.0.0.1:0 --log-level error "$@" >"$work/$name" &
  pids+=($!)
  until grep -q 'serves at' "$work/$name"; do sleep 0.05; done
  addresses[$name]=$(sed 's/.*serves at //' "$work/$name")
}

# start_redis NAME FLAG...: a server on a port that is free.
declare -A ports
start_redis() {
  local name=$1 port
  shift
  mkdir "$work/redis-$name"
  for port in {17000..17100}; do
    redis-server --port "$port" --bind 127.0.0.1 --save "" \
      --dir "$work/redis-$name" "$@" >"$work/redis-$name.log" &
    sleep 0.3
    if kill -0 $! 2>/dev/null && redis-cli -p "$port" ping >/dev/null 2>&1; then
      pids+=($!)
      ports[$name]=$port
      return
    fi
  done
  echo "no port is free for redis-server" >&2
  exit 2
}

redis_rate() {
  redis-benchmark -p "${ports[$1]}" -t "$2" -n "$operations" -c 50 -d 3 --csv |
    awk -F'"' 'NR == 2 { print $4 }'
}

# kv_rate NAME PUTS
kv_rate() {
  "$kv" load --server "${addresses[$1]}" --clients 50 --keys 1 --value-bytes 3 \
    --operations "$operations" --puts "$2" --json |
    sed 's/.*"operations_per_second":\([0-9.]*\).*/\1/'
}

median() { sort -g "$1" | sed -n "$((rounds / 2 + 1))p"; }

# compare TITLE NAME SET_OR_GET
compare() {
  local title=$1 name=$2 what=$3 puts=0 i
  [[ $what == set ]] && puts=100
  : >"$work/redis_rates" >"$work/kv_rates"
  for ((i = 0; i < rounds; ++i)); do
    redis_rate "$name" "$what" >>"$work/redis_rates"
    kv_rate "$name" "$puts" >>"$work/kv_rates"
  done
  awk -v title="$title" -v redis="$(median "$work/redis_rates")" \
    -v kv="$(median "$work/kv_rates")" \
    'BEGIN {
       printf "%-32s %10.0f %10.0f %8.2f\n", title, redis, kv, kv / redis
     }'
}

start_kv plain
start_kv durable --durable "$work/kv"
start_redis plain --appendonly no
start_redis durable --appendonly yes --appendfsync always

printf '%-32s %10s %10s %8s\n' 'operations a second' Redis kv 'kv/Redis'
compare 'in memory, SET' plain set
compare 'in memory, GET' plain get
compare 'durable before the answer, SET' durable set
