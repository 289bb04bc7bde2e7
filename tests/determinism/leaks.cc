#include "tests/determinism/leaks.h"

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "sim/core/time.h"
#include "sim/env/env.h"
#include "sim/explore/trial.h"
#include "sim/world/faults.h"
#include "sim/world/world.h"

namespace reprise {
namespace {

void LeakWallClock(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  world.AddNode("sleeper").Spawn([](Env& env) {
    // tidy: allow(wall-clock) the leak that the tests must catch
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    env.clock().SleepFor(Nanoseconds(now.count() % 1'000'000));
  });
  trial.Run();
}

void LeakPointerOrder(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  std::vector<std::unique_ptr<int>> numbers;
  // Its order follows from the addresses, which differ between processes.
  absl::flat_hash_set<const int*> visited;
  for (int number = 0; number < 50; ++number) {
    numbers.push_back(std::make_unique<int>(number));
    visited.insert(numbers.back().get());
  }
  for (const int* number : visited) world.Note(absl::StrCat(*number));
  trial.Run();
}

}  // namespace

std::vector<Scenario> LeakyScenarios() {
  return {
      {.name = "leak-wall-clock",
       .about = "waits as long as the machine's clock says",
       .run = LeakWallClock},
      {.name = "leak-pointer-order",
       .about = "visits objects in the order of a table of addresses",
       .run = LeakPointerOrder},
  };
}

}  // namespace reprise
