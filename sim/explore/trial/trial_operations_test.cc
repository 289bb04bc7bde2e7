// Operations that a trial records: in its history and its trace, judged on the
// way, and refused where they cannot be.

#include <string>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
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

using checker::OperationKind;
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

TEST_F(TrialOperationsTest, ASinkDoesNotChangeTheDigest) {
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

TEST_F(TrialOperationsTest, TheKeyOfAnOperationIsPartOfTheDigest) {
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

TEST_F(TrialOperationsTest, StopsAtTheFirstIllegalResponse) {
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

TEST_F(TrialOperationsTest, JudgesAtTheEndWhatCannotBeJudgedOnTheWay) {
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

using TrialOperationsDeathTest = TrialOperationsTest;

TEST_F(TrialOperationsDeathTest, AGetWritesNoValue) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  EXPECT_DEATH(trial.Invoke(NodeId(0), 3, OperationKind::kGet, "k", "value"),
               "client 3 invokes a Get with a value of 5 bytes; a Get writes "
               "none");
}

TEST_F(TrialOperationsDeathTest, OnlyKeyValueOperationsAreInvoked) {
  Trial trial(options_, arena_);
  EXPECT_DEATH(trial.Invoke(NodeId(0), 3, OperationKind::kGet, "k", ""),
               "NewWorld");
  trial.NewWorld(fault::Calm());
  EXPECT_DEATH(trial.Invoke(NodeId(0), 3, OperationKind::kCas, "k", "v"),
               "client 3 invokes something other than a Get");
}

TEST_F(TrialOperationsDeathTest, AnOperationReturnsOnceAfterItsInvocation) {
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

TEST_F(TrialOperationsDeathTest, AnOperationReturnsWhatItsKindDoes) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  const auto put = trial.Invoke(NodeId(0), 3, OperationKind::kPut, "k", "v");
  EXPECT_DEATH(trial.Return(NodeId(0), put, "v"),
               "operation #0 is a Put and returns an output of 1 bytes");
  const auto get = trial.Invoke(NodeId(0), 4, OperationKind::kGet, "k", "");
  EXPECT_DEATH(trial.ReturnUnobserved(NodeId(0), get),
               "operation #1 is a Get and returns without its value");
}

TEST_F(TrialOperationsDeathTest, JudgingOnTheWayBeginsBeforeTheHistory) {
  Trial trial(options_, arena_);
  trial.NewWorld(fault::Calm());
  trial.Invoke(NodeId(0), 3, OperationKind::kPut, "k", "v");
  EXPECT_DEATH(trial.StopWhenIllegal(), "comes before the first operation");
}

}  // namespace
}  // namespace reprise
