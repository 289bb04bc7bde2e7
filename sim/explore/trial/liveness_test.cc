// Progress after the faults end, and what is said where there is none.

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::HasSubstr;

constexpr VirtualTime kFaultsEnd = VirtualTime::Seconds(2);
constexpr Span kForGood = {VirtualTime::Milliseconds(100),
                           Duration::Infinite()};

class LivenessTest : public testing::Test {
 protected:
  LivenessTest() {
    trial_.NewWorld(fault::Calm());
    for (const char* name : {"server", "spare"}) {
      servers_.push_back(trial_.world().AddNode(name).id());
      trial_.world().node(servers_.back()).OnBoot([](Env& env) {
        env.network().Serve("echo", [](NodeId, Bytes b) { return b; });
        env.tasks().WaitUntilStopped();
      });
    }
  }

  // A client that asks the server a hundred times, every 10 ms.
  NodeId AddClient() {
    Node& client = trial_.world().AddNode("client");
    client.Spawn([this](Env& env) {
      for (int i = 0; i < 100; ++i) {
        const CallOptions options = {.deadline = Milliseconds(50)};
        while (!env.network().Call(servers_[0], "echo", "x", options).ok()) {
        }
        env.clock().SleepFor(Milliseconds(10));
      }
    });
    return client.id();
  }

  FaultScript& script() { return trial_.world().script(); }

  TrialOptions options_{.seed = Seed(7)};
  TrialArena arena_;
  Trial trial_{options_, arena_};
  std::vector<NodeId> servers_;
};

TEST_F(LivenessTest, WorkThatIsDoneBeforeTheFaultsEndHolds) {
  AddClient();
  EXPECT_TRUE(
      trial_.RunWithLiveness({.faults_end = kFaultsEnd, .bound = Seconds(1)}));
  EXPECT_EQ(trial_.Finish().verdict.kind, VerdictKind::kHolds);
}

TEST_F(LivenessTest, ProgressResumesWhenTheFaultsEnd) {
  AddClient();
  script().Pause(kForGood, servers_[0]);
  EXPECT_TRUE(
      trial_.RunWithLiveness({.faults_end = kFaultsEnd, .bound = Seconds(2)}));
  const TrialResult result = trial_.Finish();
  EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds);
  EXPECT_GT(result.virtual_time, kFaultsEnd);
}

TEST_F(LivenessTest, ProgressThatIsTooSlowIsAViolation) {
  AddClient();
  script().Pause(kForGood, servers_[0]);
  EXPECT_FALSE(trial_.RunWithLiveness(
      {.faults_end = kFaultsEnd, .bound = Milliseconds(300)}));
  const Verdict verdict = trial_.Finish().verdict;
  EXPECT_EQ(verdict.property, "liveness");
  EXPECT_THAT(verdict.message,
              HasSubstr("faults ended at 2.000 000 s, but the work was not "
                        "done 300 ms later"));
}

TEST_F(LivenessTest, ANeverEndingWaitIsNamed) {
  Recorder<checker::KeyValueModel> recorder(trial_);
  Node& client = trial_.world().AddNode("client");
  client.Spawn([&](Env&) {
    recorder.Invoke({.client = 3}, checker::OperationKind::kPut, "k", "v");
    Future<int>("a reply that was dropped").Get();
  });
  EXPECT_FALSE(
      trial_.RunWithLiveness({.faults_end = kFaultsEnd, .bound = Seconds(1)}));
  const Verdict verdict = trial_.Finish().verdict;
  EXPECT_EQ(verdict.property, "liveness");
  EXPECT_THAT(verdict.message, HasSubstr("client 3 waits for operation #0"));
  EXPECT_THAT(verdict.message,
              HasSubstr("client: task \"main\" waits for future a reply that "
                        "was dropped"));
}

TEST_F(LivenessTest, ACoreMakesProgressWithoutTheOthers) {
  const NodeId client = AddClient();
  Node& outsider = trial_.world().AddNode("outsider");
  outsider.Spawn([](Env& env) { env.clock().SleepFor(Seconds(1)); });
  script().Pause(kForGood, servers_[0]);
  script().Pause(kForGood, outsider.id());
  EXPECT_TRUE(trial_.RunWithLiveness({.faults_end = kFaultsEnd,
                                      .bound = Seconds(2),
                                      .core = {servers_[0], client}}));
  EXPECT_TRUE(outsider.IsPaused());
}

TEST_F(LivenessTest, ACoreThatNeedsAnotherNodeIsStuck) {
  const NodeId client = AddClient();
  script().Crash(kForGood, servers_[0]);
  EXPECT_FALSE(trial_.RunWithLiveness({.faults_end = kFaultsEnd,
                                       .bound = Seconds(2),
                                       .core = {servers_[1], client}}));
  EXPECT_THAT(trial_.Finish().verdict.message,
              HasSubstr("client: task \"main\" waits for a reply to echo"));
}

TEST_F(LivenessTest, TheScenarioMaySayWhenTheWorkIsDone) {
  int beats = 0;
  trial_.world().AddNode("heart").Spawn([&](Env& env) {
    while (true) {
      env.clock().SleepFor(Milliseconds(100));
      ++beats;
    }
  });
  EXPECT_TRUE(trial_.RunWithLiveness({.faults_end = kFaultsEnd,
                                      .bound = Seconds(2),
                                      .is_done = [&] { return beats >= 25; }}));
  EXPECT_EQ(trial_.Finish().virtual_time, VirtualTime::Milliseconds(2500));
}

TEST_F(LivenessTest, ABudgetThatRunsOutLeavesItUndecided) {
  options_.max_steps = 100;
  TrialArena arena;
  Trial trial(options_, arena);
  trial.NewWorld(fault::Calm()).AddNode("busy").Spawn([](Env& env) {
    while (true) env.clock().SleepFor(Milliseconds(1));
  });
  EXPECT_FALSE(
      trial.RunWithLiveness({.faults_end = kFaultsEnd, .bound = Seconds(1)}));
  EXPECT_EQ(trial.Finish().verdict.kind, VerdictKind::kUndecided);
}

TEST_F(LivenessTest, AViolationThatStopsTheTrialEndsItThere) {
  AddClient();
  script().Pause(kForGood, servers_[0]);
  trial_.world().AddNode("judge").Spawn([this](Env& env) {
    env.clock().SleepFor(Milliseconds(500));
    trial_.ViolateAndStop("order", "b came before a");
  });
  EXPECT_FALSE(trial_.RunWithLiveness(
      {.faults_end = kFaultsEnd, .bound = Milliseconds(300)}));
  const TrialResult result = trial_.Finish();
  EXPECT_EQ(result.verdict, (Verdict{.kind = VerdictKind::kViolated,
                                     .property = "order",
                                     .message = "b came before a"}));
  EXPECT_EQ(result.virtual_time, VirtualTime::Milliseconds(500));
}

TEST_F(LivenessTest, AViolationAfterTheFaultsStopsTheTrialToo) {
  AddClient();
  script().Pause(kForGood, servers_[0]);
  EXPECT_FALSE(trial_.RunWithLiveness(
      {.faults_end = kFaultsEnd, .bound = Seconds(2), .is_done = [this] {
         trial_.ViolateAndStop("order", "b, a");
         return false;
       }}));
  const TrialResult result = trial_.Finish();
  EXPECT_EQ(result.verdict.property, "order");
  EXPECT_TRUE(result.verdict.also.empty());
  EXPECT_EQ(result.virtual_time, kFaultsEnd);
}

TEST_F(LivenessTest, AWorldThatIsStoppedBeforeTheWorkIsDoneIsUndecided) {
  AddClient();
  trial_.world().AddNode("hand").Spawn([this](Env& env) {
    env.clock().SleepFor(Milliseconds(500));
    trial_.world().scheduler().Stop();
  });
  EXPECT_FALSE(
      trial_.RunWithLiveness({.faults_end = kFaultsEnd, .bound = Seconds(1)}));
  const TrialResult result = trial_.Finish();
  EXPECT_EQ(result.verdict.kind, VerdictKind::kUndecided);
  EXPECT_THAT(result.verdict.message,
              HasSubstr("stopped the world at 0.500 000 s"));
  EXPECT_EQ(result.virtual_time, VirtualTime::Milliseconds(500));
}

TEST_F(LivenessTest, AWorldThatIsStoppedWhenTheWorkIsDoneHolds) {
  trial_.world().AddNode("hand").Spawn([this](Env& env) {
    env.clock().SleepFor(Milliseconds(500));
    trial_.world().scheduler().Stop();
  });
  EXPECT_TRUE(trial_.RunWithLiveness({.faults_end = kFaultsEnd,
                                      .bound = Seconds(1),
                                      .is_done = [] { return true; }}));
  EXPECT_EQ(trial_.Finish().verdict.kind, VerdictKind::kHolds);
}

TEST_F(LivenessTest, AMixIsKeptForReportsOnly) {
  AddClient();
  trial_.Run();
  EXPECT_EQ(trial_.Finish().mix, "");
  options_.record_decisions = true;
  TrialArena arena;
  Trial recorded(options_, arena);
  recorded.NewWorld(fault::Calm());
  recorded.Run();
  EXPECT_EQ(recorded.Finish().mix, "requests: 50 us\nreplies: 50 us\n");
}

}  // namespace
}  // namespace reprise
