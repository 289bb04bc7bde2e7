#include "reprise/sim/explore/repeat/perturbation.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"

namespace reprise {
namespace {

TEST(PerturbationTest, BlocksDoNotAscendInMemory) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  GTEST_SKIP() << "its heap has no holes";
#endif
  const HeapPerturbation heap;
  for (const size_t size : {8, 40, 200, 1000}) {
    std::vector<std::unique_ptr<char[]>> blocks;
    for (int i = 0; i < 50; ++i) blocks.emplace_back(new char[size]);
    const bool ascend = std::is_sorted(
        blocks.begin(), blocks.end(), [](const auto& a, const auto& b) {
          return std::less<char*>()(a.get(), b.get());
        });
    EXPECT_FALSE(ascend) << size;
  }
}

// From deeper than what ran on the stack since is likely to have reached.
[[gnu::noinline]] char ReadStack() {
  char bytes[4000];
  asm volatile("" : : "r"(bytes) : "memory");
  return bytes[1000];
}

TEST(PerturbationTest, TasksFindTheirStacksFilled) {
#if defined(REPRISE_ADDRESS_SANITIZER)
  GTEST_SKIP() << "its frames lie elsewhere";
#endif
  PerturbStacks();
  char found = 0;
  TaskGroup group("host");
  Scheduler scheduler(Seed(1));
  scheduler.Spawn(group, "reader", [&] { found = ReadStack(); });
  scheduler.Run({});
  EXPECT_EQ(found, 0x5a);
}

}  // namespace
}  // namespace reprise
