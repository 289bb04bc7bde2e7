#include "tests/scenarios/common/cluster.h"

#include <cstdint>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "tests/scenarios/bugs/bugs.h"

namespace reprise {
namespace {

void ExpectNoTaskLeft(Trial& trial) {
  std::vector<const Task*> left = trial.world().scheduler().Tasks();
  std::erase_if(left, [](const Task* task) { return task->name() == "boot"; });
  if (left.empty()) return;
  trial.Violate("no-task-left",
                absl::StrCat("tasks rest at the end beside the nodes' "
                             "programs: ",
                             left.size(), ", the first of them ",
                             left.front()->Describe(), "."));
}

}  // namespace

NodeId AddServer(Trial& trial) {
  Node& server = trial.world().AddNode("server");
  server.OnBoot(ServerOf(trial.bug()));
  return server.id();
}

std::vector<Node*> AddClerkHosts(Trial& trial, int count) {
  std::vector<Node*> hosts;
  hosts.reserve(count);
  for (int client = 0; client < count; ++client) {
    hosts.push_back(&trial.world().AddNode(NodeName("clerk", client)));
  }
  return hosts;
}

void RunAndJudge(Trial& trial, const Recorder<KeyValueModel>& recorder) {
  RunUntilIdleAndJudge(trial, recorder);
  trial.End();
}

void RunUntilIdleAndJudge(Trial& trial,
                          const Recorder<KeyValueModel>& recorder) {
  const RunResult result = trial.RunUntilIdle();
  if (result.end == RunEnd::kIdle) ExpectNoTaskLeft(trial);
  trial.Expect(Linearizable(recorder));
}

void RunAndJudge(Trial& trial, const Recorder<KeyValueModel>& recorder,
                 const Liveness& liveness) {
  if (trial.RunWithLiveness(liveness)) ExpectNoTaskLeft(trial);
  trial.End();
  trial.Expect(Linearizable(recorder));
}

void ExpectCalls(Trial& trial, uint64_t calls) {
  const uint64_t counted = trial.world().counters().calls;
  if (counted == calls) return;
  trial.Violate("rpc-count", absl::StrCat("the clerks made ", counted,
                                          " calls instead of ", calls, "."));
}

// With q = successes / tries, calls - operations / q has the variance
// operations * (1 - q) / q^2. Both sides are multiplied by (q * tries)^2.
void ExpectAttempts(Trial& trial, Probability success) {
  const int64_t tries = success.denominator;
  const int64_t successes = success.numerator;
  const auto calls = static_cast<int64_t>(trial.world().counters().calls);
  const auto operations = static_cast<int64_t>(trial.operations());
  const int64_t excess = successes * calls - tries * operations;
  // With fewer faults than the mix has, fewer calls are enough.
  if (excess < 0 && trial.IsCalmAtBase()) return;
  const int64_t variance = operations * tries * (tries - successes);
  if (excess * excess <= 49 * variance) return;
  trial.Violate("attempts", absl::StrCat(operations, " operations took ", calls,
                                         " calls; expected are about ",
                                         operations * tries / successes, "."));
}

}  // namespace reprise
