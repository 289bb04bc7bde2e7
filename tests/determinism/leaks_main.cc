// The command line with the leaky scenarios, with one that a second process
// does not survive, and with some that are the same everywhere.

#include <atomic>
#include <cstdlib>
#include <vector>

#include "reprise/sim/core/check.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/trial/memory_properties.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"
#include "tests/determinism/leaks.h"

namespace reprise {
namespace {

// A second process runs its first trial twice.
void CrashAtSecondTrial(Trial& trial) {
  // tidy: allow(global) what makes the second trial unlike the first
  static std::atomic<int> trials = 0;
  if (trials.fetch_add(1) > 0) Fatal("the second trial stops the program");
  trial.Expect(true, "none", "");
}

void ExitAtSecondTrial(Trial& trial) {
  // tidy: allow(global) as above
  static std::atomic<int> trials = 0;
  const bool is_second = trials.fetch_add(1) > 0;
  trial.NewWorld(fault::Calm()).AddNode("leaver").Spawn([is_second](Env&) {
    if (is_second) std::exit(0);
  });
  trial.Run();
  trial.Expect(true, "none", "");
}

void SpinAtSecondTrial(Trial& trial) {
  // tidy: allow(global) as above
  static std::atomic<int> trials = 0;
  const bool is_second = trials.fetch_add(1) > 0;
  while (is_second && trials > 0) {
  }
  trial.Expect(true, "none", "");
}

// A second process has another environment.
void CrashInThatEnvironment(Trial& trial) {
  // tidy: allow(environment) the leak that the tests must catch
  if (std::getenv("MALLOC_PERTURB_") != nullptr) Fatal("another environment");
  trial.Expect(true, "none", "");
}

// A node that holds more than it may, and still does when it has stopped.
void HoldTooMuch(Trial& trial) {
  std::vector<char> kept;
  Node& hoarder = trial.NewWorld(fault::Calm()).AddNode("hoarder");
  hoarder.Spawn([&kept](Env&) { kept.resize(1000); });
  trial.RunUntilIdle();
  ExpectHeldAtMost(trial, hoarder, trial.Option("limit", 100));
  hoarder.Stop();
  trial.End();
  ExpectNoLeaks(trial);
}

std::vector<Scenario> Scenarios() {
  std::vector<Scenario> scenarios = LeakyScenarios();
  for (const Scenario& hidden : HiddenLeakyScenarios()) {
    scenarios.push_back(hidden);
  }
  scenarios.push_back(
      {.name = "no-leak",
       .about = "is the same everywhere",
       .run = [](Trial& trial) { trial.Expect(true, "none", ""); }});
  scenarios.push_back({.name = "hoarder",
                       .about = "a node holds too much memory",
                       .run = HoldTooMuch});
  scenarios.push_back({.name = "leak-environment",
                       .about = "stops the program in another environment",
                       .run = CrashInThatEnvironment});
  scenarios.push_back({.name = "leak-crash",
                       .about = "stops the program in its second trial",
                       .run = CrashAtSecondTrial});
  scenarios.push_back({.name = "leak-exit",
                       .about = "leaves the program in its second trial",
                       .run = ExitAtSecondTrial});
  scenarios.push_back({.name = "leak-spin",
                       .about = "does not end its second trial",
                       .run = SpinAtSecondTrial,
                       .sweep_seeds = 0});
  return scenarios;
}

}  // namespace
}  // namespace reprise

int main(int argc, char** argv) {
  return reprise::cli::Main(
      argc, argv, {.scenarios = reprise::Scenarios(), .program = "leaks"});
}
