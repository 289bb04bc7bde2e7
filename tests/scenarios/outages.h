// Scenarios of outages: a server that shares keys among its clients while the
// network falls apart, the server stands still, clocks are wrong, or all of it
// at once. When the faults end, the work must be done soon: property
// "liveness".

#ifndef TESTS_SCENARIOS_OUTAGES_H_
#define TESTS_SCENARIOS_OUTAGES_H_

#include "reprise/sim/explore/trial/trial.h"

namespace reprise {

// Options of all: clients, operations (of each client).

// A mix of its own for each seed: the preset `swarm`.
void SwarmRandomKeys(Trial& trial);
// Clients are cut off from the server, one way or both ways.
void PartitionedClients(Trial& trial);
// The server stands still, or hears late of what is sent to it.
void PausedServer(Trial& trial);
// Clocks run wrong and jump.
void ClockSkew(Trial& trial);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_OUTAGES_H_
