// A second run in another process catches each planted leak and says where the
// two runs part.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <string>
#include <vector>

#include "reprise/sim/explore/testing/seed_sweep.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "tests/determinism/leaks.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

struct Execution {
  int status = 0;
  std::string out;
};

Execution RunLeaks(const std::string& arguments) {
  const std::string command =
      "tests/determinism/leaks_main " + arguments + " 2>&1";
  FILE* pipe = popen(command.c_str(), "r");
  EXPECT_NE(pipe, nullptr);
  Execution done;
  std::array<char, 4096> part;
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) {
    done.out += part.data();
  }
  done.status = WEXITSTATUS(pclose(pipe));
  return done;
}

// Where a sweep saves what it finds.
std::string Out() { return " --out=" + testing::TempDir() + "/out"; }

std::vector<Scenario> AllLeaks() {
  std::vector<Scenario> all = LeakyScenarios();
  for (const Scenario& hidden : HiddenLeakyScenarios()) all.push_back(hidden);
  return all;
}

class SelfCheckTest : public testing::TestWithParam<Scenario> {};

TEST_P(SelfCheckTest, ATestCatchesTheLeak) {
  const testing::AssertionResult result =
      HoldsForSeeds(GetParam(), {.seeds = 2});
  EXPECT_FALSE(result);
  EXPECT_THAT(result.message(), HasSubstr("VIOLATED: determinism"));
}

TEST_P(SelfCheckTest, AReplayCatchesTheLeakAndSaysWhere) {
  const Execution done = RunLeaks(
      "replay --check-determinism --seed=3 "
      "--scenario=" +
      GetParam().name);
  EXPECT_EQ(done.status, 1);
  EXPECT_THAT(done.out, AllOf(HasSubstr("VIOLATED: determinism"),
                              HasSubstr("two processes differ on seed 3"),
                              HasSubstr("is the first that differs"),
                              HasSubstr("Here:\n"),
                              HasSubstr("In the other process:\n")));
}

std::string TestName(const testing::TestParamInfo<Scenario>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Leaks, SelfCheckTest, testing::ValuesIn(AllLeaks()),
                         TestName);

TEST(SelfCheckCommandTest, NamesTheEventTheTaskAndTheStack) {
  const Execution done = RunLeaks(
      "replay --check-determinism --seed=3 --scenario=leak-pointer-map");
  EXPECT_THAT(
      done.out,
      AllOf(HasSubstr("event 3 is the first that differs; before it:\n"),
            HasSubstr("leaky     starts    task 1 main\n  Here:\n"),
            HasSubstr("task \"main\", node \"leaky\"\n"),
            HasSubstr("    reprise::World::Note()\n"),
            Not(HasSubstr("Scheduler::")), Not(HasSubstr("    std::"))));
}

TEST(SelfCheckCommandTest, TellsOfAProcessThatDidNotSurvive) {
  const Execution done =
      RunLeaks("replay --check-determinism --seed=3 --scenario=leak-crash");
  EXPECT_EQ(done.status, 1);
  EXPECT_THAT(done.out, AllOf(HasSubstr("VIOLATED: determinism"),
                              HasSubstr("seed 3 ended holds with digest "),
                              HasSubstr("but the other process was stopped by "
                                        "signal 6 (Aborted)."),
                              HasSubstr("the second trial stops the program")));
}

TEST(SelfCheckCommandTest, TellsOfAProcessThatCalledExit) {
  const Execution done =
      RunLeaks("replay --check-determinism --seed=3 --scenario=leak-exit");
  EXPECT_EQ(done.status, 1);
  EXPECT_THAT(done.out, AllOf(HasSubstr("VIOLATED: determinism"),
                              HasSubstr("but the other process ended with "
                                        "status "),
                              HasSubstr("a trial called exit()")));
}

TEST(SelfCheckCommandTest, ASweepTellsOfAProcessThatDoesNotAnswer) {
  const Execution done = RunLeaks(
      "sweep --check-determinism --seeds=1 --watchdog=1 "
      "--scenario=leak-spin" +
      Out());
  EXPECT_EQ(done.status, 3);
  EXPECT_THAT(done.out, AllOf(HasSubstr("UNDECIDED"),
                              HasSubstr("in the process that repeats it")));
}

TEST(SelfCheckCommandTest, AReplaySaysThatATrialWasTheSame) {
  const std::string line = "repeated in another process: no difference\n";
  EXPECT_THAT(
      RunLeaks("replay --check-determinism --seed=3 --scenario=no-leak").out,
      HasSubstr(line));
  EXPECT_THAT(RunLeaks("replay --seed=3 --scenario=no-leak").out,
              Not(HasSubstr(line)));
  EXPECT_THAT(
      RunLeaks("replay --check-determinism --seed=3 --scenario=leak-crash").out,
      Not(HasSubstr(line)));
}

// It is played once more to find out who holds the memory.
TEST(SelfCheckCommandTest, AReplayOfAMemoryViolationSaysSoToo) {
  const std::string replay =
      "replay --check-determinism --seed=3 --scenario=hoarder";
  EXPECT_THAT(
      RunLeaks(replay).out,
      AllOf(HasSubstr("VIOLATED: memory-bound"), HasSubstr("were requested by"),
            HasSubstr("repeated in another process: no difference")));
  EXPECT_THAT(
      RunLeaks(replay + " --option=limit=1000").out,
      AllOf(HasSubstr("VIOLATED: no-leak"), HasSubstr("were requested by"),
            HasSubstr("repeated in another process: no difference")));
}

TEST(SelfCheckCommandTest, ASweepChecksAShareOfItsSeeds) {
  const Execution done =
      RunLeaks("sweep --scenario=leak-wall-clock --seeds=200" + Out());
  EXPECT_EQ(done.status, 1);
  EXPECT_THAT(done.out, HasSubstr("VIOLATED: determinism"));
  EXPECT_THAT(done.out, HasSubstr(" repeated in a second process"));
}

// In the same two processes, one scenario after the other.
TEST(SelfCheckCommandTest, ASweepOfAllScenariosCatchesEachLeak) {
  const Execution done =
      RunLeaks("sweep --seeds=2 --jobs=2 --check-determinism" + Out());
  EXPECT_EQ(done.status, 1);
  for (const Scenario& leaky : AllLeaks()) {
    EXPECT_THAT(done.out,
                HasSubstr(leaky.name + " · seed 0 · VIOLATED: determinism"));
  }
  EXPECT_THAT(done.out, HasSubstr("leak-environment · 2 violations"));
  EXPECT_THAT(done.out, HasSubstr("but the other process was stopped by signal "
                                  "6 (Aborted)."));
}

TEST(SelfCheckCommandTest, ASweepCanBeToldNotTo) {
  const Execution done = RunLeaks(
      "sweep --scenario=leak-wall-clock --seeds=200 --check-determinism=0" +
      Out());
  EXPECT_EQ(done.status, 0);
  EXPECT_THAT(done.out, HasSubstr("200 seeds, all hold"));
}

TEST(SelfCheckCommandTest, AReplayFileIsCheckedAgain) {
  const Execution sweep = RunLeaks(
      "sweep --scenario=leak-unordered-walk --seeds=1 --check-determinism" +
      Out());
  EXPECT_EQ(sweep.status, 1);
  const Execution replay = RunLeaks("replay " + testing::TempDir() +
                                    "/out/leak-unordered-walk-0.json");
  EXPECT_EQ(replay.status, 1);
  EXPECT_THAT(replay.out, HasSubstr("VIOLATED: determinism"));
}

}  // namespace
}  // namespace reprise
