// The nodes that the lab's scenarios are made of, and properties that hold for
// whatever they do.
//
//   trial.NewWorld(fault::Harsh());
//   const NodeId server = AddServer(trial);
//   std::vector<Node*> hosts = AddClerkHosts(trial, 5);

#ifndef TESTS_SCENARIOS_COMMON_CLUSTER_H_
#define TESTS_SCENARIOS_COMMON_CLUSTER_H_

#include <cstdint>
#include <vector>

#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/recorder/recorder.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"

namespace reprise {

using checker::KeyValueModel;

// The lab's networks, and ours.
inline constexpr fault::Lab kReliable = {.reliable = true};
inline constexpr fault::Lab kUnreliable = {.reliable = false};
inline constexpr fault::Harsh kHarsh = {};

// How many clients a scenario may be asked for.
inline constexpr OptionRange kClients = {.first = 1, .last = 1'000'000};

// The key/value server, with the planted bug that the trial asks for.
NodeId AddServer(Trial& trial);

// The nodes "clerk-0", "clerk-1" ...
std::vector<Node*> AddClerkHosts(Trial& trial, int count);

// Runs the world to its end and judges what every scenario promises: the
// history is linearizable, and no task is left but the programs of nodes, at
// rest: property "no-task-left".
void RunAndJudge(Trial& trial, const Recorder<KeyValueModel>& recorder);

// As above, for a scenario that runs the world again.
void RunUntilIdleAndJudge(Trial& trial,
                          const Recorder<KeyValueModel>& recorder);

// As above, for work that must be done soon after the faults have ended:
// property "liveness".
void RunAndJudge(Trial& trial, const Recorder<KeyValueModel>& recorder,
                 const Liveness& liveness);

// Expects that the clerks made this many calls: property "rpc-count".
void ExpectCalls(Trial& trial, uint64_t calls);

// Expects that the recorded operations took about as many calls as they should,
// if one call succeeds with probability `success`: the number may be off by
// seven standard deviations. Property "attempts".
void ExpectAttempts(Trial& trial, Probability success);

// The probability that one attempt succeeds. On the lab's unreliable network it
// does unless its request or its reply is lost; on the harsh one each of these
// is lost with 1/10, late with 1/100 and duplicated with 1/10.
inline constexpr Probability kLabSuccess = {81, 100};
inline constexpr Probability kHarshSuccess = {821, 1000};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_COMMON_CLUSTER_H_
