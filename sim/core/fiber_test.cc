#include "sim/core/fiber.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/core/stack_arena.h"

namespace reprise {
namespace {

using testing::ElementsAre;

// A fiber whose argument is the function that it runs.
class FiberTest : public testing::Test {
 protected:
  using Function = std::function<void()>;

  std::unique_ptr<Fiber> NewFiber() {
    return std::make_unique<Fiber>(arena_.Acquire(), [](void* function) {
      (*static_cast<Function*>(function))();
    });
  }

  StackArena arena_{StackArenaOptions()};
  std::vector<std::string> log_;
};

// Writes into a log when the stack that it is on goes.
struct Note {
  ~Note() { log.push_back(text); }

  std::vector<std::string>& log;
  std::string text;
};

TEST_F(FiberTest, RunsUntilItLeavesAndGoesOnWhereItLeft) {
  const std::unique_ptr<Fiber> fiber = NewFiber();
  Function body = [&] {
    log_.push_back("inside");
    fiber->Leave();
    log_.push_back("inside again");
  };
  EXPECT_FALSE(fiber->Enter(&body));
  log_.push_back("outside");
  EXPECT_TRUE(fiber->Enter(&body));
  EXPECT_THAT(log_, ElementsAre("inside", "outside", "inside again"));
}

TEST_F(FiberTest, RunsOneBodyAfterAnother) {
  const std::unique_ptr<Fiber> fiber = NewFiber();
  for (const char* name : {"a", "b", "c"}) {
    Function body = [this, name] { log_.push_back(name); };
    EXPECT_TRUE(fiber->Enter(&body));
  }
  EXPECT_THAT(log_, ElementsAre("a", "b", "c"));
}

TEST_F(FiberTest, RunsOnItsOwnStack) {
  const std::unique_ptr<Fiber> fiber = NewFiber();
  const char* address = nullptr;
  Function body = [&] {
    char local = 0;
    address = &local;
    asm volatile("" : : "r"(address) : "memory");
  };
  fiber->Enter(&body);
  EXPECT_GE(address, fiber->stack().low);
  EXPECT_LT(address, fiber->stack().low + fiber->stack().size);
}

TEST_F(FiberTest, DestructionUnwindsItsStackFromTheTop) {
  std::unique_ptr<Fiber> fiber = NewFiber();
  Function body = [&] {
    Note bottom{log_, "bottom"};
    const auto deeper = [&] {
      Note top{log_, "top"};
      fiber->Leave();
      log_.push_back("not reached");
    };
    deeper();
  };
  fiber->Enter(&body);
  fiber = nullptr;
  EXPECT_THAT(log_, ElementsAre("top", "bottom"));
}

TEST_F(FiberTest, CanBeDestroyedBeforeItIsEntered) {
  std::unique_ptr<Fiber> fiber = NewFiber();
  fiber = nullptr;
}

TEST_F(FiberTest, CanBeDestroyedWhileIdle) {
  std::unique_ptr<Fiber> fiber = NewFiber();
  Function body = [this] { log_.push_back("ran"); };
  fiber->Enter(&body);
  fiber = nullptr;
  EXPECT_THAT(log_, ElementsAre("ran"));
}

TEST_F(FiberTest, EntersAnotherFiberFromInside) {
  const std::unique_ptr<Fiber> outer = NewFiber();
  const std::unique_ptr<Fiber> inner = NewFiber();
  Function inner_body = [&] {
    log_.push_back("inner");
    inner->Leave();
    log_.push_back("inner again");
  };
  Function outer_body = [&] {
    inner->Enter(&inner_body);
    outer->Leave();
    inner->Enter(&inner_body);
    log_.push_back("outer");
  };
  outer->Enter(&outer_body);
  outer->Enter(&outer_body);
  EXPECT_THAT(log_, ElementsAre("inner", "inner again", "outer"));
}

TEST_F(FiberTest, IsUnwoundFromInsideAnotherFiber) {
  const std::unique_ptr<Fiber> killer = NewFiber();
  std::unique_ptr<Fiber> victim = NewFiber();
  Function victim_body = [&] {
    Note note{log_, "unwound"};
    victim->Leave();
  };
  victim->Enter(&victim_body);
  Function killer_body = [&] {
    victim = nullptr;
    log_.push_back("killer goes on");
    killer->Leave();
    log_.push_back("killer ends");
  };
  killer->Enter(&killer_body);
  killer->Enter(&killer_body);
  EXPECT_THAT(log_, ElementsAre("unwound", "killer goes on", "killer ends"));
}

TEST_F(FiberTest, IsMadeInsideAnotherFiberAndOutlivesIt) {
  std::unique_ptr<Fiber> maker = NewFiber();
  std::unique_ptr<Fiber> made;
  Function made_body = [&] {
    Note note{log_, "unwound"};
    made->Leave();
    made->Leave();
  };
  Function maker_body = [&] {
    made = NewFiber();
    made->Enter(&made_body);
  };
  maker->Enter(&maker_body);
  maker = nullptr;
  made->Enter(&made_body);
  made = nullptr;
  EXPECT_THAT(log_, ElementsAre("unwound"));
}

TEST_F(FiberTest, TenThousandStandInsideTheirBodiesAtOnce) {
  constexpr int kFibers = 10'000;
  std::vector<std::unique_ptr<Fiber>> fibers;
  int unwound = 0;
  struct Count {
    int& count;
    ~Count() { ++count; }
  };
  for (int i = 0; i < kFibers; ++i) {
    fibers.push_back(NewFiber());
    Fiber& fiber = *fibers.back();
    Function body = [&fiber, &unwound] {
      Fiber& self = fiber;
      Count count{unwound};
      self.Leave();
    };
    fiber.Enter(&body);
  }
  fibers.clear();
  EXPECT_EQ(unwound, kFibers);
}

// Each leaves nothing behind, in the sanitizers' books neither.
TEST_F(FiberTest, AHundredThousandComeAndGo) {
  const Stack stack = arena_.Acquire();
  int entered = 0;
  for (int i = 0; i < 100'000; ++i) {
    Fiber fiber(stack, [](void* argument) { ++*static_cast<int*>(argument); });
    fiber.Enter(&entered);
  }
  EXPECT_EQ(entered, 100'000);
}

}  // namespace
}  // namespace reprise
