#include "tests/scenarios/stress.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"
#include "tests/scenarios/common/cluster.h"
#include "tests/scenarios/recorded_clerk.h"
#include "tests/scenarios/workload.h"

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

// Clients use keys that differ in little: empty, zero bytes, long, prefixes of
// one another. Values are any bytes, the empty value included.
void HarshBinaryKeys(Trial& trial) {
  trial.NewWorld(fault::Harsh());
  const int clients = static_cast<int>(trial.Option("clients", 5, kClients));
  const int64_t operations = trial.Option("operations", 40);
  Recorder<KeyValueModel> recorder(trial);
  recorder.StopWhenIllegal();
  const NodeId server = AddServer(trial);
  const std::vector<std::string> keys = OddKeys();
  SpawnClerks(trial, recorder, server,
              {.clients = clients, .operations = operations},
              [&keys](Turn& turn) {
                const auto last = static_cast<int64_t>(keys.size()) - 1;
                const std::string& key = keys[turn.draws.Uniform(0, last)];
                // One in eight is empty, and short ones often repeat.
                const int64_t length = turn.draws.Uniform(0, 7);
                const std::string value = RandomBytes(turn.draws, length);
                DoAnyOperation(turn.clerk, key, value, turn.draws);
              });
  RunAndJudge(trial, recorder);
}

// Ten thousand clients start at once and do a few operations each.
void HarshCrowd(Trial& trial) {
  trial.NewWorld(fault::Harsh());
  const int clients = static_cast<int>(trial.Option("crowd", 10'000, kClients));
  const int64_t operations = trial.Option("operations", 3);
  const int64_t keys = trial.Option("keys", 1000);
  Recorder<KeyValueModel> recorder(trial);
  recorder.StopWhenIllegal();
  const NodeId server = AddServer(trial);
  SpawnClerks(
      trial, recorder, server, {.clients = clients, .operations = operations},
      [keys](Turn& turn) {
        const int64_t key = turn.draws.Uniform(0, keys - 1);
        DoAnyOperation(turn.clerk, absl::StrCat(key), turn.item(), turn.draws);
      });
  RunAndJudge(trial, recorder);
}

// States a property that never holds: whoever reports that it passed does not
// check properties.
void Canary(Trial& trial) {
  World& world = trial.NewWorld(fault::Calm());
  world.AddNode("canary").Spawn([](Env& env) { env.tasks().Yield(); });
  trial.Run();
  trial.Expect(false, "canary", "The canary always fails.");
}

}  // namespace

std::vector<Scenario> StressScenarios() {
  return {
      {.name = "harsh-binary-keys",
       .about = "keys and values of any bytes, the empty ones included",
       .run = HarshBinaryKeys,
       .sweep_seeds = 1000},
      {.name = "harsh-crowd",
       .about = "ten thousand clients at once",
       .run = HarshCrowd,
       .sweep_seeds = 2},
      {.name = "canary",
       .about = "always fails, to show that failures are reported",
       .run = Canary,
       .sweep_seeds = 0},
  };
}

}  // namespace reprise
