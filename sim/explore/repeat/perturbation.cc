#include "reprise/sim/explore/repeat/perturbation.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <utility>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"

namespace reprise {
namespace {

constexpr size_t kSmallestBlock = 16;
constexpr size_t kLargestBlock = 1024;
constexpr size_t kHolesOfASize = 100;

// Deep enough for what most tasks do, far less than a stack holds.
constexpr size_t kStackBytes = 8 * 1024;
constexpr int kStacks = 32;

}  // namespace

HeapPerturbation::HeapPerturbation() {
  std::vector<std::pair<uint64_t, std::unique_ptr<char[]>>> holes;
  uint64_t next = 0;
  for (size_t size = kSmallestBlock; size <= kLargestBlock;
       size += kSmallestBlock) {
    for (size_t i = 0; i < kHolesOfASize; ++i) {
      holes.emplace_back(MixBits(++next), new char[size]);
      fences_.push_back(std::make_unique<char>());
    }
  }
  std::sort(holes.begin(), holes.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  for (auto& [order, hole] : holes) hole.reset();
}

void PerturbStacks() {
  TaskGroup group("perturbation");
  Scheduler scheduler(Seed(0));  // Ends first: it knows the group.
  for (int i = 0; i < kStacks; ++i) {
    scheduler.Spawn(group, "fill", [&scheduler] {
      PerturbStackBelow();
      scheduler.Yield();  // So that all have a stack at once.
    });
  }
  scheduler.Run({});
}

[[gnu::noinline]] void PerturbStackBelow() {
  char bytes[kStackBytes];
  std::memset(bytes, 0x5a, sizeof(bytes));
  // The compiler must not leave it out.
  asm volatile("" : : "r"(bytes) : "memory");
}

}  // namespace reprise
