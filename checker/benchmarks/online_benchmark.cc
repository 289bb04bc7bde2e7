// What it costs to judge a history while it happens.

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "benchmark/benchmark.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/online.h"
#include "reprise/checker/testing/generate.h"

namespace reprise::checker {
namespace {

// A simulated trial of about 900 operations, judged while it happens.
void BM_Online_Trial(benchmark::State& state) {
  const GeneratedHistory made = Generate({.clients = 5,
                                          .operations = 180,
                                          .keys = 5,
                                          .reports = true,
                                          .values = ValueStyle::kLab,
                                          .seed = 11});
  History history;
  AppendTimed(made.operations, history);
  std::vector<std::pair<EventIndex, OperationId>> events;
  for (OperationId id = 0; id < history.size(); ++id) {
    events.push_back({history[id].call, id});
    events.push_back({history[id].ret, id});
  }
  std::sort(events.begin(), events.end());
  History live;
  OnlineChecker checker(live);
  for (auto _ : state) {
    live.Clear();
    checker.Clear();
    for (const auto& [at, id] : events) {
      const Operation& operation = history[id];
      if (at == operation.call) {
        live.Invoke(operation.client, operation.kind,
                    history.KeyName(operation.key), operation.Argument());
        checker.Invoke(id);
        continue;
      }
      if (operation.HasOutput()) {
        live.Return(id, history.Output(id));
      } else {
        live.ReturnUnobserved(id);
      }
      REPRISE_REQUIRE(checker.Return(id), "a verdict is wrong");
    }
    REPRISE_REQUIRE(checker.Finish(Budget()).outcome == Outcome::kHolds,
                    "a verdict is wrong");
  }
  state.SetItemsProcessed(state.iterations() *
                          static_cast<int64_t>(history.size()));
}
BENCHMARK(BM_Online_Trial)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace reprise::checker
