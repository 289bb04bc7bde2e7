#!/bin/bash
# How many Puts a second three servers of the replicated store execute, beside
# three of etcd, in one run: `bazel run -c opt //tools/benchmarks:beside_etcd`.
# Both sync to the same file system before they answer, and take turns.
#
# etcd is asked by its own `etcdctl check perf`, which takes a minute: 500
# clients, one Put at a time each, values of 1024 bytes, up to 8000 a second.
# `kv load` asks the store the same, without that limit.
#
# Needs etcd and etcdctl. Everything is on loopback and in a temporary folder
# below REPRISE_FOLDER (/var/tmp), which should be on a disk, and is stopped at
# the end.
set -euo pipefail

rounds=${REPRISE_ROUNDS:-3}
seconds=${REPRISE_SECONDS:-30}
kv=$PWD/tools/kv_main

for program in etcd etcdctl; do
  command -v "$program" >/dev/null || {
    echo "$program is not installed; its package is one of those that" \
      "\`tools/test databases\` installs: etcd-server or etcd-client" >&2
    exit 2
  }
done

work=$(mktemp -d -p "${REPRISE_FOLDER:-/var/tmp}")
pids=()
finish() {
  ((${#pids[@]} == 0)) || kill "${pids[@]}" 2>/dev/null || true
  wait
  rm -rf "$work"
}
trap finish EXIT

# One host for each server, so that no port is anybody else's.
host() { echo "127.77.$(($$ % 250 + 1)).$1"; }

start_kv() {
  local i
  replicas=''
  for i in 1 2 3; do replicas+="${replicas:+,}kv-$i=$(host "$i"):17000"; done
  for i in 1 2 3; do
    "$kv" serve --name "kv-$i" --replicas "$replicas" --dir "$work/kv-$i" \
      --log-level error --log-bytes $((64 << 20)) >"$work/kv-$i.log" &
    pids+=($!)
  done
}

start_etcd() {
  local i cluster='' endpoint
  export ETCDCTL_API=3
  endpoints=''
  for i in 4 5 6; do
    cluster+="${cluster:+,}etcd-$i=http://$(host "$i"):17002"
    endpoints+="${endpoints:+,}http://$(host "$i"):17001"
  done
  for i in 4 5 6; do
    endpoint=http://$(host "$i"):17001
    etcd --name "etcd-$i" --data-dir "$work/etcd-$i" \
      --listen-client-urls "$endpoint" --advertise-client-urls "$endpoint" \
      --listen-peer-urls "http://$(host "$i"):17002" \
      --initial-advertise-peer-urls "http://$(host "$i"):17002" \
      --initial-cluster "$cluster" --quota-backend-bytes $((6 << 30)) \
      >"$work/etcd-$i.log" 2>&1 &
    pids+=($!)
  done
  until etcdctl --endpoints "$endpoints" endpoint health >/dev/null 2>&1; do
    sleep 0.2
  done
}

# It ends with status 1 where it finds etcd slow.
etcd_rate() {
  { etcdctl --endpoints "$endpoints" --command-timeout 90s check perf \
    --load l 2>&1 || true; } |
    sed -n 's/.*[Tt]hroughput[^0-9]*\([0-9]*\) writes.*/\1/p' | head -n 1
}

kv_rate() {
  "$kv" load --replicas "$replicas" --clients 500 --keys 100000 \
    --value-bytes 1024 --seconds "$seconds" --puts 100 --json |
    sed 's/.*"operations_per_second":\([0-9.]*\).*/\1/'
}

start_kv
start_etcd
printf '%-20s %10s %10s %10s\n' 'Puts a second' etcd kv 'kv/etcd'
for ((i = 1; i <= rounds; ++i)); do
  etcd=$(etcd_rate)
  rate=$(kv_rate)
  awk -v round="round $i" -v etcd="$etcd" -v kv="$rate" 'BEGIN {
    printf "%-20s %10.0f %10.0f %10.2f\n", round, etcd, kv, kv / etcd
  }'
done
