#include "reprise/sim/explore/isolation/isolated_trial.h"

#include <atomic>
#include <cstdlib>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/sanitizer.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/testing/deadly_catalog.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_text.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

// How a deadly trial ends: what its verdict says.
struct Ending {
  std::string scenario;
  std::string property;  // Empty: undecided.
  std::vector<std::string> says;

  friend void PrintTo(const Ending& ending, std::ostream* out) {
    *out << ending.scenario;
  }
};

class EndingTest : public testing::TestWithParam<Ending> {};

TEST_P(EndingTest, IsTheTrialsVerdict) {
  const Scenario scenario = Deadly(GetParam().scenario);
  const IsolationOptions isolation{.watch = {.stuck_seconds = 0.1}};
  const std::optional<IsolatedTrial> trial =
      RunIsolated(scenario, {.seed = Seed(5)}, isolation);
  ASSERT_TRUE(trial.has_value());
  const Verdict& verdict = trial->recorded.result.verdict;
  EXPECT_EQ(verdict.property, GetParam().property);
  EXPECT_EQ(verdict.kind, GetParam().property.empty() ? VerdictKind::kUndecided
                                                      : VerdictKind::kViolated);
  for (const std::string& text : GetParam().says) {
    EXPECT_THAT(verdict.message, HasSubstr(text));
  }
}

TEST_P(EndingTest, TheOtherSeedsHold) {
  const Scenario scenario = Deadly(GetParam().scenario);
  const std::optional<IsolatedTrial> trial =
      RunIsolated(scenario, {.seed = Seed(6)}, {});
  ASSERT_TRUE(trial.has_value());
  EXPECT_EQ(trial->recorded.result.verdict.kind, VerdictKind::kHolds);
}

// What only a plain build says: the sanitizers end a process in their own way.
std::vector<Ending> Endings() {
  std::vector<Ending> endings = {
      {"throws",
       "no-crash",
       {"node server, task \"work\" threw std::runtime_error: no luck at "}},
      {"throws-in-scenario",
       "no-crash",
       {"the scenario's own code threw std::runtime_error: no luck"}},
      {"aborts",
       "no-crash",
       {"node server, task \"work\" was ended by signal 6", " at 0."}},
      {"checks",
       "no-crash",
       {"signal 6", "it printed:", "check failed: 1 > 2: no luck"}},
      {"traps", "no-crash", {"node server, task \"work\" was ended by"}},
      {"exits", "no-crash", {"ended the process by exit() at 0."}},
      {"exits-at-once", "no-crash", {"ended the process with status 7"}},
      {"killed", "", {"somebody killed the process"}},
      {"spins",
       "",
       {"node server, task \"work\" did not suspend for seconds", "Spin()"}},
      {"spins-in-scenario", "", {"the scenario's own code did not end"}},
      {"yields", "", {"its budget of 200000 steps", "server: 19"}},
      {"naps", "", {"its budget of 200000 steps", "waits for the clock"}},
      {"retries", "", {"its budget of 200000 steps", "nobody-serves-this"}},
      {"sleeps", "", {"node server, task \"work\" did not suspend"}},
      {"hungry", "", {"found no memory left"}}};
#if !defined(REPRISE_ADDRESS_SANITIZER) && !defined(REPRISE_THREAD_SANITIZER)
  endings.push_back({"segfault",
                     "no-crash",
                     {"node server, task \"work\" was ended by signal 11",
                      "WriteNowhere()"}});
  endings.push_back({"divides", "no-crash", {"signal 8", "Divide()"}});
  endings.push_back({"overflows",
                     "no-crash",
                     {"node server, task \"work\" overflowed its stack of",
                      "Recurse(", " times)"}});
#endif
  return endings;
}

std::string NameOf(const testing::TestParamInfo<Ending>& info) {
  std::string name = info.param.scenario;
  for (char& c : name) c = c == '-' ? '_' : c;
  return name;
}

INSTANTIATE_TEST_SUITE_P(Deaths, EndingTest, testing::ValuesIn(Endings()),
                         NameOf);

TEST(IsolatedTrialTest, ATrialThatEndsByItselfIsAsItIsHere) {
  const Scenario tally = Toy("tally");
  const TrialOptions options{.seed = Seed(3), .bug = "counts-twice"};
  TrialArena arena;
  const RecordedTrial here = RunRecordedTrial(tally, options, arena);
  const std::optional<IsolatedTrial> there = RunIsolated(tally, options, {});
  ASSERT_TRUE(there.has_value());
  EXPECT_FALSE(there->has_died);
  EXPECT_EQ(DescribeResult(there->recorded.result),
            DescribeResult(here.result));
  EXPECT_EQ(there->recorded.result.mix, here.result.mix);
  EXPECT_EQ(there->recorded.result.network.calls, here.result.network.calls);
  EXPECT_EQ(there->recorded.schedule, here.schedule);
  EXPECT_EQ(there->recorded.options, here.options);
}

TEST(IsolatedTrialTest, ADeathIsTheSameEachTime) {
  const Scenario scenario = Deadly("aborts");
  const std::optional<IsolatedTrial> first =
      RunIsolated(scenario, {.seed = Seed(10)}, {});
  const std::optional<IsolatedTrial> second =
      RunIsolated(scenario, {.seed = Seed(10)}, {});
  EXPECT_TRUE(first->has_died);
  EXPECT_GT(first->recorded.result.events, 0u);
  EXPECT_EQ(DescribeResult(first->recorded.result),
            DescribeResult(second->recorded.result));
  EXPECT_EQ(first->recorded.schedule, second->recorded.schedule);
}

TEST(IsolatedTrialTest, TheRecordingOfADeathPlaysToTheSameDeath) {
  const Scenario scenario = Deadly("aborts");
  const std::optional<IsolatedTrial> first =
      RunIsolated(scenario, {.seed = Seed(10)}, {});
  EXPECT_THAT(first->recorded.schedule, Not(IsEmpty()));
  EXPECT_THAT(first->recorded.options, ElementsAre(OptionValue{"calls", 3}));
  const Edits edits{.base = Base::kCalm, .schedule = first->recorded.schedule};
  const std::optional<IsolatedTrial> played =
      RunIsolated(scenario, {.seed = Seed(11), .edits = &edits}, {});
  // Another seed: the schedule answers, and the deed is the seed's.
  EXPECT_FALSE(played->has_died);
  const std::optional<IsolatedTrial> again =
      RunIsolated(scenario, {.seed = Seed(10), .edits = &edits}, {});
  EXPECT_TRUE(again->has_died);
  EXPECT_EQ(again->recorded.result.digest, first->recorded.result.digest);
}

TEST(IsolatedTrialTest, StopsWhenAsked) {
  std::atomic<int> asked = 0;
  const IsolationOptions isolation{.should_stop = [&] { return ++asked > 3; }};
  EXPECT_FALSE(RunIsolated(Deadly("sleeps"), {.seed = Seed(5)}, isolation));
}

TEST(IsolatedTrialTest, ARefusalIsNoDeath) {
  const std::optional<IsolatedTrial> trial =
      RunIsolated(Toy("refused"), {.seed = Seed(1)}, {});
  ASSERT_TRUE(trial.has_value());
  EXPECT_TRUE(trial->is_refusal);
  EXPECT_THAT(trial->printed, HasSubstr("expected"));
}

TEST(IsolatedTrialTest, ATrialThatDiedLeavesTheLastLinesOfItsLog) {
  const auto run = [](Trial& trial) {
    World& world = trial.NewWorld(fault::Calm());
    world.AddNode("server").Spawn([](Env& env) {
      env.Log(LogLevel::kWarning, "gives up", {{"attempts", 3}});
      std::abort();
    });
    trial.Run();
  };
  const std::optional<IsolatedTrial> trial =
      RunIsolated({.name = "logs", .run = run}, {.seed = Seed(1)}, {});
  EXPECT_TRUE(trial->has_died);
  EXPECT_EQ(trial->recorded.result.log,
            "0.000 000 s  server  warning: gives up attempts=3\n");
}

TEST(IsolatedTrialTest, TellsTextsInTheirOrder) {
  std::vector<std::string> told;
  const Scenario tally = Toy("tally");
  const IsolationOptions isolation{
      .run =
          [&](const TrialOptions& options, const Teller& tell) {
            tell.TellText("before");
            TrialArena arena;
            RecordedTrial trial = RunRecordedTrial(tally, options, arena);
            tell.TellText("after");
            return trial;
          },
      .on_text = [&](std::string_view text) { told.emplace_back(text); }};
  EXPECT_TRUE(RunIsolated(tally, {.seed = Seed(1)}, isolation));
  EXPECT_THAT(told, ElementsAre("before", "after"));
}

TEST(IsolatedTrialTest, KeepsWhichOperationsContradictEachOther) {
  const IsolationOptions isolation{
      .run = [](const TrialOptions&, const Teller&) {
        RecordedTrial trial;
        trial.result.verdict = {.kind = VerdictKind::kViolated,
                                .property = "linearizability",
                                .operations = {7, 3}};
        return trial;
      }};
  const std::optional<IsolatedTrial> trial =
      RunIsolated(Toy("tally"), {.seed = Seed(1)}, isolation);
  EXPECT_THAT(trial->recorded.result.verdict.operations, ElementsAre(7, 3));
}

TEST(IsolatedTrialTest, TellsEventsUntilTheProcessDies) {
  const Scenario scenario = Deadly("segfault");
  std::vector<std::string> told;
  const IsolationOptions isolation{
      .run =
          [&](const TrialOptions& options, const Teller& tell) {
            tell.TellEvent({.kind = EventKind::kNote, .id = 7}, "kept", false);
            tell.TellEvent({.kind = EventKind::kLogged}, "shown", true);
            TrialArena arena;
            return RunRecordedTrial(scenario, options, arena);
          },
      .on_event =
          [&](const TraceEvent& event, std::string_view content,
              bool is_shown) {
            told.push_back(absl::StrCat(KindName(event.kind).data(), " ",
                                        event.id, " ", std::string(content),
                                        is_shown ? " shown" : ""));
          }};
  const std::optional<IsolatedTrial> trial =
      RunIsolated(scenario, {.seed = Seed(5)}, isolation);
  ASSERT_TRUE(trial.has_value());
  EXPECT_TRUE(trial->has_died);
  EXPECT_THAT(told, ElementsAre("note 7 kept", "logged 0 shown shown"));
}

}  // namespace
}  // namespace reprise
