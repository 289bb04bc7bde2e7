// What a developer sees in gdb: tools/gdb/reprise.py, --until and --break.

#include <cstdlib>
#include <filesystem>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/script.h"

namespace reprise::cli {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class DebuggerTest : public testing::Test {
 protected:
  void SetUp() override {
    if (folder_.Run("command -v gdb").status != 0) {
      GTEST_SKIP() << "gdb is not installed";
    }
  }

  // What gdb says to `commands`, each of which follows -ex, about a run of the
  // toy that stops at `until`.
  Ended Debug(const std::string& until, const std::string& commands) const {
    const std::string script =
        std::filesystem::absolute("tools/gdb/reprise.py").string();
    // Programs that it starts ask for no other files.
    return folder_.Run(absl::StrCat(
        "export DEBUGINFOD_URLS= HOME=\"$PWD\"\n", "gdb -nx -q -batch -x '",
        script, "' -ex run ", commands,
        " --args \"$toy\" replay --scenario=register --seed=7 --break --until=",
        until, " </dev/null"));
  }

  const ScriptFolder folder_{"toy", "sim/explore/testing/toy_main"};
};

TEST_F(DebuggerTest, ListsTheTasksAndWhatTheyWaitFor) {
  const Ended ended = Debug("24", "-ex 'reprise tasks'");
  EXPECT_THAT(ended.out, HasSubstr("SIGTRAP"));
  EXPECT_THAT(ended.out,
              ContainsRegex("task [0-9]+  server  boot  waits for the end of "
                            "its node\n"));
  EXPECT_THAT(ended.out, ContainsRegex("task [0-9]+  client-[01]  main  waits "
                                       "for a reply to (get|put)"));
}

TEST_F(DebuggerTest, ShowsTheStackOfASuspendedTask) {
  // Task 2 is the first client.
  const Ended ended = Debug(
      "24", "-ex 'print $sp' -ex 'reprise bt 2' -ex 'print $sp' -ex continue");
  EXPECT_THAT(ended.out, HasSubstr("SimulatedNetwork::Call"));
  EXPECT_THAT(ended.out, HasSubstr("CallUntilAnswered"));
  EXPECT_THAT(ended.out, HasSubstr("RegisterClient"));
  // The program goes on as if nobody had looked.
  EXPECT_THAT(ended.out, HasSubstr("register · seed 7 · UNDECIDED"));
  EXPECT_THAT(ended.out, HasSubstr("it was stopped after event 24 ("));
  const size_t first = ended.out.find("$1 = ");
  const size_t second = ended.out.find("$2 = ");
  ASSERT_NE(first, std::string::npos);
  ASSERT_NE(second, std::string::npos);
  const auto value = [&](size_t at) {
    return ended.out.substr(at + 5, ended.out.find('\n', at) - at - 5);
  };
  EXPECT_EQ(value(first), value(second));
}

TEST_F(DebuggerTest, ShowsWhatIsUnderWay) {
  const Ended ended = Debug("24", "-ex 'reprise world'");
  EXPECT_THAT(ended.out, ContainsRegex("seed 7, 0\\.[0-9 ]+ s, step [0-9]+"));
  EXPECT_THAT(ended.out, HasSubstr("events traced: 24\n"));
  EXPECT_THAT(ended.out, ContainsRegex("messages in flight: [12]\n"));
  EXPECT_THAT(ended.out, ContainsRegex("(request|reply) (get|put) @[0-9]+  "));
  EXPECT_THAT(ended.out, HasSubstr("writes that are not synced: none\n"));
  EXPECT_THAT(ended.out, HasSubstr("timers of tasks: 0\n"));
}

TEST_F(DebuggerTest, SaysWhatCannotBe) {
  const Ended ended = Debug(
      "24",
      "-ex 'reprise bt' -ex 'reprise bt 99' -ex kill -ex 'reprise tasks'");
  EXPECT_THAT(ended.err, HasSubstr("expected the number of a task"));
  EXPECT_THAT(ended.err, HasSubstr("task 99 is not suspended"));
}

TEST_F(DebuggerTest, WithoutADebuggerThereIsNoBreak) {
  const Ended ended = folder_.Run(
      "\"$toy\" replay --scenario=register --seed=7 --until=9 --break");
  EXPECT_EQ(ended.status, kExitUsage);
  EXPECT_THAT(ended.out, IsEmpty());
  EXPECT_THAT(ended.err, HasSubstr("none watches this process"));
  EXPECT_THAT(ended.err, Not(HasSubstr("SIGTRAP")));
}

}  // namespace
}  // namespace reprise::cli
