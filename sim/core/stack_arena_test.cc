#include "reprise/sim/core/stack_arena.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"

namespace reprise {
namespace {

constexpr size_t kStackBytes = 16 * 1024;

// How the arena guards its stacks.
enum class Guards { kLight, kProtected, kCanaries };

StackArenaOptions OptionsWith(Guards guards) {
  StackArenaOptions options;
  options.stack_bytes = kStackBytes;
  options.assume_old_kernel = guards != Guards::kLight;
  if (guards == Guards::kCanaries) options.max_protected_stacks = 0;
  return options;
}

// A store that no compiler knows to be wrong.
void Store(char* address, char value) {
  *static_cast<volatile char*>(address) = value;
}

class StackArenaTest : public testing::TestWithParam<Guards> {
 protected:
  StackArena arena_{OptionsWith(GetParam())};
};

TEST_P(StackArenaTest, StacksCanBeWrittenFromEndToEnd) {
  for (int i = 0; i < 3; ++i) {
    const Stack stack = arena_.Acquire();
    ASSERT_LE(stack.size, kStackBytes);
    ASSERT_GE(stack.size, kStackBytes - 2048);
    for (size_t at = 0; at < stack.size; ++at) Store(stack.low + at, 'x');
    EXPECT_TRUE(StackArena::IsIntact(stack));
  }
}

TEST_P(StackArenaTest, TheTopsOfStacksLieAtDifferentLinesOfTheirPages) {
  std::set<uintptr_t> lines;
  for (int i = 0; i < 32; ++i) {
    const Stack stack = arena_.Acquire();
    const auto top = reinterpret_cast<uintptr_t>(stack.low + stack.size);
    EXPECT_EQ(top % 64, 0u);
    lines.insert(top % 4096);
  }
  EXPECT_EQ(lines.size(), 32u);
}

TEST_P(StackArenaTest, StacksAndTheirGuardsDoNotOverlap) {
  std::set<const char*> lows;
  for (int i = 0; i < 100; ++i) lows.insert(arena_.Acquire().low);
  ASSERT_EQ(lows.size(), 100u);
  const char* previous = nullptr;
  for (const char* low : lows) {
    if (previous != nullptr) {
      EXPECT_GE(low - StackArena::kGuardBytes, previous + kStackBytes);
    }
    previous = low;
  }
}

TEST_P(StackArenaTest, HandsOutTheStackThatWasReleasedLast) {
  const Stack first = arena_.Acquire();
  const Stack second = arena_.Acquire();
  arena_.Release(first);
  arena_.Release(second);
  EXPECT_EQ(arena_.Acquire().low, second.low);
  EXPECT_EQ(arena_.Acquire().low, first.low);
}

TEST_P(StackArenaTest, TrimFreesAllButTheLatestUnusedStacks) {
  std::vector<Stack> stacks;
  for (int i = 0; i < 16; ++i) stacks.push_back(arena_.Acquire());
  for (const Stack& stack : stacks) {
    Store(stack.low, 'x');
    arena_.Release(stack);
  }
  arena_.Trim(/*keep=*/2);
  // A page that was given back reads as zero.
  for (size_t i = 0; i < stacks.size(); ++i) {
    EXPECT_EQ(*stacks[i].low, i < 14 ? '\0' : 'x') << i;
  }
}

TEST_P(StackArenaTest, ATrimmedStackIsGuardedAndWritableAgain) {
  const Stack stack = arena_.Acquire();
  arena_.Release(stack);
  arena_.Trim(/*keep=*/0);
  const Stack again = arena_.Acquire();
  Store(again.low, 'x');
  EXPECT_TRUE(StackArena::IsIntact(again));
  if (!again.has_canary) {
    EXPECT_DEATH(Store(again.low - 1, 'x'), "");
  }
}

TEST_P(StackArenaTest, WritingBelowAStackIsFound) {
  const Stack stack = arena_.Acquire();
  if (GetParam() == Guards::kCanaries) {
    Store(stack.low - 1, 'x');
    EXPECT_FALSE(StackArena::IsIntact(stack));
  } else {
    EXPECT_DEATH(Store(stack.low - 1, 'x'), "");
    EXPECT_DEATH(Store(stack.low - StackArena::kGuardBytes, 'x'), "");
  }
}

INSTANTIATE_TEST_SUITE_P(AllGuards, StackArenaTest,
                         testing::Values(Guards::kLight, Guards::kProtected,
                                         Guards::kCanaries),
                         [](const auto& info) -> std::string {
                           switch (info.param) {
                             case Guards::kLight:
                               return "Light";
                             case Guards::kProtected:
                               return "Protected";
                             case Guards::kCanaries:
                               return "Canaries";
                           }
                           return "";
                         });

TEST(StackArenaGuardTest, KnowsWhichAddressesAreTheGuards) {
  StackArena arena(OptionsWith(Guards::kLight));
  const Stack stack = arena.Acquire();
  EXPECT_TRUE(StackArena::IsInGuard(stack, stack.low - 1));
  EXPECT_TRUE(
      StackArena::IsInGuard(stack, stack.low - StackArena::kGuardBytes));
  EXPECT_FALSE(StackArena::IsInGuard(stack, stack.low));
  EXPECT_FALSE(
      StackArena::IsInGuard(stack, stack.low - StackArena::kGuardBytes - 1));
  EXPECT_FALSE(StackArena::IsInGuard(stack, nullptr));
}

TEST(StackArenaGuardTest, BeyondTheLimitOnMappingsStacksHaveCanaries) {
  StackArenaOptions options = OptionsWith(Guards::kProtected);
  options.max_protected_stacks = 5;
  StackArena arena(options);
  int with_canary = 0;
  for (int i = 0; i < 16; ++i) with_canary += arena.Acquire().has_canary;
  EXPECT_EQ(with_canary, 11);
}

TEST(StackArenaGuardTest, AHundredThousandStacksFitIntoOneProcess) {
  for (const Guards guards : {Guards::kLight, Guards::kProtected}) {
    StackArena arena(OptionsWith(guards));
    int intact = 0;
    for (int i = 0; i < 100'000; ++i) {
      const Stack stack = arena.Acquire();
      // A page of each hundredth: the test is about mappings, not memory.
      if (i % 100 == 0) Store(stack.low + stack.size - 1, 'x');
      intact += StackArena::IsIntact(stack);
    }
    EXPECT_EQ(intact, 100'000);
  }
}

TEST(StackArenaGuardTest, RefusesASizeThatIsNoMultipleOfAPage) {
  EXPECT_DEATH(StackArena({.stack_bytes = 1000}), "not a multiple of a page");
}

}  // namespace
}  // namespace reprise
