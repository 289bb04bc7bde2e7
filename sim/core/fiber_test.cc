#include "reprise/sim/core/fiber.h"

#include <deque>
#include <functional>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/stack_arena.h"

namespace reprise {
namespace {

using testing::ElementsAre;

// What the next fiber that begins does; it must not return.
// tidy: allow(global) the body of a fiber takes no argument
thread_local const std::function<void()>* next_body = nullptr;

class FiberTest : public testing::Test {
 protected:
  // A fiber that runs `body` when it is first switched to, and then goes back
  // to the test as often as it is switched to.
  std::unique_ptr<Fiber> NewFiber() {
    return std::make_unique<Fiber>(arena_.Acquire(), [] { (*next_body)(); });
  }
  void Begin(Fiber& fiber, std::function<void()> body) {
    bodies_.push_back([this, &fiber, body = std::move(body)] {
      body();
      for (;;) test_.SwitchFrom(fiber);
    });
    next_body = &bodies_.back();
    fiber.SwitchFrom(test_);
  }

  StackArena arena_{StackArenaOptions()};
  std::deque<std::function<void()>> bodies_;  // A fiber's stack never unwinds.
  Fiber test_;
  std::vector<std::string> log_;
};

TEST_F(FiberTest, RunsUntilItIsLeftAndGoesOnWhereItStopped) {
  const std::unique_ptr<Fiber> fiber = NewFiber();
  Begin(*fiber, [&] {
    log_.push_back("inside");
    test_.SwitchFrom(*fiber);
    log_.push_back("inside again");
  });
  log_.push_back("outside");
  fiber->SwitchFrom(test_);
  EXPECT_THAT(log_, ElementsAre("inside", "outside", "inside again"));
}

TEST_F(FiberTest, RunsOnItsOwnStack) {
  const std::unique_ptr<Fiber> fiber = NewFiber();
  const char* address = nullptr;
  Begin(*fiber, [&] {
    char local = 0;
    address = &local;
    asm volatile("" : : "r"(address) : "memory");
  });
  EXPECT_GE(address, fiber->stack().low);
  EXPECT_LT(address, fiber->stack().low + fiber->stack().size);
}

TEST_F(FiberTest, AnyFiberCanSwitchToAnyOther) {
  const std::unique_ptr<Fiber> a = NewFiber();
  const std::unique_ptr<Fiber> b = NewFiber();
  Begin(*a, [&] {
    log_.push_back("a");
    test_.SwitchFrom(*a);
    log_.push_back("a again");
    b->SwitchFrom(*a);
  });
  Begin(*b, [&] {
    log_.push_back("b");
    a->SwitchFrom(*b);
    log_.push_back("b again");
  });
  EXPECT_THAT(log_, ElementsAre("a", "b", "a again", "b again"));
}

TEST_F(FiberTest, ExceptionsAreCaughtOnTheStackWhereTheyWereThrown) {
  const std::unique_ptr<Fiber> outer = NewFiber();
  const std::unique_ptr<Fiber> inner = NewFiber();
  // Writes into the log when the stack that it is on goes.
  struct Note {
    ~Note() { log.push_back(text); }
    std::vector<std::string>& log;
    std::string text;
  };
  const auto fail = [&](Fiber& fiber, const std::string& name) {
    try {
      Note note{log_, name};
      test_.SwitchFrom(fiber);
      // tidy: allow(throw) the exception under test
      throw std::runtime_error(name);
    } catch (const std::exception& error) {
      log_.push_back("caught " + std::string(error.what()));
    }
  };
  Begin(*outer, [&] { fail(*outer, "outer"); });
  Begin(*inner, [&] { fail(*inner, "inner"); });
  outer->SwitchFrom(test_);
  inner->SwitchFrom(test_);
  EXPECT_THAT(log_,
              ElementsAre("outer", "caught outer", "inner", "caught inner"));
}

TEST_F(FiberTest, CanBeDestroyedBeforeItBegins) {
  std::unique_ptr<Fiber> fiber = NewFiber();
  fiber = nullptr;
}

TEST_F(FiberTest, IsMadeInsideAnotherFiberAndOutlivesIt) {
  std::unique_ptr<Fiber> maker = NewFiber();
  std::unique_ptr<Fiber> made;
  Begin(*maker, [&] { made = NewFiber(); });
  maker = nullptr;
  Begin(*made, [&] { log_.push_back("runs"); });
  EXPECT_THAT(log_, ElementsAre("runs"));
}

TEST_F(FiberTest, TenThousandStandInsideTheirBodiesAtOnce) {
  constexpr int kFibers = 10'000;
  std::vector<std::unique_ptr<Fiber>> fibers;
  int left = 0;
  for (int i = 0; i < kFibers; ++i) {
    fibers.push_back(NewFiber());
    Fiber& fiber = *fibers.back();
    Begin(fiber, [&] {
      test_.SwitchFrom(fiber);
      ++left;
    });
  }
  for (const std::unique_ptr<Fiber>& fiber : fibers) fiber->SwitchFrom(test_);
  EXPECT_EQ(left, kFibers);
}

// Each leaves nothing behind, in the sanitizers' books neither.
TEST_F(FiberTest, AHundredThousandComeAndGo) {
  const Stack stack = arena_.Acquire();
  int begun = 0;
  for (int i = 0; i < 100'000; ++i) {
    Fiber fiber(stack, [] { (*next_body)(); });
    Begin(fiber, [&begun] { ++begun; });
  }
  EXPECT_EQ(begun, 100'000);
}

}  // namespace
}  // namespace reprise
