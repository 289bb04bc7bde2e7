#include "reprise/sim/explore/report/report.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::HasSubstr;
using testing::Not;

Scenario LabScenario() {
  return {.name = "harsh-random-keys", .bazel_test = "//tests:lab_sweep"};
}

TrialResult Violated() {
  TrialResult result{.seed = Seed(417)};
  result.verdict = {.kind = VerdictKind::kViolated,
                    .property = "linearizability",
                    .message = "key \"2\": clerk-3 read \"x 1 4 y\""};
  result.faults = {{Fault::kRequestLoss, 11},
                   {Fault::kReplyLoss, 9},
                   {Fault::kDuplicate, 13},
                   {Fault::kLate, 4}};
  result.mix = "requests: 50 us, lost 10 %\nreplies: 50 us\n";
  return result;
}

TEST(ReportTest, AViolationSaysWhatWhereWhyAndHowToSeeItAgain) {
  const Scenario scenario = LabScenario();
  EXPECT_EQ(
      DescribeFailure({.scenario = scenario,
                       .program = "tools/reprise",
                       .replay_file = "out/harsh-random-keys-417.json"},
                      Violated()),
      "harsh-random-keys · seed 417 · VIOLATED: linearizability\n"
      "  key \"2\": clerk-3 read \"x 1 4 y\"\n"
      "  faults in this run: 11 requests and 9 replies lost, 13 duplicates, 4 "
      "late\n"
      "  drawn from:\n"
      "    requests: 50 us, lost 10 %\n"
      "    replies: 50 us\n"
      "  again:   tools/reprise replay out/harsh-random-keys-417.json --trace\n"
      "  bazel:   bazel test //tests:lab_sweep "
      "--test_env=REPRISE_SEEDS=417..417 --test_filter=*harsh_random_keys*\n");
}

TEST(ReportTest, HasATableOfWhatTheNodesWere) {
  const Scenario scenario = LabScenario();
  TrialResult result = Violated();
  result.nodes = {
      {"server-0", {.headline = "leads term 2", .facts = {{"log", "1..2"}}}},
      {"server-1", {.headline = "is down"}}};
  result.log = "0.000 100 s  server-0  starts\n";
  EXPECT_THAT(DescribeFailure({.scenario = scenario}, result),
              HasSubstr("  nodes at the violation:\n"
                        "    node      state         log\n"
                        "    server-0  leads term 2  1..2\n"
                        "    server-1  is down\n"
                        "  logged at last:\n"));
}

TEST(ReportTest, TheTableOfNodesHasNoBytesThatSpoilIt) {
  const Scenario scenario = LabScenario();
  TrialResult result = Violated();
  result.nodes = {
      {"server-0", {.headline = "\x1b[2J", .facts = {{"l\rog", "1\n2"}}}}};
  EXPECT_THAT(DescribeFailure({.scenario = scenario}, result),
              HasSubstr("    node      state    l\\rog\n"
                        "    server-0  \\x1b[2J  1\\n2\n"));
}

TEST(ReportTest, WithoutAFileTheSeedPlaysItAgain) {
  const Scenario scenario = LabScenario();
  const std::string text = DescribeFailure({.scenario = scenario,
                                            .program = "reprise",
                                            .bug = "put-not-deduplicated",
                                            .options = {{"clients", 2}}},
                                           Violated());
  EXPECT_THAT(text,
              HasSubstr("again:   reprise replay --scenario=harsh-random-keys "
                        "--seed=417 --bug=put-not-deduplicated "
                        "--option=clients=2 --trace\n"));
  EXPECT_THAT(text, Not(HasSubstr("bazel:")));
}

TEST(ReportTest, LimitsThatAreNotUsualArePartOfTheCommand) {
  const Scenario scenario = LabScenario();
  EXPECT_EQ(
      LimitFlags(
          scenario,
          {.max_steps = scenario.max_steps, .max_time = scenario.max_time}, {}),
      "");
  const std::string flags = LimitFlags(
      scenario,
      {.max_steps = 10, .max_time = VirtualTime::Seconds(7) + Nanoseconds(1)},
      {.stuck_seconds = 1'000'000});
  EXPECT_EQ(flags, "--max-steps=10 --max-time=8 --watchdog=1000000");
  const std::string text = DescribeFailure({.scenario = scenario,
                                            .program = "reprise",
                                            .replay_file = "out/a.json",
                                            .flags = flags},
                                           Violated());
  EXPECT_THAT(text, HasSubstr("again:   reprise replay out/a.json " + flags +
                              " --trace\n"));
  EXPECT_THAT(text, Not(HasSubstr("bazel:")));
}

TEST(ReportTest, ASeedThatDiffersIsRunTwiceAgain) {
  const Scenario scenario = LabScenario();
  TrialResult result = Violated();
  result.verdict.property = "determinism";
  EXPECT_THAT(DescribeFailure({.scenario = scenario}, result),
              HasSubstr("--seed=417 --check-determinism --trace\n"));
  EXPECT_THAT(DescribeFailure(
                  {.scenario = scenario, .replay_file = "out/a.json"}, result),
              HasSubstr("replay out/a.json --trace\n"));
}

TEST(ReportTest, TellsTheStoryAndHowToLookAndToDebug) {
  const Scenario scenario = LabScenario();
  const TrialOrigin origin{.scenario = scenario,
                           .program = "tools/reprise",
                           .replay_file = "out/a.json",
                           .debugged_program = "bin/reprise"};
  const FailureStory story{.sentences = {"clerk-3 asks.", "It is answered."},
                           .event = 60};
  const std::string text = DescribeFailure(origin, Violated(), false, story);
  EXPECT_THAT(text, HasSubstr("read \"x 1 4 y\"\n"
                              "  1. clerk-3 asks.\n"
                              "  2. It is answered.\n"
                              "  faults in this run: 11"));
  EXPECT_THAT(
      text,
      HasSubstr("  again:   tools/reprise replay out/a.json --trace\n"
                "  look:    tools/reprise replay out/a.json --html=run.html\n"
                "  debug:   gdb -ex run --args bin/reprise replay out/a.json "
                "--until=60 --break\n"));
}

TEST(ReportTest, LooksAtThePageWhereThereIsOne) {
  const Scenario scenario = LabScenario();
  const FailureStory story{.sentences = {"It fails."}, .page = "out/a b.html"};
  TrialResult result = Violated();
  result.events = 99;
  const std::string text =
      DescribeFailure({.scenario = scenario}, result, false, story);
  EXPECT_THAT(text, HasSubstr("  look:    xdg-open 'out/a b.html'\n"));
  EXPECT_THAT(text, HasSubstr("--until=99 --break\n"));
}

TEST(ReportTest, NamesFurtherViolations) {
  TrialResult result = Violated();
  for (int i = 0; i < 5; ++i) {
    result.verdict.also.push_back({"value-check", "item 3 twice\nand more"});
  }
  const std::string text = DescribeVerdict("s", result);
  EXPECT_THAT(text, HasSubstr("  also value-check: item 3 twice\n"));
  EXPECT_THAT(text, HasSubstr("  also 2 more violations\n"));
}

TEST(ReportTest, CutsEndlessEvidence) {
  TrialResult result = Violated();
  result.verdict.message.clear();
  for (int i = 0; i < 1000; ++i) result.verdict.message += "task waits\n";
  EXPECT_THAT(DescribeVerdict("s", result), HasSubstr("... 960 more lines"));
}

TEST(ReportTest, SaysHoldsInOneLine) {
  EXPECT_EQ(DescribeVerdict("lab-basic", {.seed = Seed(7)}),
            "lab-basic · seed 7 · holds\n");
}

TEST(ReportTest, UndecidedStandsOut) {
  TrialResult result;
  result.verdict = {.kind = VerdictKind::kUndecided, .message = "too much"};
  EXPECT_EQ(DescribeVerdict("s", result),
            "s · seed 0 · UNDECIDED\n  too much\n");
}

TEST(ReportTest, CountsFaults) {
  EXPECT_EQ(DescribeFaults({}), "none");
  EXPECT_EQ(DescribeFaults({{Fault::kRequestLoss, 1}, {Fault::kReplyLoss, 1}}),
            "1 request and 1 reply lost");
  EXPECT_EQ(DescribeFaults({{Fault::kReplyLoss, 1'200}}), "1,200 replies lost");
  EXPECT_EQ(DescribeFaults({{Fault::kDuplicate, 1}}), "1 duplicate");
  EXPECT_EQ(DescribeFaults({{Fault::kRequestLoss, 3},
                            {Fault::kCorruption, 2},
                            {Fault::kOverflow, 1},
                            {Fault::kPartition, 1},
                            {Fault::kCrash, 2},
                            {Fault::kFaultSite, 9},
                            {Fault::kBitRot, 1},
                            {Fault::kLostName, 3}}),
            "3 requests lost, 2 corrupted, 1 overflow, 1 partition, "
            "2 crashes, 9 fault sites, 1 rotten bit, 3 lost file names");
}

TEST(ReportTest, QuotesForAShell) {
  EXPECT_EQ(ShellWord("out/a-1.json"), "out/a-1.json");
  EXPECT_EQ(ShellWord("my out/a.json"), "'my out/a.json'");
  EXPECT_EQ(ShellWord("it's"), "'it'\\''s'");
  EXPECT_EQ(ShellWord(""), "''");
}

TEST(ReportTest, NamesTests) {
  EXPECT_EQ(TestName("harsh-random-keys"), "harsh_random_keys");
}

ScenarioSweep Swept(const std::string& name, uint64_t planned,
                    const SweepTotals& totals) {
  ScenarioSweep sweep{.scenario = name, .seeds_planned = planned, .seconds = 2};
  sweep.result.totals = totals;
  return sweep;
}

TEST(ReportTest, ASweepIsATable) {
  const SweepReport report{
      .scenarios = {Swept("lab-basic", 20,
                          {.seeds = 20,
                           .passed = 20,
                           .calls = 612'345,
                           .virtual_microseconds = 60'000'000}),
                    Swept("harsh-random-keys", 2000,
                          {.seeds = 2000,
                           .passed = 2000,
                           .calls = 2'100'000,
                           .virtual_microseconds = 6'000'000'000,
                           .repeated = 101})},
      .seconds = 4.04,
      .jobs = 2};
  EXPECT_EQ(DescribeSweep(report),
            "scenario           seeds  seeds/s  virtual/wall  calls  verdict\n"
            "lab-basic             20     10.0         30.0x  0.6 M  holds\n"
            "harsh-random-keys  2,000    1,000        3,000x  2.1 M  holds\n"
            "2 scenarios, 2,020 seeds, all hold · 101 repeated in a "
            "second process · 4.0 s in 2 processes\n");
}

TEST(ReportTest, ASweepNamesWhatDidNotHold) {
  const SweepReport report{
      .scenarios = {Swept(
          "a", 10, {.seeds = 8, .passed = 5, .violated = 2, .undecided = 1})},
      .seconds = 1};
  const std::string text = DescribeSweep(report);
  EXPECT_THAT(text, HasSubstr("2 violated, 1 undecided, of 10 seeds\n"));
  EXPECT_THAT(text,
              HasSubstr("1 scenario, 8 seeds, 2 violated, 1 undecided, ended "
                        "before 2 more seeds · 1.0 s in 1 process\n"));
}

TEST(ReportTest, NothingRunIsNotAllHold) {
  const SweepReport report{.scenarios = {Swept("a", 10, {})}, .seconds = 0};
  EXPECT_THAT(DescribeSweep(report), Not(HasSubstr("all hold")));
}

}  // namespace
}  // namespace reprise
