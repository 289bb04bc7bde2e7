#include "tests/scenarios/lab.h"

#include <string>
#include <vector>

#include "reprise/sim/core/wait_group.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "tests/scenarios/cluster.h"
#include "tests/scenarios/generic_test.h"
#include "tests/scenarios/items.h"
#include "tests/scenarios/recorded_clerk.h"

namespace reprise {
namespace {

constexpr fault::Lab kReliable = {.reliable = true};
constexpr fault::Lab kUnreliable = {.reliable = false};
constexpr fault::Harsh kHarsh = {};

// Each client appends its items to "k", one after the other.
void AppendToOneKey(Trial& trial, NodeId server,
                    const std::vector<Node*>& hosts, int items) {
  WaitGroup running("clients");
  for (int client = 0; client < static_cast<int>(hosts.size()); ++client) {
    running.Add(1);
    hosts[client]->Spawn([&, client](Env& env) {
      RecordedClerk clerk(trial, env, server, client);
      for (int index = 0; index < items; ++index) {
        const std::string item = Item(client, index);
        ExpectWithout(trial, "k", clerk.Append("k", item), item);
      }
      running.Done();
    });
  }
  running.Wait();
}

// In the end "k" holds each item once, in the order of its client.
void RunOneKey(Trial& trial, const FaultMix& faults) {
  World& world = trial.NewWorld(faults);
  const int clients = static_cast<int>(trial.Option("clients", 5, kClients));
  const int items = static_cast<int>(trial.Option("operations", 10));
  const NodeId server = AddServer(trial);
  const std::vector<Node*> hosts = AddClerkHosts(trial, clients);
  world.AddNode("tester").Spawn([&](Env& env) {
    RecordedClerk clerk(trial, env, server, clients);
    clerk.Put("k", "");
    AppendToOneKey(trial, server, hosts, items);
    const std::string value = clerk.Get("k");
    for (int client = 0; client < clients; ++client) {
      ExpectItems(trial, "k", value, client, items);
    }
  });
  RunAndJudge(trial);
}

}  // namespace

void LabBasic(Trial& trial) {
  RunGenericTest(trial, {.faults = kReliable, .clients = 1});
  ExpectCalls(trial, trial.history().size());
}

void LabConcurrent(Trial& trial) {
  RunGenericTest(trial, {.faults = kReliable});
  ExpectCalls(trial, trial.history().size());
}

void LabUnreliable(Trial& trial) {
  RunGenericTest(trial, {.faults = kUnreliable});
  ExpectAttempts(trial, kLabSuccess);
}

void LabUnreliableOneKey(Trial& trial) {
  RunOneKey(trial, kUnreliable);
  ExpectAttempts(trial, kLabSuccess);
}

void LabRandomKeys(Trial& trial) {
  RunGenericTest(trial, {.faults = kUnreliable, .keys = Keys::kRandom});
  ExpectAttempts(trial, kLabSuccess);
}

void HarshUnreliable(Trial& trial) {
  RunGenericTest(trial, {.faults = kHarsh});
  ExpectAttempts(trial, kHarshSuccess);
}

void HarshUnreliableOneKey(Trial& trial) {
  RunOneKey(trial, kHarsh);
  ExpectAttempts(trial, kHarshSuccess);
}

void HarshRandomKeys(Trial& trial) {
  RunGenericTest(trial, {.faults = kHarsh, .keys = Keys::kRandom});
  ExpectAttempts(trial, kHarshSuccess);
}

}  // namespace reprise
