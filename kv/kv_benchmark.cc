#include <cstdint>
#include <string>

#include "benchmark/benchmark.h"
#include "reprise/kv/service.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/kv/storage/log.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {
namespace {

Request SmallPut(uint64_t client, uint64_t sequence) {
  return {.kind = RequestKind::kPut,
          .client = client,
          .sequence = sequence,
          .key = "7",
          .value = "0123456789"};
}

void BM_Wire_EncodeRequest(benchmark::State& state) {
  const Request request = SmallPut(1, 1);
  for (auto _ : state) benchmark::DoNotOptimize(EncodeRequest(request));
}
BENCHMARK(BM_Wire_EncodeRequest);

void BM_Wire_DecodeRequest(benchmark::State& state) {
  const Bytes message = EncodeRequest(SmallPut(1, 1));
  for (auto _ : state) benchmark::DoNotOptimize(DecodeRequest(message));
}
BENCHMARK(BM_Wire_DecodeRequest);

void BM_Wire_EncodeReply(benchmark::State& state) {
  const Reply reply = {.kind = RequestKind::kPut, .sequence = 1};
  for (auto _ : state) benchmark::DoNotOptimize(EncodeReply(reply));
}
BENCHMARK(BM_Wire_EncodeReply);

void BM_Wire_DecodeReply(benchmark::State& state) {
  const Bytes message = EncodeReply({.kind = RequestKind::kPut, .sequence = 1});
  for (auto _ : state) benchmark::DoNotOptimize(DecodeReply(message));
}
BENCHMARK(BM_Wire_DecodeReply);

// A new Put of one of `range` clients, encoding included.
void BM_Service_Put(benchmark::State& state) {
  Service service;
  const auto clients = static_cast<uint64_t>(state.range(0));
  uint64_t turn = 0;
  for (auto _ : state) {
    ++turn;
    const Bytes message = EncodeRequest(SmallPut(turn % clients, turn));
    benchmark::DoNotOptimize(service.Handle(message));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Service_Put)->Arg(1)->Arg(5)->Arg(50)->Arg(10'000);

// Appends of ten bytes, with a Put after every thousand.
void BM_Service_Append(benchmark::State& state) {
  Service service;
  const auto clients = static_cast<uint64_t>(state.range(0));
  uint64_t turn = 0;
  for (auto _ : state) {
    ++turn;
    Request request = SmallPut(turn % clients, turn);
    if (turn % 1000 != 0) request.kind = RequestKind::kAppend;
    const Bytes message = EncodeRequest(request);
    benchmark::DoNotOptimize(service.Handle(message));
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(BM_Service_Append)->Arg(1)->Arg(5)->Arg(10'000);

// A group of `range` Puts of ten bytes as one record of the log.
void BM_Log_EncodeRecord(benchmark::State& state) {
  Bytes group;
  for (int64_t i = 0; i < state.range(0); ++i) {
    AppendString(group, EncodeRequest(SmallPut(1, i)));
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(EncodeRecord(/*generation=*/1, 0, group));
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(BM_Log_EncodeRecord)->Arg(1)->Arg(50);

// A log of a thousand records of one Put each.
void BM_Log_ReadRecords(benchmark::State& state) {
  constexpr int64_t kRecords = 1000;
  Bytes log;
  for (int64_t i = 0; i < kRecords; ++i) {
    log += EncodeRecord(1, log.size(), EncodeRequest(SmallPut(1, i)));
  }
  for (auto _ : state) {
    benchmark::DoNotOptimize(ReadRecords(1, log));
  }
  state.SetItemsProcessed(state.iterations() * kRecords);
}
BENCHMARK(BM_Log_ReadRecords);

// The state of a service with `range` clients, each owed an old value.
Bytes SnapshotOf(int64_t clients) {
  Service service;
  for (int64_t client = 1; client <= clients; ++client) {
    Request request = SmallPut(client, 1);
    request.kind = RequestKind::kAppend;
    (void)service.Handle(EncodeRequest(request));
  }
  return service.Snapshot();
}

void BM_Snapshot_Encode(benchmark::State& state) {
  Service service;
  (void)service.Restore(SnapshotOf(state.range(0)));
  for (auto _ : state) benchmark::DoNotOptimize(service.Snapshot());
}
BENCHMARK(BM_Snapshot_Encode)->Arg(5)->Arg(10'000);

void BM_Snapshot_Restore(benchmark::State& state) {
  const Bytes snapshot = SnapshotOf(state.range(0));
  for (auto _ : state) {
    Service service;
    benchmark::DoNotOptimize(service.Restore(snapshot));
  }
}
BENCHMARK(BM_Snapshot_Restore)->Arg(5)->Arg(10'000);

}  // namespace
}  // namespace reprise::kv
