#include "reprise/sim/explore/trial/trial.h"

#include <ctime>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/sim/core/forbidden_calls.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/operation_content.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using checker::OperationKind;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class TrialTest : public testing::Test {
 protected:
  TrialOptions options_{.seed = Seed(7)};
  TrialArena arena_;
};

TEST_F(TrialTest, OptionsKeepTheirDefaults) {
  Trial trial(options_, arena_);
  EXPECT_EQ(trial.Option("clients", 5), 5);
  EXPECT_THAT(trial.asked_options(), ElementsAre(OptionValue{"clients", 5}));
}

TEST_F(TrialTest, OptionsCanBeReplaced) {
  options_.options = {{"clients", 2}};
  Trial trial(options_, arena_);
  EXPECT_EQ(trial.Option("clients", 5), 2);
  EXPECT_EQ(trial.Option("clients", 9), 2);
  EXPECT_EQ(trial.Option("keys", 3), 3);
  EXPECT_THAT(trial.asked_options(),
              ElementsAre(OptionValue{"clients", 2}, OptionValue{"keys", 3}));
}

TEST_F(TrialTest, AnArenaRemembersNothing) {
  {
    Trial trial(options_, arena_);
    trial.NewWorld(fault::Calm());
    trial.Option("clients", 5);
    trial.Invoke(NodeId(0), 0, OperationKind::kGet, "k", "");
  }
  Trial trial(options_, arena_);
  EXPECT_TRUE(trial.history().empty());
  EXPECT_THAT(trial.asked_options(), IsEmpty());
}

TEST_F(TrialTest, WorkloadDrawsDependOnSeedClientAndOperationAlone) {
  Trial trial(options_, arena_);
  const uint64_t draw = trial.Workload(3, 9).Next();
  EXPECT_EQ(Trial(options_, arena_).Workload(3, 9).Next(), draw);
  EXPECT_NE(trial.Workload(3, 10).Next(), draw);
  EXPECT_NE(trial.Workload(4, 9).Next(), draw);
  const TrialOptions other{.seed = Seed(8)};
  EXPECT_NE(Trial(other, arena_).Workload(3, 9).Next(), draw);
}

TEST_F(TrialTest, WorkloadDrawsAreTheSameEverywhere) {
  Trial trial(options_, arena_);
  EXPECT_EQ(trial.Workload(0, 0).Next(), 9435059483838352877u);
  EXPECT_EQ(trial.Workload(1, 2).Next(), 3356061579266931545u);
}

// Keeps the events of operations.
class OperationSink : public TraceSink {
 public:
  void OnEvent(const TraceEvent& event, std::string_view content) override {
    if (event.kind != EventKind::kOperationCalled &&
        event.kind != EventKind::kOperationReturned) {
      return;
    }
    events.push_back(event);
    contents.emplace_back(content);
  }
  std::vector<TraceEvent> events;
  std::vector<std::string> contents;
};

TEST_F(TrialTest, OperationsEnterHistoryAndTrace) {
  OperationSink sink;
  options_.sink = &sink;
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  const auto put = trial.Invoke(NodeId(2), 4, OperationKind::kPut, "k", "v");
  trial.Return(NodeId(2), put, "");
  const auto get = trial.Invoke(NodeId(2), 4, OperationKind::kGet, "k", "");
  trial.Return(NodeId(2), get, "v");

  EXPECT_EQ(trial.history()[put].answer, checker::Answer::kDone);
  EXPECT_EQ(trial.history().Output(get), "v");
  EXPECT_EQ(trial.history()[get].client, 4);
  ASSERT_EQ(sink.events.size(), 4u);
  EXPECT_EQ(sink.events[0].node, NodeId(2));
  EXPECT_EQ(sink.events[0].value, static_cast<uint64_t>(OperationKind::kPut));
  EXPECT_EQ(sink.events[0].bytes, 1u);
  EXPECT_EQ(SplitOperation(sink.contents[0]).key, "k");
  EXPECT_EQ(SplitOperation(sink.contents[0]).value, "v");
  EXPECT_THAT(sink.contents, ElementsAre("1:kv", "", "1:k", "v"));
}

TEST_F(TrialTest, ASinkDoesNotChangeTheDigest) {
  OperationSink sink;
  TrialOptions watched = options_;
  watched.sink = &sink;
  uint64_t digests[2];
  int next = 0;
  for (const TrialOptions* options : {&options_, &watched}) {
    Trial trial(*options, arena_);
    trial.NewWorld(fault::Calm());
    trial.Invoke(NodeId(0), 0, OperationKind::kPut, "k", "v");
    digests[next++] = trial.Finish().digest;
  }
  EXPECT_EQ(digests[0], digests[1]);
}

TEST_F(TrialTest, TheKeyOfAnOperationIsPartOfTheDigest) {
  uint64_t digests[2];
  int next = 0;
  for (const char* key : {"a", "b"}) {
    Trial trial(options_, arena_);
    trial.NewWorld(fault::Calm());
    trial.Invoke(NodeId(0), 0, OperationKind::kPut, key, "v");
    digests[next++] = trial.Finish().digest;
  }
  EXPECT_NE(digests[0], digests[1]);
}

TEST_F(TrialTest, HoldsWhenEveryPropertyHolds) {
  Trial trial(options_, arena_);
  trial.Expect(true, "order", "never said");
  EXPECT_FALSE(trial.violated());
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.verdict, Verdict());
  EXPECT_EQ(result.seed, Seed(7));
}

TEST_F(TrialTest, TheFirstViolationNamesTheVerdict) {
  Trial trial(options_, arena_);
  trial.Expect(false, "order", "b before a");
  trial.Violate("loss", "c is gone");
  trial.Undecided("too much");
  EXPECT_TRUE(trial.violated());
  EXPECT_EQ(trial.Finish().verdict, (Verdict{.kind = VerdictKind::kViolated,
                                             .property = "order",
                                             .message = "b before a",
                                             .also = {{"loss", "c is gone"}}}));
}

TEST_F(TrialTest, AViolationOutweighsUndecided) {
  Trial trial(options_, arena_);
  trial.Undecided("too much");
  trial.Violate("order", "b before a");
  EXPECT_EQ(trial.Finish().verdict.kind, VerdictKind::kViolated);
}

TEST_F(TrialTest, AViolationKeepsWhyTheTrialWasUndecided) {
  Trial trial(options_, arena_);
  trial.Undecided("too much");
  trial.Expect(false, "order", "b before a");
  EXPECT_EQ(trial.Finish().verdict,
            (Verdict{.kind = VerdictKind::kViolated,
                     .property = "order",
                     .message = "b before a\n"
                                "before that, the trial was undecided: too "
                                "much"}));
}

TEST_F(TrialTest, AViolationAlwaysHasEvidence) {
  Trial trial(options_, arena_);
  trial.Undecided("too much");
  trial.Expect(false, "order", "");
  trial.Expect(false, "loss", "");
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_THAT(verdict.message,
              testing::StartsWith("the property does not hold"));
  EXPECT_THAT(verdict.also,
              ElementsAre(Finding{"loss", "the property does not hold"}));
}

TEST_F(TrialTest, AViolationCanStopTheTrial) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("judge").Spawn([&](Env& env) {
    trial.Violate("loss", "c is gone");
    env.clock().SleepFor(Milliseconds(5));
    trial.ViolateAndStop("order", "b before a");
    trial.Violate("later", "is passed over");
    env.clock().SleepFor(Milliseconds(5));
    ADD_FAILURE() << "the world went on";
  });
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  trial.Expect(false, "later", "is passed over");
  trial.Undecided("is passed over");
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.verdict, (Verdict{.kind = VerdictKind::kViolated,
                                     .property = "loss",
                                     .message = "c is gone",
                                     .also = {{"order", "b before a"}}}));
  EXPECT_EQ(result.virtual_time, VirtualTime::Milliseconds(5));
}

TEST_F(TrialTest, AViolationOutsideOfARunStopsTheNext) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("idler").Spawn([](Env&) {
    ADD_FAILURE() << "the world ran";
  });
  trial.ViolateAndStop("order", "b before a");
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  EXPECT_EQ(trial.Finish().verdict.property, "order");
}

TEST_F(TrialTest, UndecidedIsNotAPass) {
  Trial trial(options_, arena_);
  trial.Expect(true, "order", "");
  trial.Undecided("too much");
  trial.Undecided("and more");
  EXPECT_EQ(trial.Finish().verdict,
            (Verdict{.kind = VerdictKind::kUndecided, .message = "too much"}));
}

TEST_F(TrialTest, AScenarioWithoutPropertiesIsUndecided) {
  Trial trial(options_, arena_);
  EXPECT_EQ(trial.Finish().verdict.kind, VerdictKind::kUndecided);
}

TEST_F(TrialTest, KeepsOnlySoManyViolations) {
  Trial trial(options_, arena_);
  for (int i = 0; i < 1000; ++i) trial.Violate("order", "again");
  EXPECT_LT(trial.Finish().verdict.also.size(), 100u);
}

TEST_F(TrialTest, TakesTheCheckersVerdicts) {
  checker::Verdict violated;
  violated.outcome = checker::Outcome::kViolated;
  violated.contradiction.sentence = "key \"k\": read nothing";
  Trial trial(options_, arena_);
  trial.Expect(checker::Verdict());
  EXPECT_FALSE(trial.violated());
  trial.Expect(violated);
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.property, "linearizability");
  EXPECT_EQ(verdict.message, "key \"k\": read nothing");

  checker::Verdict undecided;
  undecided.outcome = checker::Outcome::kUndecided;
  undecided.exhaustion.sentence = "4,000,000 states";
  Trial other(options_, arena_);
  other.Expect(undecided);
  EXPECT_EQ(other.Finish().verdict.message, "4,000,000 states");
}

TEST_F(TrialTest, ADeadlockNamesWhoWaits) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("hermit").Spawn([](Env&) {
    Future<int>("a visitor").Get();
  });
  EXPECT_EQ(trial.Run().end, RunEnd::kDeadlocked);
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.property, "no-deadlock");
  EXPECT_THAT(verdict.message, HasSubstr("hermit"));
  EXPECT_THAT(verdict.message, HasSubstr("a visitor"));
}

TEST_F(TrialTest, AnEndlessTrialIsUndecided) {
  options_.max_steps = 1000;
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("hamster").Spawn([](Env& env) {
    while (true) env.clock().SleepFor(Milliseconds(1));
  });
  EXPECT_EQ(trial.Run().end, RunEnd::kOutOfBudget);
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::kUndecided);
  EXPECT_THAT(verdict.message, HasSubstr("budget of 1000 steps"));
}

// Reads "a" over and over, which nobody wrote.
void ReadForEver(Trial& trial) {
  trial.NewWorld(fault::Calm()).AddNode("reader").Spawn([&](Env& env) {
    while (true) {
      env.clock().SleepFor(Milliseconds(5));
      const auto get = trial.Invoke(env.id(), 0, OperationKind::kGet, "k", "");
      trial.Return(env.id(), get, "a");
    }
  });
}

TEST_F(TrialTest, StopsAtTheFirstIllegalResponse) {
  Trial trial(options_, arena_);
  ReadForEver(trial);
  trial.StopWhenIllegal();
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  EXPECT_EQ(Linearizable(trial).outcome, checker::Outcome::kViolated);
  trial.Expect(false, "later", "says nothing about a trial cut short");
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.verdict.property, "linearizability");
  EXPECT_THAT(result.verdict.message, HasSubstr("the trial ended at 0.005"));
  EXPECT_THAT(result.verdict.also, IsEmpty());
  EXPECT_EQ(result.operations, 1u);
  EXPECT_EQ(result.virtual_time, VirtualTime::Milliseconds(5));
}

TEST_F(TrialTest, JudgesAtTheEndWhatCannotBeJudgedOnTheWay) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("client").Spawn([&](Env& env) {
    const auto put = [&](int client) {
      return trial.Invoke(env.id(), client, OperationKind::kPut, "k", "twice");
    };
    const auto first = put(0);
    const auto second = put(1);
    const auto get = trial.Invoke(env.id(), 2, OperationKind::kGet, "k", "");
    trial.Return(env.id(), get, "a");
    trial.Return(env.id(), first, "");
    trial.Return(env.id(), second, "");
  });
  trial.StopWhenIllegal();
  EXPECT_EQ(trial.Run().end, RunEnd::kIdle);
  trial.Expect(Linearizable(trial));
  EXPECT_EQ(trial.Finish().verdict.property, "linearizability");
}

TEST_F(TrialTest, ReportsMemory) {
  Trial trial(options_, arena_);
  trial.Expect(true, "memory", "");
  trial.ReportMemory(100, 200);
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.held_bytes, 100u);
  EXPECT_EQ(result.limit_bytes, 200u);
}

using TrialDeathTest = TrialTest;

TEST_F(TrialDeathTest, AGetWritesNoValue) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  EXPECT_DEATH(trial.Invoke(NodeId(0), 3, OperationKind::kGet, "k", "value"),
               "client 3 invokes a Get with a value of 5 bytes; a Get writes "
               "none");
}

TEST_F(TrialDeathTest, OnlyKeyValueOperationsAreInvoked) {
  Trial trial(options_, arena_);
  EXPECT_DEATH(trial.Invoke(NodeId(0), 3, OperationKind::kGet, "k", ""),
               "NewWorld");
  trial.NewWorld(fault::Calm());
  EXPECT_DEATH(trial.Invoke(NodeId(0), 3, OperationKind::kCas, "k", "v"),
               "client 3 invokes something other than a Get");
}

TEST_F(TrialDeathTest, AnOperationReturnsOnceAfterItsInvocation) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  EXPECT_DEATH(trial.Return(NodeId(0), 7, ""), "operation #7 returns, but");
  EXPECT_DEATH(trial.ReturnUnobserved(NodeId(0), 7),
               "operation #7 returns, but");
  const auto get = trial.Invoke(NodeId(0), 3, OperationKind::kGet, "k", "");
  trial.Return(NodeId(0), get, "");
  EXPECT_DEATH(trial.Return(NodeId(0), get, ""),
               "operation #0 of client 3 returns a second time");
}

TEST_F(TrialDeathTest, AnOperationReturnsWhatItsKindDoes) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  const auto put = trial.Invoke(NodeId(0), 3, OperationKind::kPut, "k", "v");
  EXPECT_DEATH(trial.Return(NodeId(0), put, "v"),
               "operation #0 is a Put and returns an output of 1 bytes");
  const auto get = trial.Invoke(NodeId(0), 4, OperationKind::kGet, "k", "");
  EXPECT_DEATH(trial.ReturnUnobserved(NodeId(0), get),
               "operation #1 is a Get and returns without its value");
}

TEST_F(TrialDeathTest, JudgingOnTheWayBeginsBeforeTheHistory) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  trial.Invoke(NodeId(0), 3, OperationKind::kPut, "k", "v");
  EXPECT_DEATH(trial.StopWhenIllegal(), "comes before the first operation");
}

TEST_F(TrialDeathTest, AViolatedPropertyHasAName) {
  Trial trial(options_, arena_);
  EXPECT_DEATH(trial.Violate("", "b before a"), "has a name");
}

TEST_F(TrialDeathTest, RefusesAnOptionOutsideItsRange) {
  options_.options = {{"clients", -1}};
  Trial trial(options_, arena_);
  EXPECT_EXIT(trial.Option("clients", 5, {.first = 1, .last = 9}),
              testing::ExitedWithCode(2),
              "option clients is -1, expected 1..9");
}

TEST_F(TrialDeathTest, HasOneWorld) {
  Trial trial(options_, arena_);
  EXPECT_DEATH(trial.world(), "NewWorld");
  trial.NewWorld(fault::Calm());
  EXPECT_DEATH(trial.NewWorld(fault::Calm()), "one world");
}

// A trial whose only node looks at the wall clock.
TrialResult RunWithWallClock(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  world.AddNode("dreamer").Spawn([](Env&) {
    // tidy: allow(wall-clock) what the sandbox must notice
    std::time(nullptr);
  });
  trial.Run();
  return trial.Finish();
}

TEST_F(TrialTest, ACallThatIsForbiddenViolatesSandbox) {
  if (!IsSandboxLinked()) GTEST_SKIP() << "off under this sanitizer";
  Trial trial(options_, arena_);
  const Verdict verdict = RunWithWallClock(trial).verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::kViolated);
  EXPECT_EQ(verdict.property, "sandbox");
  EXPECT_THAT(verdict.message,
              HasSubstr("code of a node called time: the wall clock outside "
                        "its env.\n"));
  EXPECT_THAT(verdict.message, HasSubstr("node \"dreamer\""));
  EXPECT_THAT(verdict.message, Not(HasSubstr("Scheduler::")));
  EXPECT_THAT(verdict.message, Not(HasSubstr("std::__invoke")));
  EXPECT_THAT(verdict.also, IsEmpty());
}

// It explains what went wrong after it, also in the same run.
TEST_F(TrialTest, ACallThatIsForbiddenComesBeforeOtherViolations) {
  if (!IsSandboxLinked()) GTEST_SKIP() << "off under this sanitizer";
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm()).AddNode("dreamer").Spawn([&](Env&) {
    // tidy: allow(wall-clock) what the sandbox must notice
    std::time(nullptr);
    trial.Violate("loss", "c is gone");
    trial.ViolateAndStop("order", "b before a");
  });
  trial.Run();
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.property, "sandbox");
  EXPECT_THAT(verdict.also, ElementsAre(Finding{"loss", "c is gone"},
                                        Finding{"order", "b before a"}));
}

TEST_F(TrialTest, AScenarioMayAllowACall) {
  Trial trial(options_, arena_);
  trial.Allow(Forbidden::kWallClock);
  EXPECT_EQ(RunWithWallClock(trial).verdict.kind, VerdictKind::kHolds);
}

}  // namespace
}  // namespace reprise
