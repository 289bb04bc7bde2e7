#include "tests/scenarios/lab.h"

#include <string>
#include <vector>

#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/wait_group.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"
#include "tests/scenarios/common/cluster.h"
#include "tests/scenarios/common/items.h"
#include "tests/scenarios/generic_test.h"
#include "tests/scenarios/recorded_clerk.h"

namespace reprise {
namespace {

// Each client appends its items to "k", one after the other. Returns how many
// there are of each.
std::vector<int> AppendToOneKey(Trial& trial, Recorder<KeyValueModel>& recorder,
                                NodeId server, const std::vector<Node*>& hosts,
                                int64_t most) {
  std::vector<int> items(hosts.size());
  WaitGroup running("clients");
  for (int client = 0; client < static_cast<int>(hosts.size()); ++client) {
    running.Add(1);
    hosts[client]->Spawn([&, client](Env& env) {
      RecordedClerk clerk(recorder, env, server, client, trial.bug());
      for ([[maybe_unused]] int64_t i : trial.Operations(client, most)) {
        const std::string item = Item(client, items[client]++);
        ExpectWithout(trial, "k", clerk.Append("k", item), item);
      }
      running.Done();
    });
  }
  running.Wait();
  return items;
}

// In the end "k" holds each item once, in the order of its client.
void RunOneKey(Trial& trial, const FaultMix& faults) {
  World& world = trial.NewWorld(faults);
  Recorder<KeyValueModel> recorder(trial);
  const int clients = static_cast<int>(trial.Option("clients", 5, kClients));
  const int64_t most = trial.Option("operations", 10);
  const NodeId server = AddServer(trial);
  const std::vector<Node*> hosts = AddClerkHosts(trial, clients);
  world.AddNode("tester").Spawn([&](Env& env) {
    RecordedClerk clerk(recorder, env, server, clients, trial.bug());
    clerk.Put("k", "");
    const std::vector<int> items =
        AppendToOneKey(trial, recorder, server, hosts, most);
    const std::string value = clerk.Get("k");
    for (int client = 0; client < clients; ++client) {
      ExpectItems(trial, "k", value, client, items[client]);
    }
  });
  RunAndJudge(trial, recorder);
}

void LabBasic(Trial& trial) {
  RunGenericTest(trial, {.faults = kReliable, .clients = 1});
  ExpectCalls(trial, trial.operations());
}

void LabConcurrent(Trial& trial) {
  RunGenericTest(trial, {.faults = kReliable});
  ExpectCalls(trial, trial.operations());
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

}  // namespace

std::vector<Scenario> LabScenarios() {
  return {
      {.name = "lab-basic",
       .about = "one client on a reliable network",
       .run = LabBasic,
       .sweep_seeds = 20,
       .lab_title = "one client"},
      {.name = "lab-concurrent",
       .about = "five clients with a key each on a reliable network",
       .run = LabConcurrent,
       .sweep_seeds = 2,
       .lab_title = "many clients"},
      {.name = "lab-unreliable",
       .about = "five clients with a key each; messages are lost",
       .run = LabUnreliable,
       .sweep_seeds = 1000,
       .lab_title = "unreliable net, many clients"},
      {.name = "lab-unreliable-one-key",
       .about = "five clients append to one key; messages are lost",
       .run = LabUnreliableOneKey,
       .sweep_seeds = 2000,
       .lab_title = "concurrent append to same key, unreliable"},
      {.name = "lab-random-keys",
       .about = "five clients share five keys; messages are lost",
       .run = LabRandomKeys,
       .sweep_seeds = 1000,
       .lab_title = "random keys, unreliable net, many clients"},
      {.name = "harsh-unreliable",
       .about = "lab-unreliable with silent loss, duplicates and late copies",
       .run = HarshUnreliable,
       .sweep_seeds = 1000},
      {.name = "harsh-unreliable-one-key",
       .about = "lab-unreliable-one-key with silent loss, duplicates and late "
                "copies",
       .run = HarshUnreliableOneKey,
       .sweep_seeds = 2000},
      {.name = "harsh-random-keys",
       .about = "lab-random-keys with silent loss, duplicates and late copies",
       .run = HarshRandomKeys,
       .sweep_seeds = 1000},
  };
}

}  // namespace reprise
