#include "reprise/sim/explore/cli/interrupt.h"

#include <atomic>
#include <csignal>
#include <cstdlib>
#include <sstream>
#include <thread>

#include "gtest/gtest.h"
#include "reprise/sim/explore/isolation/wall_clock.h"

namespace reprise::cli {
namespace {

void Wait(double seconds) {
  const Stopwatch stopwatch;
  while (stopwatch.Seconds() < seconds) std::this_thread::yield();
}

class InterruptTest : public testing::TestWithParam<int> {};

TEST_P(InterruptTest, NotesTheFirstSignal) {
  InterruptGuard guard;
  EXPECT_FALSE(InterruptGuard::WasInterrupted());
  std::raise(GetParam());
  EXPECT_TRUE(InterruptGuard::WasInterrupted());
}

TEST_P(InterruptTest, TakesTwoAtOnceForOne) {
  InterruptGuard guard;
  std::raise(GetParam());
  std::raise(GetParam());
  EXPECT_TRUE(InterruptGuard::WasInterrupted());
}

using InterruptDeathTest = InterruptTest;

void InterruptTwice(int signal_number) {
  InterruptGuard guard;
  std::raise(SIGTERM);
  Wait(0.5);
  std::raise(signal_number);
}

TEST_P(InterruptDeathTest, AnotherSignalEndsTheProcess) {
  EXPECT_EXIT(InterruptTwice(GetParam()), testing::KilledBySignal(GetParam()),
              "");
}

INSTANTIATE_TEST_SUITE_P(Signals, InterruptTest,
                         testing::Values(SIGINT, SIGTERM, SIGHUP));
INSTANTIATE_TEST_SUITE_P(Signals, InterruptDeathTest,
                         testing::Values(SIGINT, SIGTERM, SIGHUP));

TEST(InterruptGuardTest, ANewGuardBeginsAfresh) {
  {
    InterruptGuard guard;
    std::raise(SIGINT);
  }
  InterruptGuard guard;
  EXPECT_FALSE(InterruptGuard::WasInterrupted());
}

TEST(InterruptGuardTest, LeavesAnIgnoredHangUpIgnored) {
  std::signal(SIGHUP, SIG_IGN);
  {
    InterruptGuard guard;
    std::raise(SIGHUP);
    EXPECT_FALSE(InterruptGuard::WasInterrupted());
  }
  std::signal(SIGHUP, SIG_DFL);
}

TEST(RunInterruptiblyTest, WaitsForTheEnd) {
  InterruptGuard guard;
  bool is_done = false;
  EXPECT_EQ(RunInterruptibly([&] {
              Wait(0.05);
              is_done = true;
            }),
            WorkEnd::kDone);
  EXPECT_TRUE(is_done);
}

TEST(RunInterruptiblyTest, LetsWorkEndThatSeesTheInterrupt) {
  InterruptGuard guard;
  EXPECT_EQ(RunInterruptibly([] {
              std::raise(SIGINT);
              while (!InterruptGuard::WasInterrupted()) {
              }
            }),
            WorkEnd::kDone);
}

TEST(RunInterruptiblyTest, LooksAtTheWorkAndTellsItToStopOnce) {
  InterruptGuard guard;
  std::atomic<bool> stop = false;
  int stops = 0;
  int looks = 0;
  EXPECT_EQ(RunInterruptibly(
                [&] {
                  Wait(0.05);
                  std::raise(SIGINT);
                  while (!stop) {
                  }
                },
                {.look = [&] { ++looks; },
                 .stop =
                     [&] {
                       ++stops;
                       stop = true;
                     }}),
            WorkEnd::kDone);
  EXPECT_EQ(stops, 1);
  EXPECT_GT(looks, 1);
}

// Ends with status 42 where all goes as it should.
[[noreturn]] void LeaveStuckWork() {
  InterruptGuard guard;
  SharedResults results;
  std::ostringstream out;
  Console console{.out = out, .err = out};
  const WorkEnd end = RunInterruptibly([&] {
    const auto lock = results.Lock();
    std::raise(SIGINT);
    while (true) std::this_thread::yield();
  });
  const bool is_stuck = end == WorkEnd::kLeftRunning && !results.TakeForEver();
  LeaveAtOnce(console, is_stuck ? 42 : 1);
}

TEST(RunInterruptiblyDeathTest, LeavesWorkThatDoesNot) {
  EXPECT_EXIT(LeaveStuckWork(), testing::ExitedWithCode(42), "");
}

}  // namespace
}  // namespace reprise::cli
