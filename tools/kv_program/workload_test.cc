#include "tools/kv_program/workload.h"

#include <cstddef>
#include <map>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/checker/recorder/recording.h"
#include "reprise/kv/server.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise::kv {
namespace {

using checker::OperationKind;

// Hears of operations and does nothing.
class NoSink final : public checker::RecordingSink {
 public:
  void OnCalled(const checker::OperationNote&) override {}
  void OnReturned(const checker::OperationNote&) override {}
};

// Runs the workload against a server on a simulated network.
void RunSimulated(Workload& workload, int clients,
                  const FaultMix& faults = fault::Lab{.reliable = true}) {
  World world({.seed = Seed(1), .faults = faults});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) { Server(env).Run(); });
  for (int i = 0; i < clients; ++i) {
    world.AddNode(NodeName("clerk", i)).Spawn([&, i](Env& env) {
      workload.RunClient(env, {.servers = {server.id()}}, i);
    });
  }
  world.RunUntilIdle();
  world.End();
}

TEST(WorkloadTest, EndsAfterSoManyOperations) {
  Workload workload({.clients = 3, .operations = 100});
  RunSimulated(workload, 3);
  EXPECT_TRUE(workload.IsDone());
  EXPECT_EQ(workload.answered(), 100u);
  EXPECT_EQ(workload.latencies().count(), 100u);
  EXPECT_EQ(workload.repeated(), 0u);
  EXPECT_GT(workload.length(), Duration());
}

TEST(WorkloadTest, EndsAfterSoMuchTime) {
  Workload workload({.clients = 2, .length = Seconds(1)});
  RunSimulated(workload, 2);
  EXPECT_TRUE(workload.IsDone());
  EXPECT_GT(workload.answered(), 100u);
  EXPECT_GE(workload.length(), Milliseconds(990));
  EXPECT_LT(workload.length(), Milliseconds(1100));
}

TEST(WorkloadTest, KeepsItsRate) {
  Workload workload({.clients = 4, .rate = 200, .length = Seconds(5)});
  RunSimulated(workload, 4);
  EXPECT_EQ(workload.answered(), 1000u);
}

TEST(WorkloadTest, AtARateAStallCountsForEachOperationThatWasDue) {
  // A call takes longer than the time between two operations.
  Workload workload({.clients = 1, .rate = 1e6, .operations = 100});
  RunSimulated(workload, 1);
  EXPECT_GT(workload.latencies().AtMost(1), workload.length() / 2)
      << "the last was due near the beginning";
}

TEST(WorkloadTest, CountsRequestsThatWereSentAgain) {
  Workload workload({.clients = 3, .operations = 200});
  RunSimulated(workload, 3, fault::Lab{.reliable = false});
  EXPECT_EQ(workload.answered(), 200u);
  EXPECT_GT(workload.repeated(), 0u);
}

TEST(WorkloadTest, RecordsOperationsOfTheKindsThatWereAskedFor) {
  NoSink sink;
  Workload::KeyValueRecorder recorder(sink);
  Workload workload({.clients = 5,
                     .keys = 3,
                     .puts = 30,
                     .appends = 20,
                     .value_bytes = 1,
                     .operations = 1000},
                    &recorder);
  RunSimulated(workload, 5, fault::Lab{.reliable = false});
  std::map<OperationKind, int> kinds;
  for (size_t id = 0; id < recorder.history().size(); ++id) {
    ++kinds[recorder.history()[id].kind];
  }
  EXPECT_EQ(recorder.history().size(), 1000u);
  EXPECT_NEAR(kinds[OperationKind::kPut], 300, 60);
  EXPECT_NEAR(kinds[OperationKind::kAppend], 200, 60);
  EXPECT_NEAR(kinds[OperationKind::kGet], 500, 60);
  EXPECT_EQ(recorder.Judge().verdict.outcome, checker::Outcome::kHolds);
}

}  // namespace
}  // namespace reprise::kv
