#include "tests/scenarios/stress.h"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "tests/scenarios/cluster.h"
#include "tests/scenarios/items.h"
#include "tests/scenarios/recorded_clerk.h"

namespace reprise {
namespace {

std::vector<std::string> OddKeys() {
  std::string all_bytes;
  for (int byte = 0; byte < 256; ++byte) {
    all_bytes.push_back(static_cast<char>(byte));
  }
  const std::string zero(1, '\0');
  return {"",     zero,      zero + zero,     "a", "a" + zero, "a" + zero + "b",
          "\xff", all_bytes, all_bytes + zero};
}

std::string RandomBytes(RandomStream& draws, int64_t length) {
  std::string bytes(length, '\0');
  for (char& byte : bytes) byte = static_cast<char>(draws.Next());
  return bytes;
}

}  // namespace

void HarshBinaryKeys(Trial& trial) {
  trial.NewWorld(fault::Harsh());
  const int clients = static_cast<int>(trial.Option("clients", 5, kClients));
  const int64_t operations = trial.Option("operations", 40);
  trial.StopWhenIllegal();
  const NodeId server = AddServer(trial);
  const std::vector<Node*> hosts = AddClerkHosts(trial, clients);
  const std::vector<std::string> keys = OddKeys();
  for (int client = 0; client < clients; ++client) {
    hosts[client]->Spawn([&, client](Env& env) {
      RecordedClerk clerk(trial, env, server, client);
      for (int64_t i = 0; i < operations; ++i) {
        RandomStream draws = trial.Workload(client, i);
        const std::string& key =
            keys[draws.Uniform(0, static_cast<int64_t>(keys.size()) - 1)];
        // One in eight is empty, and short ones often repeat.
        const std::string value = RandomBytes(draws, draws.Uniform(0, 7));
        DoAnyOperation(clerk, key, value, draws);
      }
    });
  }
  RunAndJudge(trial);
}

void HarshCrowd(Trial& trial) {
  trial.NewWorld(fault::Harsh());
  const int clients = static_cast<int>(trial.Option("crowd", 10'000, kClients));
  const int64_t operations = trial.Option("operations", 3);
  const int64_t keys = trial.Option("keys", 1000);
  trial.StopWhenIllegal();
  const NodeId server = AddServer(trial);
  const std::vector<Node*> hosts = AddClerkHosts(trial, clients);
  for (int client = 0; client < clients; ++client) {
    hosts[client]->Spawn([&, client](Env& env) {
      RecordedClerk clerk(trial, env, server, client);
      for (int64_t i = 0; i < operations; ++i) {
        RandomStream draws = trial.Workload(client, i);
        const std::string key = absl::StrCat(draws.Uniform(0, keys - 1));
        const std::string item = Item(client, static_cast<int>(i));
        DoAnyOperation(clerk, key, item, draws);
      }
    });
  }
  RunAndJudge(trial);
}

void Canary(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  world.AddNode("canary").Spawn([](Env& env) { env.tasks().Yield(); });
  trial.Run();
  trial.Expect(false, "canary", "The canary always fails.");
}

}  // namespace reprise
