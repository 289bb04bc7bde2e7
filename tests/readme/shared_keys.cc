#include "tests/readme/shared_keys.h"

#include <string>

#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/kv/server.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"
#include "tests/scenarios/common/items.h"
#include "tests/scenarios/recorded_clerk.h"

namespace reprise {

// Five clerks share five keys on a network that loses one message in ten.
void SharedKeys(Trial& trial) {
  World& world = trial.NewWorld(fault::Lab{.reliable = false});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) { kv::Server(env).Run(); });
  Recorder<KeyValueModel> recorder(trial);
  for (int client = 0; client < 5; ++client) {
    world.AddNode(NodeName("clerk", client)).Spawn([&, client](Env& env) {
      RecordedClerk clerk(recorder, env, server.id(), client, trial.bug());
      for (const int64_t i : trial.Operations(client, 100)) {
        RandomStream draw = trial.Workload(client, i);
        const std::string key = std::to_string(draw.Uniform(0, 4));
        if (draw.Chance({1, 2})) {
          clerk.Append(key, Item(client, static_cast<int>(i)));
        } else {
          clerk.Get(key);
        }
      }
    });
  }
  trial.Run();
  trial.Expect(Linearizable(recorder));
}

}  // namespace reprise
