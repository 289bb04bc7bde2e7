#include "tests/scenarios/workload.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "tests/scenarios/common/cluster.h"
#include "tests/scenarios/common/items.h"

namespace reprise {

std::string Turn::item() const { return Item(client, static_cast<int>(index)); }

std::vector<Node*> SpawnClerks(Trial& trial, Recorder<KeyValueModel>& recorder,
                               NodeId server, const Workload& workload,
                               const std::function<void(Turn&)>& take_turn) {
  const std::vector<Node*> hosts = AddClerkHosts(trial, workload.clients);
  for (int client = 0; client < workload.clients; ++client) {
    hosts[client]->Spawn([&trial, &recorder, server, client, take_turn,
                          operations = workload.operations](Env& env) {
      RecordedClerk clerk(recorder, env, server, client, trial.bug());
      for (const int64_t i : trial.Operations(client, operations)) {
        Turn turn = {env, clerk, client, i, trial.Workload(client, i)};
        take_turn(turn);
      }
    });
  }
  return hosts;
}

}  // namespace reprise
