// Prints the digest of a small trial of each scenario, the leaky ones last, and
// an address of each segment, so that a test can compare processes.
//
//   digest lab-basic 0123456789abcdef
//   address stack 0x7ffd1c

#include <cstdint>
#include <cstdio>
#include <memory>
#include <vector>

#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "tests/determinism/leaks.h"
#include "tests/scenarios/catalog.h"
#include "tests/small_trial.h"

namespace reprise {
namespace {

void PrintDigests(const std::vector<Scenario>& scenarios) {
  for (const Scenario& scenario : scenarios) {
    const TrialResult result = RunTrial(scenario, SmallTrial(Seed(7)));
    std::printf("digest %s %016llx\n", scenario.name.c_str(),
                static_cast<unsigned long long>(result.digest));
  }
}

void PrintAddresses() {
  const int on_stack = 0;
  const auto on_heap = std::make_unique<int>(0);
  std::printf("address stack %p\n", static_cast<const void*>(&on_stack));
  std::printf("address heap %p\n", static_cast<const void*>(on_heap.get()));
}

}  // namespace
}  // namespace reprise

int main() {
  reprise::PrintDigests(reprise::LabCatalog().scenarios);
  reprise::PrintDigests(reprise::LeakyScenarios());
  reprise::PrintAddresses();
  return 0;
}
