#include "tests/scenarios/cluster.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/string_view.h"
#include "sim/core/check.h"
#include "sim/core/ids.h"
#include "sim/core/memory_account.h"
#include "sim/core/run_result.h"
#include "sim/core/time.h"
#include "tests/scenarios/bugs/bugs.h"

namespace reprise {
namespace {

constexpr std::string_view kServerName = "server";

// The report has a line for each waiting task; a node's program is its "boot".
void ExpectNoTaskLeft(Trial& trial) {
  const std::string report = trial.world().scheduler().DescribeWaitingTasks();
  const std::vector<std::string> left =
      absl::StrSplit(report, '\n', [](absl::string_view line) {
        return !line.empty() && !absl::StrContains(line, "task \"boot\"");
      });
  if (left.empty()) return;
  trial.Violate("no-task-left",
                absl::StrCat(left.size(), " tasks rest at the end, the first:",
                             left.front(), "."));
}

}  // namespace

NodeId AddServer(Trial& trial) {
  Node& server = trial.world().AddNode(kServerName);
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
  if (result.outcome == Outcome::kIdle) ExpectNoTaskLeft(trial);
  trial.Expect(Linearizable(trial));
}

void ExpectCalls(Trial& trial, uint64_t calls) {
  const uint64_t counted = trial.world().counters().calls;
  if (counted == calls) return;
  trial.Violate("rpc-count", absl::StrCat("the clerks made ", counted,
                                          " calls instead of ", calls, "."));
}

int64_t HeldBytes(Trial& trial, NodeId server) {
  REPRISE_CHECK(IsMemoryAccountingLinked(), "nobody counts");
  return trial.world().node(server).memory().held_bytes();
}

namespace {

// Who holds the server's memory, as further evidence.
void ReportSites(Trial& trial) {
  constexpr size_t kSites = 5;
  constexpr size_t kFrames = 6;
  for (size_t i = 0; i < trial.world().node_count(); ++i) {
    Node& node = trial.world().node(NodeId(static_cast<uint32_t>(i)));
    if (node.name() != kServerName) continue;
    for (AllocationSite& site : LargestAllocationSites(node.memory(), kSites)) {
      site.frames.resize(std::min(site.frames.size(), kFrames));
      trial.Violate("memory-bound",
                    absl::StrCat(site.bytes, " bytes in ", site.blocks,
                                 " blocks were requested by ",
                                 absl::StrJoin(site.frames, " < ")));
    }
  }
}

}  // namespace

void ExpectMemory(Trial& trial, int64_t held_bytes, int64_t limit_bytes) {
  trial.ReportMemory(held_bytes, limit_bytes);
  if (held_bytes <= limit_bytes) return;
  trial.Violate("memory-bound",
                absl::StrCat("the server held ", held_bytes, " bytes at ",
                             FormatTime(trial.world().now()), "; at most ",
                             limit_bytes, " are allowed."));
  if (IsAllocationProfiled()) ReportSites(trial);
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
