#include "tests/scenarios/common/cluster.h"

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::HasSubstr;

// More programs at rest than a report on waiting tasks has lines.
class ClusterTest : public testing::Test {
 protected:
  ClusterTest() {
    World& world = trial_.NewWorld(kReliable);
    for (int i = 0; i < 30; ++i) {
      world.AddNode(NodeName("server", i)).OnBoot([](Env& env) {
        env.tasks().WaitUntilStopped();
      });
    }
  }

  void LeaveATaskBehind() {
    trial_.world().AddNode("last").Spawn([](Env& env) {
      env.tasks().Spawn("janitor", [&env] { env.tasks().WaitUntilStopped(); });
      env.clock().SleepFor(Milliseconds(1));
    });
  }

  const TrialOptions options_ = {};
  TrialArena arena_;
  Trial trial_{options_, arena_};
  Recorder<KeyValueModel> recorder_{trial_};
};

TEST_F(ClusterTest, ProgramsAtRestAreNoTasksLeftBehind) {
  RunAndJudge(trial_, recorder_);
  const Verdict verdict = trial_.Finish().verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::kHolds) << verdict.message;
}

TEST_F(ClusterTest, ATaskLeftBehindManyProgramsIsNamed) {
  LeaveATaskBehind();
  RunAndJudge(trial_, recorder_);
  const Verdict verdict = trial_.Finish().verdict;
  EXPECT_EQ(verdict.property, "no-task-left");
  EXPECT_THAT(verdict.message,
              HasSubstr("programs: 1, the first of them last: task \"janitor\" "
                        "waits for the end of its node."));
}

TEST_F(ClusterTest, ATaskLeftBehindIsFoundWhenTheFaultsHaveEnded) {
  LeaveATaskBehind();
  RunAndJudge(trial_, recorder_,
              {.faults_end = VirtualTime::Seconds(1), .bound = Seconds(1)});
  EXPECT_EQ(trial_.Finish().verdict.property, "no-task-left");
}

}  // namespace
}  // namespace reprise
