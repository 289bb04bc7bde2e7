// Sources of faults that scenarios of the replicated store add to their setup,
// each drawn by its name.

#ifndef TESTS_SCENARIOS_RAFT_FAULT_SOURCES_H_
#define TESTS_SCENARIOS_RAFT_FAULT_SOURCES_H_

#include "reprise/sim/core/random.h"
#include "reprise/sim/world/faults.h"
#include "tests/scenarios/raft/setup.h"

namespace reprise {

// Packets that are lost, late and duplicated, both ways.
void AddNetwork(const SetupDraws& draws, RaftSetup& setup);
// Crashes of one server, in half of the seeds also at points.
void AddCrashes(const SetupDraws& draws, RaftSetup& setup);
// Crashes of others with one, and of servers that recover.
void AddMoreCrashes(const SetupDraws& draws, RaftSetup& setup);
// Servers in three zones, which crash, pause and are cut off as a whole.
void AddZones(const SetupDraws& draws, RaftSetup& setup);
// Of the time of day, by which no server goes.
void AddWildClocks(const SetupDraws& draws, RaftSetup& setup);
void AddSlowSync(const SetupDraws& draws, RaftSetup& setup);
// One server may find its files damaged: one loss of data is survived by three
// voters and more.
void AddDamage(const SetupDraws& draws, Probability chance, RaftSetup& setup);
OutageOptions DrawPauses(const SetupDraws& draws);

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_FAULT_SOURCES_H_
