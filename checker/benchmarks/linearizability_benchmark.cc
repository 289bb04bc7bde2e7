// How fast histories are judged. Time starts from operations that hold plain
// byte strings: it covers ordering their events, recording and checking. The
// sets have the shapes of known histories of the same names; `bad` ones have a
// stale read near the end, and their counterexample is part of the time.

#include <cstddef>
#include <cstdint>
#include <fstream>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "benchmark/benchmark.h"
#include "reprise/checker/benchmarks/peak_memory.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/testing/generate.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

// Operations that hold plain byte strings, and what is known of them. The bytes
// belong to whoever made it.
struct KnownHistory {
  std::span<const TimedOperation> operations;
  Outcome outcome;
};

double Megabytes(size_t bytes) { return static_cast<double>(bytes) / 1e6; }

// Times putting the events of each history in order, recording and judging
// them, on so many threads. Counters: histories and operations per second;
// segments that had to be searched, of the last history; and the most memory
// that the process held meanwhile, with the operations given and without.
void Judge(benchmark::State& state, const std::vector<KnownHistory>& histories,
           int threads = 1) {
  RestartPeak();
  const size_t given = PeakBytes();
  History history;
  CheckStatistics statistics;
  int64_t operations = 0;
  for (auto _ : state) {
    for (const KnownHistory& known : histories) {
      history.Clear();
      AppendTimed(known.operations, history);
      const Verdict verdict =
          threads == 1 ? CheckKeyValue(history, Budget())
                       : CheckKeyValueInParallel(history, Budget(), threads);
      REPRISE_REQUIRE(verdict.outcome == known.outcome, "a verdict is wrong");
      operations += static_cast<int64_t>(history.size());
      statistics = verdict.statistics;
    }
  }
  state.SetItemsProcessed(operations);
  state.counters["histories/s"] = benchmark::Counter(
      static_cast<double>(state.iterations() * histories.size()),
      benchmark::Counter::kIsRate);
  state.counters["searched"] =
      static_cast<double>(statistics.segments_searched);
  state.counters["peak_MB"] = Megabytes(PeakBytes());
  state.counters["own_MB"] = Megabytes(PeakBytes() - given);
}

constexpr GenerateOptions kSetI = {.clients = 5,
                                   .operations = 100,
                                   .keys = 5,
                                   .gets = 450,
                                   .puts = 50,
                                   .values = ValueStyle::kLab,
                                   .seed = 11};

GenerateOptions SetI1() {
  GenerateOptions options = kSetI;
  options.keys = 1;
  options.seed = 12;
  return options;
}

// 15 clients on one key, with some slow operations.
GenerateOptions SetII(int gets, int puts, ValueStyle values, uint64_t seed) {
  return {.clients = 15,
          .operations = 1000,
          .gets = gets,
          .puts = puts,
          .slow = 100,
          .values = values,
          .seed = seed};
}

GenerateOptions SetIIU() {
  GenerateOptions options = SetII(450, 50, ValueStyle::kLab, 24);
  options.keys = 15;
  options.pending = 20;
  return options;
}

GenerateOptions SetIII(int gets, int puts, uint64_t seed) {
  return {.clients = 50,
          .operations = 400,
          .keys = 10,
          .gets = gets,
          .puts = puts,
          .seed = seed};
}

constexpr GenerateOptions kSetIV = {.clients = 32,
                                    .operations = 31250,
                                    .keys = 1000,
                                    .gets = 450,
                                    .puts = 150,
                                    .seed = 41};

GenerateOptions SetV(int operations) {
  return {.clients = 8,
          .operations = operations,
          .gets = 500,
          .puts = 500,
          .pause = 400'000,
          .seed = 53};
}

// Values that repeat, so that keys have to be searched: 10 and 50 clients.
GenerateOptions SetC(int clients, uint64_t seed) {
  return {.clients = clients,
          .operations = 34,
          .keys = 10,
          .gets = 500,
          .puts = 60,
          .repeats = 100,
          .values = ValueStyle::kLab,
          .pause = 50'000,
          .seed = seed};
}

// A register with compare-and-set and few values, as in tests of etcd.
constexpr GenerateOptions kSetEtcd = {.clients = 5,
                                      .operations = 17,
                                      .gets = 333,
                                      .puts = 333,
                                      .cas = 334,
                                      .pending = 30,
                                      .values = ValueStyle::kFew,
                                      .seed = 71};

void JudgeSet(benchmark::State& state, GenerateOptions options, int histories,
              int threads) {
  std::vector<GeneratedHistory> made;
  std::vector<KnownHistory> known;
  for (int i = 0; i < histories; ++i) {
    made.push_back(Generate(options));
    options.seed += 1000;
  }
  for (const GeneratedHistory& history : made) {
    known.push_back({history.operations,
                     options.is_bad ? Outcome::kViolated : Outcome::kHolds});
  }
  Judge(state, known, threads);
}

void BM_Judge_Set(benchmark::State& state, GenerateOptions options,
                  int histories) {
  options.is_bad = state.range(0) != 0;
  JudgeSet(state, options, histories, /*threads=*/1);
}

#define REPRISE_SET(name, options, histories)               \
  BENCHMARK_CAPTURE(BM_Judge_Set, name, options, histories) \
      ->ArgName("bad")                                      \
      ->Arg(0)                                              \
      ->Arg(1)                                              \
      ->Unit(benchmark::kMillisecond)

REPRISE_SET(i, kSetI, 200);
REPRISE_SET(i1, SetI1(), 200);
REPRISE_SET(ii, SetII(450, 50, ValueStyle::kLab, 21), 1);
REPRISE_SET(iip, SetII(500, 500, ValueStyle::kLab, 22), 1);
REPRISE_SET(iia, SetII(100, 0, ValueStyle::kShort, 23), 1);
REPRISE_SET(iiu, SetIIU(), 1);
REPRISE_SET(iii, SetIII(450, 100, 31), 1);
REPRISE_SET(iiip, SetIII(500, 500, 32), 1);
REPRISE_SET(iv, kSetIV, 1);
REPRISE_SET(v5, SetV(12500), 1);
REPRISE_SET(v6, SetV(125000), 1);
REPRISE_SET(c10, SetC(10, 61), 1);
REPRISE_SET(c50, SetC(50, 62), 1);
BENCHMARK_CAPTURE(BM_Judge_Set, etcd, kSetEtcd, 51)
    ->ArgName("bad")
    ->Arg(0)
    ->Unit(benchmark::kMillisecond);

// A recording as operations again, in its order. Their bytes stay with the
// history.
std::vector<TimedOperation> OperationsOf(const History& history) {
  REPRISE_REQUIRE(!history.HasJoinedInstants(), "events share an instant");
  std::vector<TimedOperation> operations;
  for (const Operation& operation : history.operations()) {
    operations.push_back(
        {.key = history.KeyName(operation.key),
         .value = operation.Argument(),
         .expected = operation.Expected(),
         .output = operation.HasOutput() ? history.Output(operation) : "",
         .call = operation.call,
         .ret = operation.ret,
         .client = operation.client,
         .kind = operation.kind,
         .answer = operation.answer});
  }
  return operations;
}

// Published recordings, if their folder is given (test_settings.h).
void BM_Judge_Recorded(benchmark::State& state, const std::string& prefix) {
  const std::string folder = HistoriesFolder();
  std::ifstream list(folder + "/EXPECTED.tsv");
  std::vector<RecordedHistory> recorded;
  std::vector<std::vector<TimedOperation>> operations;
  std::vector<Outcome> outcomes;
  for (std::string file, word; list >> file >> word;) {
    if (!file.starts_with(prefix)) continue;
    absl::StatusOr<HistoryReader> reader =
        HistoryReader::Open(folder + "/" + file, {});
    REPRISE_REQUIRE(reader.ok(), "a recording cannot be opened");
    REPRISE_REQUIRE(reader->Next(recorded.emplace_back()).value_or(false),
                    "a recording cannot be read");
    operations.push_back(OperationsOf(recorded.back().history));
    outcomes.push_back(word == "holds" ? Outcome::kHolds : Outcome::kViolated);
  }
  if (recorded.empty()) return state.SkipWithError("no such recordings");
  std::vector<KnownHistory> known;
  for (size_t i = 0; i < operations.size(); ++i) {
    known.push_back({operations[i], outcomes[i]});
  }
  Judge(state, known);
}
BENCHMARK_CAPTURE(BM_Judge_Recorded, etcd, "etcd")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Judge_Recorded, c01_ok, "kv/c01-ok")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Judge_Recorded, c01_bad, "kv/c01-bad")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Judge_Recorded, c10_ok, "kv/c10-ok")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Judge_Recorded, c10_bad, "kv/c10-bad")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Judge_Recorded, c50_ok, "kv/c50-ok")
    ->Unit(benchmark::kMillisecond);

// Set iv with its keys on several threads, by the clock on the wall.
void BM_Judge_Threads(benchmark::State& state) {
  JudgeSet(state, kSetIV, 1, static_cast<int>(state.range(0)));
}
BENCHMARK(BM_Judge_Threads)
    ->Arg(1)
    ->Arg(2)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

// Growth: 8 clients on one key.
void BM_Judge_OneKey(benchmark::State& state) {
  JudgeSet(state, SetV(static_cast<int>(state.range(0)) / 8), 1, 1);
}
BENCHMARK(BM_Judge_OneKey)
    ->RangeMultiplier(10)
    ->Range(1'000, 10'000'000)
    ->Unit(benchmark::kMillisecond);

// Appends that were never answered, each by a client of its own, and a client
// that reads what some of them have appended.
History PendingAppends(int appends, int different, int read_every) {
  History history;
  std::string value;
  for (int i = 0; i < appends; ++i) {
    const std::string appended = std::to_string(i % different) + ";";
    history.Invoke(i, OperationKind::kAppend, "k", appended);
    if (i % read_every != 0) continue;
    value += appended;
    history.Return(history.Invoke(appends, OperationKind::kGet, "k", ""),
                   value);
  }
  return history;
}

void BM_Judge_PendingAppends(benchmark::State& state, bool is_distinct,
                             int read_every) {
  const int appends = static_cast<int>(state.range(0));
  const History history =
      PendingAppends(appends, is_distinct ? appends : 7, read_every);
  for (auto _ : state) {
    const Verdict verdict = CheckKeyValue(history, Budget());
    REPRISE_REQUIRE(verdict.outcome == Outcome::kHolds, "a verdict is wrong");
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(history.size()));
}

#define REPRISE_PENDING(name, is_distinct, read_every)                      \
  BENCHMARK_CAPTURE(BM_Judge_PendingAppends, name, is_distinct, read_every) \
      ->Arg(10'000)                                                         \
      ->Arg(20'000)                                                         \
      ->Arg(80'000)                                                         \
      ->Unit(benchmark::kMillisecond)

REPRISE_PENDING(distinct, true, 10);
REPRISE_PENDING(distinct_all_read, true, 1);
REPRISE_PENDING(distinct_hardly_read, true, 10'000);
REPRISE_PENDING(repeated, false, 10);
REPRISE_PENDING(repeated_all_read, false, 1);
REPRISE_PENDING(repeated_hardly_read, false, 10'000);

}  // namespace
}  // namespace reprise::checker
