#include "reprise/sim/explore/cli/interrupt.h"

#include <csignal>

#include "gtest/gtest.h"

namespace reprise::cli {
namespace {

TEST(InterruptTest, NotesTheFirstSignal) {
  InterruptGuard guard;
  EXPECT_FALSE(InterruptGuard::WasInterrupted());
  std::raise(SIGINT);
  EXPECT_TRUE(InterruptGuard::WasInterrupted());
}

TEST(InterruptTest, ANewGuardBeginsAfresh) {
  {
    InterruptGuard guard;
    std::raise(SIGINT);
  }
  InterruptGuard guard;
  EXPECT_FALSE(InterruptGuard::WasInterrupted());
}

TEST(InterruptDeathTest, TheSecondSignalEndsTheProcess) {
  EXPECT_EXIT(
      {
        InterruptGuard guard;
        std::raise(SIGINT);
        std::raise(SIGINT);
      },
      testing::KilledBySignal(SIGINT), "");
}

}  // namespace
}  // namespace reprise::cli
