// How fast histories are judged. Time starts from operations that hold plain
// byte strings: it covers ordering their events, recording and checking. The
// sets have the shapes of known histories of the same names; `bad` ones have a
// stale read near the end, and their counterexample is part of the time.
//
//   bazel run //checker:linearizability_benchmark

#include <sys/resource.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "benchmark/benchmark.h"
#include "checker/generate.h"
#include "checker/history.h"
#include "checker/linearizability.h"
#include "checker/online.h"
#include "checker/recorded.h"
#include "checker/require.h"
#include "checker/test_settings.h"
#include "checker/timed_history.h"
#include "checker/verdict.h"

namespace reprise::checker {
namespace {

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

int64_t PeakMegabytes() {
  rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

// Judges every history of a set.
void Judge(benchmark::State& state, const std::vector<GeneratedHistory>& set,
           Outcome expected) {
  History history;
  CheckStatistics statistics;
  int64_t operations = 0;
  size_t bytes = 0;
  for (auto _ : state) {
    for (const GeneratedHistory& made : set) {
      history.Clear();
      AppendTimed(made.operations, &history);
      const Verdict verdict = CheckKeyValue(history, Budget());
      CHECKER_REQUIRE(verdict.outcome == expected, "a verdict is wrong");
      operations += static_cast<int64_t>(history.size());
      statistics = verdict.statistics;
      bytes = history.MemoryBytes();
    }
  }
  state.SetItemsProcessed(operations);
  state.counters["histories/s"] =
      benchmark::Counter(static_cast<double>(state.iterations() * set.size()),
                         benchmark::Counter::kIsRate);
  state.counters["searched"] =
      static_cast<double>(statistics.segments_searched);
  state.counters["history_MB"] = static_cast<double>(bytes) / 1e6;
  state.counters["peak_MB"] = static_cast<double>(PeakMegabytes());
}

void BM_Linearizability_Set(benchmark::State& state, GenerateOptions options,
                            int histories) {
  options.is_bad = state.range(0) != 0;
  std::vector<GeneratedHistory> set;
  for (int i = 0; i < histories; ++i) {
    set.push_back(Generate(options));
    options.seed += 1000;
  }
  Judge(state, set, options.is_bad ? Outcome::kViolated : Outcome::kHolds);
}

#define REPRISE_SET(name, options, histories)                         \
  BENCHMARK_CAPTURE(BM_Linearizability_Set, name, options, histories) \
      ->ArgName("bad")                                                \
      ->Arg(0)                                                        \
      ->Arg(1)                                                        \
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
REPRISE_SET(c10, SetC(10, 61), 10);
REPRISE_SET(c50, SetC(50, 62), 10);

// Published recordings, if their folder is given (test_settings.h).
void BM_Linearizability_Recorded(benchmark::State& state, std::string prefix) {
  const std::string folder = HistoriesFolder();
  std::ifstream list(folder + "/EXPECTED.tsv");
  std::vector<History> histories;
  std::vector<Outcome> expected;
  for (std::string file, word; list >> file >> word;) {
    if (!file.starts_with(prefix)) continue;
    std::ifstream stream(folder + "/" + file);
    std::ostringstream text;
    text << stream.rdbuf();
    histories.push_back(prefix == "etcd" ? ReadEtcdLog(text.str())
                                         : ReadKvLog(text.str()));
    expected.push_back(word == "holds" ? Outcome::kHolds : Outcome::kViolated);
  }
  if (histories.empty()) return state.SkipWithError("no such recordings");
  uint64_t states = 0;
  for (auto _ : state) {
    for (size_t i = 0; i < histories.size(); ++i) {
      const Verdict verdict = CheckKeyValue(histories[i], Budget());
      CHECKER_REQUIRE(verdict.outcome == expected[i], "a verdict is wrong");
      states += verdict.statistics.states;
    }
  }
  state.counters["histories"] = static_cast<double>(histories.size());
  state.counters["states"] =
      static_cast<double>(states) / static_cast<double>(state.iterations());
}
BENCHMARK_CAPTURE(BM_Linearizability_Recorded, etcd, "etcd")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Linearizability_Recorded, c01_ok, "kv/c01-ok")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Linearizability_Recorded, c01_bad, "kv/c01-bad")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Linearizability_Recorded, c10_ok, "kv/c10-ok")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Linearizability_Recorded, c10_bad, "kv/c10-bad")
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(BM_Linearizability_Recorded, c50_ok, "kv/c50-ok")
    ->Unit(benchmark::kMillisecond);

// A simulated trial of about 900 operations, judged while it happens.
void BM_Online_Trial(benchmark::State& state) {
  GenerateOptions options = kSetI;
  options.operations = 180;
  options.reports = true;
  const GeneratedHistory made = Generate(options);
  History history;
  AppendTimed(made.operations, &history);
  std::vector<std::pair<EventIndex, OperationId>> events;
  for (OperationId id = 0; id < history.size(); ++id) {
    events.push_back({history[id].call, id});
    events.push_back({history[id].ret, id});
  }
  std::sort(events.begin(), events.end());
  OnlineChecker checker;
  for (auto _ : state) {
    checker.Clear();
    for (const auto& [at, id] : events) {
      const Operation& operation = history[id];
      if (at == operation.call) {
        checker.Invoke(operation.client, operation.kind,
                       history.KeyName(operation.key), operation.Argument());
      } else if (operation.HasOutput()) {
        checker.Return(id, history.Output(id));
      } else {
        checker.ReturnUnobserved(id);
      }
    }
    CHECKER_REQUIRE(checker.Finish(Budget()).outcome == Outcome::kHolds,
                    "a verdict is wrong");
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(history.size()));
}
BENCHMARK(BM_Online_Trial)->Unit(benchmark::kMicrosecond);

// Growth: 8 clients on one key.
void BM_Linearizability_OneKey(benchmark::State& state) {
  std::vector<GeneratedHistory> set;
  set.push_back(Generate(SetV(static_cast<int>(state.range(0)) / 8)));
  Judge(state, set, Outcome::kHolds);
}
BENCHMARK(BM_Linearizability_OneKey)
    ->RangeMultiplier(10)
    ->Range(1'000, 10'000'000)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace reprise::checker

BENCHMARK_MAIN();
