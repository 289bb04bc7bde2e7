// RandomRun: a short run of a cluster in which a seed decides what clients want
// and what befalls servers, network and disks; a second of calm follows.
//
//   EXPECT_EQ(RandomRun(Seed(7), {}).violation, "");

#ifndef REPRISE_KV_RAFT_TESTING_RANDOM_RUN_H_
#define REPRISE_KV_RAFT_TESTING_RANDOM_RUN_H_

#include <cstdint>
#include <string>

#include "reprise/kv/raft/rules.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"

namespace reprise::kv::raft {

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

RunResult RandomRun(Seed seed, const Rules& rules);

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_TESTING_RANDOM_RUN_H_
