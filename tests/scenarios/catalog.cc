#include "tests/scenarios/catalog.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/kv/describe.h"
#include "reprise/kv/describe_replicated.h"
#include "reprise/sim/world/presets.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/lab.h"
#include "tests/scenarios/memory.h"
#include "tests/scenarios/network.h"
#include "tests/scenarios/outages.h"
#include "tests/scenarios/raft/raft_scenarios.h"
#include "tests/scenarios/restart.h"
#include "tests/scenarios/stress.h"

namespace reprise {
namespace {

// What the scenarios of the server without a disk are to reach. One that runs
// few seeds, or on a reliable network, leaves the rare cases to the others.
std::vector<std::string> MarksOf(const Scenario& scenario) {
  constexpr uint64_t kManySeeds = 100;
  const bool is_thorough = scenario.sweep_seeds >= kManySeeds;
  if (scenario.name == "swarm-random-keys") {
    return {"kv.service.", "kv.clerk.", "kv.server."};
  }
  if (is_thorough && scenario.name.starts_with("harsh-")) {
    return {"kv.clerk.failed-attempt", "kv.service.stale-request"};
  }
  return {is_thorough ? "kv.clerk.failed-attempt" : kNoMarks};
}

std::vector<Scenario> Scenarios() {
  std::vector<Scenario> scenarios;
  for (const auto& file :
       {LabScenarios(), NetworkScenarios(), OutageScenarios(),
        RestartScenarios(), MemoryScenarios(), StressScenarios(),
        RaftScenarios()}) {
    scenarios.insert(scenarios.end(), file.begin(), file.end());
  }
  for (Scenario& scenario : scenarios) {
    if (scenario.sweep_seeds > 0) scenario.bazel_test = "//tests:lab_sweep";
    if (scenario.marks.empty()) scenario.marks = MarksOf(scenario);
  }
  return scenarios;
}

std::vector<PlantedBug> Bugs() {
  std::vector<PlantedBug> listings;
  for (const Bug& bug : AllBugs()) listings.push_back(bug.listing);
  return listings;
}

std::string Describe(MessageKind kind, std::string_view method,
                     std::string_view content) {
  if (!kv::IsReplicatedMethod(method)) return kv::DescribeMessage(content);
  return kind == MessageKind::kReply ? kv::DescribeAnswerOf(method, content)
                                     : kv::DescribeRequestOf(method, content);
}

}  // namespace

Catalog LabCatalog() {
  return {.scenarios = Scenarios(),
          .bugs = Bugs(),
          .presets = Presets(),
          .text = {.describe_message = Describe}};
}

}  // namespace reprise
