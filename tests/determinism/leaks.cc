#include "tests/determinism/leaks.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/forbidden_calls.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr int kObjects = 50;

// Numbers, allocated one after the other.
std::vector<std::unique_ptr<int>> MakeObjects() {
  std::vector<std::unique_ptr<int>> objects;
  for (int number = 0; number < kObjects; ++number) {
    objects.push_back(std::make_unique<int>(number));
  }
  return objects;
}

void LeakWallClock(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  trial.Allow(Forbidden::kWallClock);  // The sandbox would catch it first.
  world.AddNode("sleeper").Spawn([](Env& env) {
    // tidy: allow(wall-clock) the leak that the tests must catch
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    env.clock().SleepFor(Nanoseconds(now.count() % 1'000'000));
  });
  trial.Run();
}

void LeakPointerOrder(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  const std::vector<std::unique_ptr<int>> objects = MakeObjects();
  // Its order follows from the addresses, which differ between processes.
  absl::flat_hash_set<const int*> visited;
  for (const auto& object : objects) visited.insert(object.get());
  for (const int* number : visited) world.Note(absl::StrCat(*number));
  trial.Run();
}

// Runs `body` as the only task of a world.
void RunOnNode(Trial& trial, std::function<void(World& world)> body) {
  World& world = trial.NewWorld(fault::Calm());
  world.AddNode("leaky").Spawn([&](Env&) { body(world); });
  trial.Run();
}

template <typename Container>
void VisitByAddress(World& world) {
  const std::vector<std::unique_ptr<int>> objects = MakeObjects();
  Container names;
  for (const auto& object : objects) names[object.get()] = *object;
  for (const auto& [address, number] : names) world.Note(absl::StrCat(number));
}

void LeakPointerMap(Trial& trial) {
  RunOnNode(trial, VisitByAddress<std::map<const int*, int>>);
}

void LeakUnorderedWalk(Trial& trial) {
  RunOnNode(trial, VisitByAddress<std::unordered_map<const int*, int>>);
}

// Tells the compiler that `memory` was written, which it was not.
void PretendToWrite(void* memory) {
  asm volatile("" : : "r"(memory) : "memory");
}

void LeakHeap(Trial& trial) {
  RunOnNode(trial, [](World& world) {
    const std::unique_ptr<int[]> numbers(new int[40]);
    PretendToWrite(numbers.get());
    world.Note(absl::StrCat(numbers[20]));
  });
}

// What the former owner of a block left there.
void LeakReusedHeap(Trial& trial) {
  RunOnNode(trial, [](World& world) {
    std::unique_ptr<int[]> numbers(new int[40]);
    std::fill_n(numbers.get(), 40, 7);
    PretendToWrite(numbers.get());
    numbers.reset();
    numbers.reset(new int[40]);
    PretendToWrite(numbers.get());
    world.Note(absl::StrCat(numbers[20]));
  });
}

// From deeper than the calls before it have reached.
[[gnu::noinline]] int ReadStack() {
  int numbers[1000];
  PretendToWrite(numbers);
  return numbers[250];
}

void LeakStack(Trial& trial) {
  RunOnNode(trial, [](World& world) { world.Note(absl::StrCat(ReadStack())); });
}

void LeakStaticCounter(Trial& trial) {
  // tidy: allow(global) the leak that the tests must catch
  static std::atomic<int> trials = 0;
  RunOnNode(trial, [](World& world) {
    world.Note(absl::StrCat("trial ", trials.fetch_add(1)));
  });
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

std::vector<Scenario> HiddenLeakyScenarios() {
  return {
      {.name = "leak-pointer-map",
       .about = "visits objects in the order of a tree of addresses",
       .run = LeakPointerMap},
      {.name = "leak-unordered-walk",
       .about = "visits objects in the order of a hash table of addresses",
       .run = LeakUnorderedWalk},
      {.name = "leak-heap",
       .about = "reads allocated memory that nobody wrote",
       .run = LeakHeap},
      {.name = "leak-reused-heap",
       .about = "reads what was freed, in memory that was allocated again",
       .run = LeakReusedHeap},
      {.name = "leak-stack",
       .about = "reads a variable that nobody wrote",
       .run = LeakStack},
      {.name = "leak-static-counter",
       .about = "counts the trials of its process",
       .run = LeakStaticCounter},
  };
}

}  // namespace reprise
