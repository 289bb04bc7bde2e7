#include "tests/scenarios/catalog.h"

#include <string_view>
#include <vector>

#include "reprise/kv/describe.h"
#include "reprise/sim/world/presets.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/lab.h"
#include "tests/scenarios/memory.h"
#include "tests/scenarios/network.h"
#include "tests/scenarios/outages.h"
#include "tests/scenarios/restart.h"
#include "tests/scenarios/stress.h"

namespace reprise {
namespace {

std::vector<Scenario> Scenarios() {
  std::vector<Scenario> scenarios;
  for (const auto& file :
       {LabScenarios(), NetworkScenarios(), OutageScenarios(),
        RestartScenarios(), MemoryScenarios(), StressScenarios()}) {
    scenarios.insert(scenarios.end(), file.begin(), file.end());
  }
  for (Scenario& scenario : scenarios) {
    if (scenario.sweep_seeds > 0) scenario.bazel_test = "//tests:lab_sweep";
  }
  return scenarios;
}

std::vector<PlantedBug> Bugs() {
  std::vector<PlantedBug> listings;
  for (const Bug& bug : AllBugs()) listings.push_back(bug.listing);
  return listings;
}

std::string Describe(MessageKind, std::string_view, std::string_view content) {
  return kv::DescribeMessage(content);
}

}  // namespace

Catalog LabCatalog() {
  return {.scenarios = Scenarios(),
          .bugs = Bugs(),
          .presets = Presets(),
          .text = {.operation_names = {"Get", "Put", "Append"},
                   .describe_message = Describe}};
}

}  // namespace reprise
