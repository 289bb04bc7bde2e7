// Operations that a trial records: in its history and its trace, judged on the
// way, and refused where they cannot be.

#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/models/mutex.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/run_result.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/operation_content.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using checker::Caller;
using checker::KeyValueModel;
using checker::MutexModel;
using checker::OperationKind;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class TrialOperationsTest : public testing::Test {
 protected:
  TrialOptions options_{.seed = Seed(7)};
  TrialArena arena_;
};

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

TEST_F(TrialOperationsTest, OperationsEnterHistoryAndTrace) {
  OperationSink sink;
  options_.sink = &sink;
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  Recorder<KeyValueModel> recorder(trial);
  const Caller caller = {.client = 4, .place = 2};
  const auto put = recorder.Invoke(caller, OperationKind::kPut, "k", "v");
  recorder.Return(put, "");
  const auto get = recorder.Invoke(caller, OperationKind::kGet, "k", "");
  recorder.Return(get, "v");

  EXPECT_EQ(recorder.history()[put].answer, checker::Answer::kDone);
  EXPECT_EQ(recorder.history().Output(get), "v");
  EXPECT_EQ(recorder.history()[get].client, 4);
  EXPECT_EQ(trial.operations(), 2u);
  ASSERT_EQ(sink.events.size(), 4u);
  EXPECT_EQ(sink.events[0].node, NodeId(2));
  EXPECT_EQ(sink.events[0].value, static_cast<uint64_t>(OperationKind::kPut));
  EXPECT_EQ(sink.events[0].bytes, 1u);
  EXPECT_EQ(SplitOperation(sink.contents[0]).key, "k");
  EXPECT_EQ(SplitOperation(sink.contents[0]).value, "v");
  EXPECT_THAT(sink.contents, ElementsAre("1:kv", "", "1:k", "v"));
}

TEST_F(TrialOperationsTest, OperationsOfAnyModelEnterTheTraceWhole) {
  OperationSink sink;
  options_.sink = &sink;
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  Recorder<MutexModel> recorder(trial);
  const auto first = recorder.Invoke({.client = 1}, {.key = "door"});
  const auto second = recorder.Invoke({.client = 2}, {.key = "door"});
  recorder.Return(first, {});
  recorder.Fail(second);
  EXPECT_THAT(sink.contents,
              ElementsAre("acquire(\"door\")", "acquire(\"door\")",
                          "acquire(\"door\") = true", ""));
  EXPECT_EQ(sink.events[2].value, kNamedOperation);
  EXPECT_EQ(sink.events[3].value, kFailedOperation);
  EXPECT_EQ(sink.events[3].id, second);
}

TEST_F(TrialOperationsTest, RecordersNumberTheirOperationsApart) {
  OperationSink sink;
  options_.sink = &sink;
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  Recorder<MutexModel> locks(trial);
  Recorder<KeyValueModel> store(trial);
  locks.Invoke({}, {});
  store.Invoke({}, OperationKind::kGet, "k", "");
  EXPECT_NE(sink.events[0].id, sink.events[1].id);
  EXPECT_EQ(trial.operations(), 2u);
}

TEST_F(TrialOperationsTest, ASinkDoesNotChangeTheDigest) {
  OperationSink sink;
  TrialOptions watched = options_;
  watched.sink = &sink;
  uint64_t digests[2];
  int next = 0;
  for (const TrialOptions* options : {&options_, &watched}) {
    Trial trial(*options, arena_);
    trial.NewWorld(fault::Calm());
    Recorder<KeyValueModel> store(trial);
    Recorder<MutexModel> locks(trial);
    store.Invoke({}, OperationKind::kPut, "k", "v");
    locks.Invoke({}, {});
    digests[next++] = trial.Finish().digest;
  }
  EXPECT_EQ(digests[0], digests[1]);
}

TEST_F(TrialOperationsTest, TheKeyOfAnOperationIsPartOfTheDigest) {
  uint64_t digests[2];
  int next = 0;
  for (const char* key : {"a", "b"}) {
    Trial trial(options_, arena_);
    trial.NewWorld(fault::Calm());
    Recorder<KeyValueModel> recorder(trial);
    recorder.Invoke({}, OperationKind::kPut, key, "v");
    digests[next++] = trial.Finish().digest;
  }
  EXPECT_NE(digests[0], digests[1]);
}

// Reads "a" over and over, which nobody wrote.
void ReadForEver(Trial& trial, Recorder<KeyValueModel>& recorder) {
  trial.world().AddNode("reader").Spawn([&](Env& env) {
    while (true) {
      env.clock().SleepFor(Milliseconds(5));
      const auto get = recorder.Invoke({}, OperationKind::kGet, "k", "");
      recorder.Return(get, "a");
    }
  });
}

TEST_F(TrialOperationsTest, StopsAtTheFirstIllegalResponse) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  Recorder<KeyValueModel> recorder(trial);
  recorder.StopWhenIllegal();
  ReadForEver(trial, recorder);
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  EXPECT_EQ(Linearizable(recorder).outcome, checker::Outcome::kViolated);
  trial.Expect(false, "later", "says nothing about a trial cut short");
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.verdict.property, "linearizability");
  EXPECT_THAT(result.verdict.message, HasSubstr("the trial ended at 0.005"));
  EXPECT_THAT(result.verdict.also, IsEmpty());
  EXPECT_EQ(result.operations, 1u);
  EXPECT_EQ(result.virtual_time, VirtualTime::Milliseconds(5));
}

TEST_F(TrialOperationsTest, StopsAtTheFirstIllegalResponseOfAnyModel) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  Recorder<MutexModel> recorder(trial);
  recorder.StopWhenIllegal();
  trial.world().AddNode("greedy").Spawn([&](Env& env) {
    while (true) {
      env.clock().SleepFor(Milliseconds(5));
      recorder.Return(recorder.Invoke({.client = 7}, {}), {});
    }
  });
  EXPECT_EQ(trial.Run().end, RunEnd::kStopped);
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.verdict.property, "linearizability");
  EXPECT_THAT(result.verdict.message,
              AllOf(HasSubstr("no order explains acquire() = true of client 7"),
                    HasSubstr("client 7    acquire() = true  |--|"),
                    HasSubstr("the trial ended at 0.010")));
  EXPECT_EQ(result.operations, 2u);
}

TEST_F(TrialOperationsTest, NamesOperationsAsTheTraceDoes) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  Recorder<KeyValueModel> first(trial);
  Recorder<MutexModel> second(trial);
  second.StopWhenIllegal();
  first.Invoke({}, OperationKind::kGet, "k", "");
  for (int i = 0; i < 2; ++i) second.Return(second.Invoke({}, {}), {});
  trial.Run();
  EXPECT_THAT(trial.Finish().verdict.operations,
              ElementsAre(1'000'000'000, 1'000'000'001));
}

TEST_F(TrialOperationsTest, NamesOperationsOfAHistoryThatIsJudgedAtTheEnd) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  Recorder<KeyValueModel> recorder(trial);
  recorder.Return(recorder.Invoke({}, OperationKind::kGet, "other", ""), "");
  recorder.Return(recorder.Invoke({}, OperationKind::kGet, "k", ""), "a");
  trial.Expect(Linearizable(recorder));
  trial.Expect(false, "later", "is evidence besides");
  EXPECT_THAT(trial.Finish().verdict.operations, ElementsAre(1));
}

TEST_F(TrialOperationsTest, NamesNoOperationsOfAHistoryThatNobodyRecorded) {
  Trial trial(options_, arena_);
  checker::History history;
  history.Return(history.Invoke(0, OperationKind::kGet, "k", ""), "a");
  trial.Expect(checker::CheckKeyValue(history, {}));
  const Verdict verdict = trial.Finish().verdict;
  EXPECT_EQ(verdict.property, "linearizability");
  EXPECT_THAT(verdict.operations, IsEmpty());
}

TEST_F(TrialOperationsTest, WhatNoRunJudgesIsJudgedWhenTheRecorderEnds) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  {
    Recorder<MutexModel> recorder(trial);
    recorder.StopWhenIllegal();
    for (int i = 0; i < 2; ++i) recorder.Return(recorder.Invoke({}, {}), {});
  }
  EXPECT_EQ(trial.Finish().verdict.property, "linearizability");
}

TEST_F(TrialOperationsTest, JudgesAtTheEndWhatCannotBeJudgedOnTheWay) {
  Trial trial(options_, arena_);
  World& world = trial.NewWorld(fault::Calm());
  Recorder<KeyValueModel> recorder(trial);
  recorder.StopWhenIllegal();
  world.AddNode("client").Spawn([&](Env&) {
    const auto put = [&](int client) {
      return recorder.Invoke({.client = client}, OperationKind::kPut, "k",
                             "twice");
    };
    const auto first = put(0);
    const auto second = put(1);
    const auto get =
        recorder.Invoke({.client = 2}, OperationKind::kGet, "k", "");
    recorder.Return(get, "a");
    recorder.Return(first, "");
    recorder.Return(second, "");
  });
  EXPECT_EQ(trial.Run().end, RunEnd::kIdle);
  trial.Expect(Linearizable(recorder));
  EXPECT_EQ(trial.Finish().verdict.property, "linearizability");
}

TEST_F(TrialOperationsTest, RecordersOfOneTypeFollowOneAnother) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  for (int i = 0; i < 2; ++i) {
    Recorder<MutexModel> recorder(trial);
    recorder.StopWhenIllegal();
    recorder.Return(recorder.Invoke({}, {}), {});
    EXPECT_EQ(Linearizable(recorder).outcome, checker::Outcome::kHolds);
  }
  EXPECT_EQ(arena_.recordings().size(), 2u);
}

TEST_F(TrialOperationsTest, WhatCannotBeToldWithinTheBudgetIsUndecided) {
  options_.checker_budget.states = 0;
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  Recorder<MutexModel> recorder(trial);
  recorder.StopWhenIllegal();
  trial.world().AddNode("greedy").Spawn([&](Env&) {
    for (int i = 0; i < 3; ++i) {
      recorder.Return(recorder.Invoke({}, {}), {});
    }
  });
  trial.Run();
  const TrialResult result = trial.Finish();
  EXPECT_EQ(result.verdict.kind, VerdictKind::kUndecided);
  EXPECT_THAT(result.verdict.message, HasSubstr("undecided; "));
}

TEST_F(TrialOperationsTest, TheArenaKeepsTheRecordingsOfTheLastTrial) {
  {
    Trial trial(options_, arena_);
    trial.NewWorld(fault::Calm());
    Recorder<MutexModel> recorder(trial);
    recorder.Invoke({}, {});
  }
  ASSERT_EQ(arena_.recordings().size(), 1u);
  EXPECT_EQ(arena_.recordings()[0]->size(), 1u);
  Trial trial(options_, arena_);
  EXPECT_EQ(arena_.recordings()[0]->size(), 0u);
  trial.NewWorld(fault::Calm());
  Recorder<MutexModel> recorder(trial);
  EXPECT_TRUE(recorder.history().empty());
}

}  // namespace
}  // namespace reprise
