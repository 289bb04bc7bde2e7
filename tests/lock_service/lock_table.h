// LockTable: locks and their leases as a state machine (kv/raft). It knows
// nothing of nodes or networks, and no clock.
//
//   acquire  grants the lock, unless a lease of it still lasts: the reply has a
//            token that is greater than all before
//   renew    lets the lease of that token last for so long from now on
//   release  ends it
//
// Time is that of the log: entries say when they were made, by a count that
// never runs faster than the fastest clock does (lock_server.h), and what an
// earlier entry says is never undone. So all replicas judge alike whether a
// lease is over, and one that lasts D is over no sooner than D after it was
// asked for, by the fastest clock.
//
// Guarantees: tokens grow, across snapshots, too; each request of a session is
// executed once (kv/raft/sessions.h); a malformed command changes nothing. A
// lock whose lease is over is kept until somebody else acquires it.
//
// A command is what lock_wire.h encodes, or kv::kOpenSession.
//
//   LockTable table(rules, /*sessions_max=*/1000);
//   Bytes answer = table.Apply(index, EncodeCommand({...}));

#ifndef TESTS_LOCK_SERVICE_LOCK_TABLE_H_
#define TESTS_LOCK_SERVICE_LOCK_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "reprise/kv/raft/sessions.h"
#include "reprise/kv/raft/state_machine.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "tests/lock_service/lock_rules.h"
#include "tests/lock_service/lock_wire.h"

namespace reprise::locks {

class LockTable final : public kv::raft::StateMachine {
 public:
  LockTable(LockRules rules, size_t sessions_max);

  Bytes Apply(kv::raft::Index index, std::string_view command) override;
  Bytes Snapshot() const override;
  absl::Status Restore(std::string_view snapshot) override;

  // Of the log, as of the last entry.
  VirtualTime time() const { return time_; }
  // 0: nothing was granted yet.
  uint64_t last_token() const { return last_token_; }

 private:
  struct Lease {
    uint64_t token = 0;
    uint64_t holder = 0;  // A session.
    VirtualTime end = {};
  };

  LockReply Execute(const LockCommand& command);
  LockReply Acquire(const LockCommand& command);
  LockReply Renew(const LockCommand& command);
  LockReply Release(const LockCommand& command);
  uint64_t LastHeldToken() const;

  LockRules rules_;
  VirtualTime time_;
  uint64_t last_token_ = 0;
  std::map<std::string, Lease, std::less<>> leases_;  // By lock.
  kv::raft::Sessions<Bytes> sessions_;
};

}  // namespace reprise::locks

#endif  // TESTS_LOCK_SERVICE_LOCK_TABLE_H_
