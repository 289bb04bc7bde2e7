// Clients that take turns at one server: the workload of most scenarios.
//
//   SpawnClerks(trial, recorder, server, {.clients = 5, .operations = 20},
//               [](Turn& turn) {
//                 DoAnyOperation(turn.clerk, "k", turn.item(), turn.draws);
//               });

#ifndef TESTS_SCENARIOS_WORKLOAD_H_
#define TESTS_SCENARIOS_WORKLOAD_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/node.h"
#include "tests/scenarios/recorded_clerk.h"

namespace reprise {

// One operation of one client.
struct Turn {
  Env& env;
  RecordedClerk& clerk;
  int client;
  int64_t index;  // Of the client's operations.
  RandomStream draws;

  // What it may write; no other turn writes the same.
  std::string item() const;
};

struct Workload {
  int clients = 5;
  int64_t operations = 20;  // Of each client.
};

// Adds the nodes of the clerks, each of which takes its turns one after the
// other, from the start of the run on.
std::vector<Node*> SpawnClerks(Trial& trial, Recorder<KeyValueModel>& recorder,
                               NodeId server, const Workload& workload,
                               const std::function<void(Turn&)>& take_turn);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_WORKLOAD_H_
