// The command line over code that ends its process, never ends, or finds no
// memory: it prints its results all the same, and ends when it is told to.

#include <nlohmann/json.hpp>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/script.h"

namespace reprise::cli {
namespace {

using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

// $deadly is the program.
Ended RunScript(const std::string& script) {
  return ScriptFolder("deadly", "sim/explore/testing/deadly_main").Run(script);
}

TEST(DeathsTest, ASweepOfCrashesPrintsItsSummary) {
  const Ended ended =
      RunScript("\"$deadly\" sweep --scenario=segfault --seeds=100 --json");
  EXPECT_EQ(ended.status, kExitViolated);
  const Json json = Json::parse(ended.out);
  EXPECT_EQ(json["seeds"], 100);
  EXPECT_EQ(json["passed"], 80);
  EXPECT_EQ(json["violated"], 20);
  EXPECT_EQ(json["failures"][0]["property"], "no-crash");
}

TEST(DeathsTest, ACrashHasAReplayFileThatPlaysAlike) {
  const Ended ended = RunScript(
      "\"$deadly\" sweep --scenario=overflows --seeds=5..5 && exit 9\n"
      "\"$deadly\" replay out/overflows-5.json --trace");
  EXPECT_EQ(ended.status, kExitViolated);
  EXPECT_THAT(ended.out, HasSubstr("deadly replay out/overflows-5.json"));
  EXPECT_THAT(ended.out, HasSubstr("faults in this run: "));
  EXPECT_THAT(ended.out, HasSubstr("drawn from:"));
  EXPECT_THAT(ended.out, HasSubstr("plays alike"));
  EXPECT_THAT(ended.out, Not(HasSubstr("does not play alike")));
}

TEST(DeathsTest, APageHasWhatCameBeforeACrash) {
  const Ended ended = RunScript(
      "\"$deadly\" replay --scenario=segfault --seed=5 --html=run.html && "
      "exit 9\n"
      "grep -o '<li>This violates no-crash: [^<]*' run.html\n"
      "grep -c 'class=\"facts counts\">[1-9]' run.html");
  EXPECT_THAT(ended.out, HasSubstr("report: run.html\n"));
  EXPECT_THAT(ended.out, HasSubstr("<li>This violates no-crash: "));
  EXPECT_EQ(ended.status, 0) << ended.out;
}

TEST(DeathsTest, WhatACrashPrintsIsPartOfItsEvidence) {
  // With the second flag, another process dies of it, too.
  for (const char* flag : {"", " --check-determinism"}) {
    const Ended ended = RunScript(
        absl::StrCat("\"$deadly\" sweep --scenario=checks --seeds=20", flag));
    EXPECT_EQ(ended.status, kExitViolated);
    EXPECT_THAT(ended.out, HasSubstr("check failed: 1 > 2: no luck"));
    EXPECT_THAT(ended.out, Not(HasSubstr("VIOLATED: determinism")));
    EXPECT_EQ(ended.err, "");
  }
}

// Signals that come to the whole command, as from a terminal and from
// `timeout`.
class InterruptedTest : public testing::TestWithParam<const char*> {};

TEST_P(InterruptedTest, ASweepThatDoesNotEndEndsWithinASecond) {
  const Ended ended = RunScript(absl::StrCat(
      "timeout --signal=", GetParam(),
      " 1 \"$deadly\" sweep --scenario=spins --seeds=100 --watchdog=0 --json\n"
      "[ $? = 124 ] && exit 130"));
  EXPECT_EQ(ended.status, kExitInterrupted);
  EXPECT_LT(ended.seconds, 2.5);
  EXPECT_EQ(Json::parse(ended.out)["violated"], 0);
}

TEST_P(InterruptedTest, AReplayThatDoesNotEndEndsWithinASecond) {
  const Ended ended = RunScript(absl::StrCat(
      "timeout --signal=", GetParam(),
      " 1 \"$deadly\" replay --scenario=spins --seed=5 --watchdog=0\n"
      "[ $? = 124 ] && exit 130"));
  EXPECT_EQ(ended.status, kExitInterrupted);
  EXPECT_LT(ended.seconds, 2.5);
  EXPECT_THAT(ended.out, HasSubstr("interrupted before the trial had ended"));
}

INSTANTIATE_TEST_SUITE_P(Signals, InterruptedTest,
                         testing::Values("INT", "TERM", "HUP"));

TEST(DeathsTest, NothingIsLeftRunning) {
  const Ended ended = RunScript(
      "\"$deadly\" sweep --scenario=spins --seeds=5..5 --watchdog=0 &\n"
      "sleep 0.5; kill -KILL $!; wait; sleep 0.5\n"
      "for p in /proc/[0-9]*; do\n"
      "  tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q "
      "'deadly_main sweep --scenario=spins --seeds=5..5 --watchdog=0' && "
      "exit 7\n"
      "done; exit 0");
  EXPECT_EQ(ended.status, 0);
}

// What it forked and what its process has open is no way into the tool.
TEST(DeathsTest, CodeThatForksOrClosesEndsNoSweep) {
  for (const char* name : {"forks", "forks-on", "closes"}) {
    for (const char* flag :
         {" --check-determinism=0", " --check-determinism", " --jobs=2"}) {
      const Ended ended = RunScript(absl::StrCat(
          "\"$deadly\" sweep --json --seeds=100 --scenario=", name, flag));
      SCOPED_TRACE(absl::StrCat(name, flag, "\n", ended.err));
      EXPECT_EQ(ended.status, kExitViolated);
      EXPECT_LT(ended.seconds, 30);
      const Json json = Json::parse(ended.out, nullptr, false);
      ASSERT_FALSE(json.is_discarded()) << ended.out;
      EXPECT_EQ(json["seeds"], 100);
      EXPECT_EQ(json["passed"], 80);
      EXPECT_EQ(json["violated"], 20);
      const std::string property =
          std::string(name) == "forks-on" ? "sandbox" : "no-crash";
      for (const Json& failure : json["failures"]) {
        EXPECT_EQ(failure["property"], property);
        EXPECT_EQ(failure["seed"].get<int>() % 5, 0);
      }
    }
  }
}

TEST(DeathsTest, WhatCodeForkedEndsWithIt) {
  const Ended ended = RunScript(
      "\"$deadly\" sweep --scenario=forks --seeds=5..5\n"
      "sleep 0.2\n"
      "for p in /proc/[0-9]*; do\n"
      "  tr '\\0' ' ' <$p/cmdline 2>/dev/null | grep -q "
      "'deadly_main sweep --scenario=forks --seeds=5..5' && exit 7\n"
      "done; exit 0");
  EXPECT_EQ(ended.status, 0) << ended.out;
}

TEST(DeathsTest, AMemoryLimitLeavesTrialsUndecided) {
  const Ended ended = RunScript(
      "ulimit -v 1000000\n"
      "\"$deadly\" sweep --scenario=devours --seeds=20 "
      "--check-determinism --json");
  EXPECT_EQ(ended.status, kExitUndecided) << ended.err;
  const Json json = Json::parse(ended.out);
  EXPECT_EQ(json["undecided"], 4);
  EXPECT_EQ(json["violated"], 0);
  EXPECT_EQ(json["passed"], 16);
  EXPECT_THAT(ended.err, HasSubstr("no memory left"));
}

TEST(DeathsTest, BudgetsCanBeSet) {
  const Ended ended = RunScript(
      "\"$deadly\" sweep --scenario=naps --seeds=5..5 --max-steps=1000 && "
      "exit 9\n"
      "\"$deadly\" sweep --scenario=naps --seeds=5..5 --max-time=1 "
      "--max-steps=9000000");
  EXPECT_EQ(ended.status, kExitUndecided);
  EXPECT_THAT(ended.out, HasSubstr("its budget of 1000 steps is spent"));
  EXPECT_THAT(ended.out, HasSubstr("its budget of 1 s of virtual time"));
}

TEST(DeathsTest, WrongBudgetsAreBadInput) {
  for (const char* flag : {"--max-steps=0", "--max-time=soon", "--watchdog=-1",
                           "--max-steps=99999999999999999999"}) {
    const Ended ended =
        RunScript(absl::StrCat("\"$deadly\" sweep --scenario=naps ", flag));
    EXPECT_EQ(ended.status, kExitUsage) << flag;
    EXPECT_THAT(ended.err, HasSubstr("not a whole number from")) << flag;
  }
}

}  // namespace
}  // namespace reprise::cli
