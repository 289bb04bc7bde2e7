// What is added to a scenario leaves the draws and decisions of all that was
// there before as they were.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr int kClients = 3;
constexpr int kCalls = 200;

// What is added; before the others, so that every number moves.
struct Edit {
  bool has_new_client = false;  // With a link of its own to the server.
  bool has_new_node = false;    // That nobody talks to.
  bool has_new_link = false;    // From the first client to the second.
  bool has_new_draws = false;   // Of the server and inside each operation.
  bool has_gaps = false;        // Each client leaves out its fifth operation.
};

struct Recording {
  // By client: the words that it drew, of its node's and of its workload's.
  std::map<std::string, std::vector<uint64_t>> draws;
  // By entity and purpose, then by index.
  std::map<std::pair<std::string, std::string>, std::map<uint64_t, uint64_t>>
      decisions;
  // Of packets: by link and name, then by purpose.
  std::map<std::pair<std::string, std::string>, std::map<std::string, uint64_t>>
      packets;
};

FaultMix Faults() {
  FaultMix mix = fault::Harsh();
  mix.clocks.skew_max = Seconds(1);
  mix.clocks.drift_ppm_max = 100;
  mix.nodes.slow = {
      .start = {1, 50}, .minimum = Milliseconds(10), .mean = Milliseconds(50)};
  mix.nodes.slow_delay = Milliseconds(5);
  return mix;
}

// One more client, for a recording that keeps nothing of it.
void AddNewClient(World& world, NodeId server) {
  world.AddNode("client-new").Spawn([server](Env& env) {
    for (int i = 0; i < kCalls; ++i) {
      env.random().Next();
      (void)env.network().Call(server, "echo", "new",
                               {.deadline = Milliseconds(100)});
    }
  });
}

Recording Record(Seed seed, const Edit& edit) {
  TrialArena arena;
  Edits edits;
  for (int client = 0; edit.has_gaps && client < kClients; ++client) {
    edits.schedule.push_back(
        {absl::StrCat("client ", client), "operation-left-out", 5, 1});
  }
  const TrialOptions options{
      .seed = seed, .edits = &edits, .record_decisions = true};
  Trial trial(options, arena);
  World& world = trial.NewWorld(Faults());
  if (edit.has_new_node) world.AddNode("bystander");
  Node& server = world.AddNode("server");
  server.OnBoot([&](Env& env) {
    env.network().Serve("echo", [&](NodeId, Bytes request) {
      if (edit.has_new_draws) env.random().Next();
      return request;
    });
    env.tasks().WaitUntilStopped();
  });
  if (edit.has_new_client) AddNewClient(world, server.id());
  Recording recording;
  std::vector<Node*> clients;
  for (int client = 0; client < kClients; ++client) {
    clients.push_back(&world.AddNode(NodeName("client", client)));
  }
  for (int client = 0; client < kClients; ++client) {
    std::vector<uint64_t>& draws = recording.draws[NodeName("client", client)];
    clients[client]->Spawn([&, client](Env& env) {
      for (const int64_t call : trial.Operations(client, kCalls)) {
        RandomStream workload = trial.Workload(client, call);
        if (call != 5) draws.push_back(workload.Next());
        if (edit.has_new_draws) workload.Next();
        if (!edit.has_gaps) draws.push_back(env.random().Next());
        (void)env.network().Call(server.id(), "echo", "old",
                                 {.deadline = Milliseconds(100)});
        if (edit.has_new_link && client == 0) {
          (void)env.network().Call(clients[1]->id(), "none", "");
        }
      }
    });
  }
  trial.Run();
  for (const Decision& decision : world.decisions().recorded()) {
    if (decision.packet.empty()) {
      recording.decisions[{decision.entity, decision.purpose}][decision.index] =
          decision.value;
    } else {
      recording.packets[{decision.entity, decision.packet}][decision.purpose] =
          decision.value;
    }
  }
  return recording;
}

// Whether decisions that both runs came to are the same.
void ExpectSameDecisions(const Recording& before, const Recording& after) {
  for (const auto& [name, old_values] : before.decisions) {
    const auto found = after.decisions.find(name);
    ASSERT_NE(found, after.decisions.end()) << name.first << ":" << name.second;
    const auto& new_values = found->second;
    const uint64_t last =
        std::min(old_values.rbegin()->first, new_values.rbegin()->first);
    const std::map<uint64_t, uint64_t> old_part(old_values.begin(),
                                                old_values.upper_bound(last));
    const std::map<uint64_t, uint64_t> new_part(new_values.begin(),
                                                new_values.upper_bound(last));
    EXPECT_EQ(old_part, new_part) << name.first << ":" << name.second;
  }
}

// Whether packets of both runs met the same.
void ExpectSamePackets(const Recording& before, const Recording& after) {
  uint64_t compared = 0;
  for (const auto& [name, old_values] : before.packets) {
    const auto found = after.packets.find(name);
    if (found == after.packets.end()) continue;
    EXPECT_EQ(old_values, found->second) << name.first << ":" << name.second;
    ++compared;
  }
  EXPECT_GT(compared, uint64_t{kClients * kCalls});
}

class EditStableTest : public testing::TestWithParam<uint64_t> {
 protected:
  void ExpectUnmovedBy(const Edit& edit) {
    const Recording before = Record(Seed(GetParam()), {});
    const Recording after = Record(Seed(GetParam()), edit);
    EXPECT_EQ(before.draws, after.draws);
    ExpectSameDecisions(before, after);
    ExpectSamePackets(before, after);
  }
};

TEST_P(EditStableTest, AClientMovesNoOther) {
  ExpectUnmovedBy({.has_new_client = true});
}
TEST_P(EditStableTest, ANodeMovesNoOther) {
  ExpectUnmovedBy({.has_new_node = true});
}
TEST_P(EditStableTest, ALinkMovesNoOther) {
  ExpectUnmovedBy({.has_new_link = true});
}
TEST_P(EditStableTest, ADrawMovesNoOther) {
  ExpectUnmovedBy({.has_new_draws = true});
}

// What an operation asks of its node's own chance, the next one finds there.
TEST_P(EditStableTest, AnOperationLeftOutMovesNoOther) {
  const Recording before = Record(Seed(GetParam()), {});
  const Recording after = Record(Seed(GetParam()), {.has_gaps = true});
  ExpectSamePackets(before, after);
  EXPECT_TRUE(before.packets.contains({"client-0->server", "echo 0.5 #0"}));
  EXPECT_FALSE(after.packets.contains({"client-0->server", "echo 0.5 #0"}));
}

// The comparison can fail.
TEST_P(EditStableTest, ASeedMovesEverything) {
  const Recording before = Record(Seed(GetParam()), {});
  const Recording after = Record(Seed(GetParam() + 1000), {});
  EXPECT_NE(before.draws, after.draws);
  EXPECT_NE(before.decisions, after.decisions);
  EXPECT_NE(before.packets, after.packets);
}

INSTANTIATE_TEST_SUITE_P(Seeds, EditStableTest, testing::Range<uint64_t>(0, 5));

}  // namespace
}  // namespace reprise
