// Rows of the list of planted bugs, for those of replicated state machines.
//
//   RaftRow("raft-votes-twice", "a server votes for all who ask in a term",
//           kPartitions, "election-safety",
//           [](Rules& rules) { rules.may_vote = ...; }, "owner/project#1");

#ifndef TESTS_SCENARIOS_BUGS_RAFT_ROW_H_
#define TESTS_SCENARIOS_BUGS_RAFT_ROW_H_

#include "reprise/kv/raft/rules.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "tests/scenarios/bugs/bug.h"

namespace reprise {

inline constexpr char kRandomKeys[] = "raft-random-keys";
inline constexpr char kCrashes[] = "raft-crashes";
inline constexpr char kDamagedDisks[] = "raft-damaged-disks";
inline constexpr char kPartitions[] = "raft-partitions";
inline constexpr char kSlowDisks[] = "raft-slow-disks";
inline constexpr char kSnapshots[] = "raft-snapshots";
inline constexpr char kMembership[] = "raft-membership";
inline constexpr char kClocks[] = "raft-clock-skew";
inline constexpr char kSwarm[] = "raft-swarm";

using PlantRules = void (*)(kv::raft::Rules& rules);

// As in PlantedBug; its author would blame any fault.
PlantedBug RaftListing(const char* name, const char* about,
                       const char* scenario, const char* property,
                       const char* source = "");

// Of one that replaces rules of Raft.
Bug RaftRow(const char* name, const char* about, const char* scenario,
            const char* property, PlantRules plant, const char* source = "");

}  // namespace reprise

#endif  // TESTS_SCENARIOS_BUGS_RAFT_ROW_H_
