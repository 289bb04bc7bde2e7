// RandomRun: a short run of a cluster in which a seed decides what clients want
// and what befalls servers, network and disks; a second of calm follows.
//
//   EXPECT_EQ(RandomRun(Seed(7)).violation, "");
//   RandomRun(Seed(7), rules, {Happening::kCut});

#ifndef REPRISE_KV_RAFT_TESTING_RANDOM_RUN_H_
#define REPRISE_KV_RAFT_TESTING_RANDOM_RUN_H_

#include <cstdint>
#include <string>
#include <vector>

#include "reprise/kv/raft/rules.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"

namespace reprise::kv::raft {

enum class Happening : uint8_t {
  kCrash,         // A server stops, or goes on.
  kCut,           // Messages get lost between some, or between none any more.
  kChange,        // Of membership, by servers and sets of them.
  kTransfer,      // Of leadership.
  kCheckpoint,    // A server's log begins behind a snapshot.
  kLoss,          // Of all that a server had saved.
  kBlackout,      // All servers crash, or all but the leader.
  kDesertion,     // Nobody hears the leader, who goes on as if.
  kEstrangement,  // One server does not hear the leader.
  kDisturbance,   // Voters crash during an election.
};

struct RunResult {
  // Of safety; "": none.
  std::string violation = {};
  // In the calm at the end a command was committed and a read answered.
  bool makes_progress = false;
  Index committed = 0;
  uint64_t reads = 0;
  uint64_t elections = 0;
  std::string mix = {};  // What befell it, for people.
};

// With a `focus` nothing else befalls it; else the seed draws what does.
RunResult RandomRun(Seed seed, const Rules& rules = {},
                    const std::vector<Happening>& focus = {});

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_TESTING_RANDOM_RUN_H_
