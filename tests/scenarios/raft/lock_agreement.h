// LockAgreement: what must hold of the lock tables of all servers together,
// judged after each command that one of them applies.
//
//   tokens-increase  the last token that was granted never falls along the log
//   replicas-agree   after an entry, all tables are the same
//
//   LockAgreement agreement(trial);
//   agreement.Apply(index, table);

#ifndef TESTS_SCENARIOS_RAFT_LOCK_AGREEMENT_H_
#define TESTS_SCENARIOS_RAFT_LOCK_AGREEMENT_H_

#include <cstdint>
#include <map>

#include "reprise/kv/raft/types.h"
#include "reprise/sim/explore/trial/trial.h"
#include "tests/lock_service/lock_table.h"

namespace reprise {

class LockAgreement {
 public:
  explicit LockAgreement(Trial& trial) : trial_(trial) {}

  // A server has applied the command at `index`.
  void Apply(kv::raft::Index index, const locks::LockTable& table);

 private:
  struct Seen {
    uint64_t last_token = 0;
    uint64_t digest = 0;  // Of all that the table has.
  };

  Trial& trial_;
  std::map<kv::raft::Index, Seen> seen_;
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_LOCK_AGREEMENT_H_
