#include "tests/scenarios/cluster.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "sim/core/run_result.h"
#include "tests/scenarios/bugs/bugs.h"

namespace reprise {

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

void RunAndJudge(Trial& trial) {
  const RunResult result = trial.Run();
  if (result.outcome == Outcome::kIdle) {
    const std::string waiting =
        trial.world().scheduler().DescribeWaitingTasks();
    const auto lines = std::count(waiting.begin(), waiting.end(), '\n');
    if (lines > 1) {
      trial.Violate("no-task-left",
                    absl::StrCat("at the end ", lines, " tasks rest:\n",
                                 waiting.substr(0, 1000)));
    }
  }
  trial.Expect(Linearizable(trial));
}

void ExpectOneCallEach(Trial& trial) {
  const uint64_t calls = trial.world().counters().calls;
  const uint64_t operations = trial.history().size();
  if (calls == operations) return;
  trial.Violate("rpc-count", absl::StrCat(operations, " operations took ",
                                          calls, " calls."));
}

// With q = successes / tries, calls - operations / q has the variance
// operations * (1 - q) / q^2. Both sides are multiplied by (q * tries)^2.
void ExpectAttempts(Trial& trial, Probability success) {
  const int64_t tries = success.denominator;
  const int64_t successes = success.numerator;
  const auto calls = static_cast<int64_t>(trial.world().counters().calls);
  const auto operations = static_cast<int64_t>(trial.history().size());
  const int64_t excess = successes * calls - tries * operations;
  const int64_t variance = operations * tries * (tries - successes);
  if (excess * excess <= 49 * variance) return;
  trial.Violate("attempts", absl::StrCat(operations, " operations took ", calls,
                                         " calls; expected are about ",
                                         operations * tries / successes, "."));
}

}  // namespace reprise
