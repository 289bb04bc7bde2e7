// The command line with the leaky scenarios.

#include <vector>

#include "sim/explore/main.h"
#include "sim/explore/scenario.h"
#include "tests/determinism/leaks.h"

int main(int argc, char** argv) {
  std::vector<reprise::Scenario> scenarios = reprise::LeakyScenarios();
  for (reprise::Scenario& hidden : reprise::HiddenLeakyScenarios()) {
    scenarios.push_back(hidden);
  }
  return reprise::Main(argc, argv,
                       {.scenarios = scenarios, .program = "leaks"});
}
