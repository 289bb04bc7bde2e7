#include "tests/real/child_process.h"

#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <optional>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"

namespace reprise {
namespace {

ChildProcess Shell(const std::string& script) {
  absl::StatusOr<ChildProcess> child =
      ChildProcess::Start({.command = {"sh", "-c", script}});
  EXPECT_TRUE(child.ok()) << child.status();
  return *std::move(child);
}

bool Exists(pid_t id) { return kill(id, 0) == 0; }

TEST(ChildProcessTest, HandsOutWhatTheProcessSaysByTheLine) {
  ChildProcess child = Shell("echo one; echo two; printf three");
  EXPECT_EQ(*child.ReadLine(Seconds(10)), "one");
  EXPECT_EQ(*child.ReadLine(Seconds(10)), "two");
  EXPECT_TRUE(absl::IsOutOfRange(child.ReadLine(Seconds(10)).status()));
}

TEST(ChildProcessTest, TellsHowTheProcessEnded) {
  ChildProcess child = Shell("exit 7");
  EXPECT_EQ(*child.Wait(Seconds(10)), 7);
  child.Signal(SIGKILL);
  EXPECT_EQ(child.Status(), 7);
  ChildProcess missing = *ChildProcess::Start({.command = {"no-such-program"}});
  EXPECT_EQ(*missing.Wait(Seconds(10)), 127);
}

TEST(ChildProcessTest, TellsWhichSignalEndedTheProcess) {
  ChildProcess child = Shell("echo here; exec sleep 100");
  EXPECT_EQ(*child.ReadLine(Seconds(10)), "here");
  EXPECT_EQ(child.Status(), std::nullopt);
  child.Signal(SIGTERM);
  EXPECT_EQ(*child.Wait(Seconds(10)), 128 + SIGTERM);
}

TEST(ChildProcessTest, WaitsNoLongerThanItIsTold) {
  ChildProcess child = Shell("exec sleep 100");
  EXPECT_TRUE(
      absl::IsDeadlineExceeded(child.ReadLine(Milliseconds(5)).status()));
  EXPECT_TRUE(absl::IsDeadlineExceeded(child.Wait(Milliseconds(5)).status()));
}

TEST(ChildProcessTest, LeavesNoProcessBehind) {
  pid_t first = 0;
  pid_t second = 0;
  {
    ChildProcess child = Shell("exec sleep 100");
    first = child.id();
    ChildProcess other = Shell("exec sleep 100");
    second = other.id();
    child = std::move(other);
    EXPECT_FALSE(Exists(first));
    EXPECT_TRUE(Exists(second));
  }
  EXPECT_FALSE(Exists(second));
}

TEST(ChildProcessTest, AppendsErrorsToTheirFile) {
  const std::string path = testing::TempDir() + "/errors";
  for (int i = 0; i < 2; ++i) {
    ChildProcess child = *ChildProcess::Start(
        {.command = {"sh", "-c", "echo bad >&2"}, .errors = path});
    EXPECT_EQ(*child.Wait(Seconds(10)), 0);
  }
  std::string line;
  std::ifstream file(path);
  int lines = 0;
  while (std::getline(file, line)) lines += line == "bad" ? 1 : 0;
  EXPECT_EQ(lines, 2);
}

}  // namespace
}  // namespace reprise
