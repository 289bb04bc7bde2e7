// LockClient: acquires a lock, keeps and releases it.
//
// It counts its lease from before it asked for it, by its own clock, and
// shortened by what clocks may differ. So it stops using the lock before the
// servers may grant it to somebody else. Where it stands still after a look at
// its lease, it may still be late: what it does with the lock carries the
// lease's token, and is refused by what the lock guards (guarded_register.h).
//
// Guarantees: while IsHeld(), that of no other client of the same lock. A
// request that is sent again is executed once.
//
// Requires: one call at a time, and one lock at a time; clocks that run no
// faster or slower than `drift_ppm_max` says.
//
//   locks::LockClient client(env, servers);
//   absl::StatusOr<locks::LockReply> reply = client.Acquire("l", Seconds(1));
//   if (client.IsHeld()) Use(client.token());
//   reply = client.Release();

#ifndef TESTS_LOCK_SERVICE_LOCK_CLIENT_H_
#define TESTS_LOCK_SERVICE_LOCK_CLIENT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/leader_caller.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/lock_service/lock_rules.h"
#include "tests/lock_service/lock_wire.h"

namespace reprise::locks {

struct LockClientOptions {
  // Its deadline: after it the client asks again.
  kv::LeaderCallerOptions caller = {.deadline = Seconds(1)};
  // How much faster or slower than true time a clock may run, in millionths.
  uint32_t drift_ppm_max = 1000;
  LockRules rules = {};
};

// How much of a lease its holder may use, by its own clock: so much of
// `duration` that the slowest clock counts no more while the fastest counts
// `duration`. Requires `drift_ppm_max` < 1'000'000.
Duration UsablePart(Duration duration, uint32_t drift_ppm_max);

class LockClient {
 public:
  LockClient(Env& env, std::vector<NodeId> servers,
             const LockClientOptions& options = {});

  // Each asks until it is answered, whether the lock was granted, the lease
  // made to last for `duration` from now on, or ended. Where `is_granted`, the
  // lease may be over nevertheless: IsHeld() tells. Errors: Aborted: nobody
  // knows whether it took effect; Cancelled.
  absl::StatusOr<LockReply> Acquire(std::string_view lock, Duration duration);
  absl::StatusOr<LockReply> Renew(Duration duration);
  absl::StatusOr<LockReply> Release();

  // Whether it may use the lock now.
  bool IsHeld() const {
    return token_ != 0 && options_.rules.may_use(env_.clock().Now(), end_);
  }
  const std::string& lock() const { return lock_; }
  uint64_t token() const { return token_; }      // 0: none.
  uint64_t session() const { return session_; }  // 0: none.

 private:
  // As above, for `command` without session and number.
  absl::StatusOr<LockReply> Ask(LockCommand command);
  absl::Status OpenSession();
  void CountLease(VirtualTime asked, Duration duration);

  Env& env_;
  const LockClientOptions options_;
  kv::LeaderCaller leader_;
  uint64_t session_ = 0;
  uint64_t number_ = 0;  // Of the last request.
  std::string lock_;
  uint64_t token_ = 0;
  VirtualTime end_;
};

}  // namespace reprise::locks

#endif  // TESTS_LOCK_SERVICE_LOCK_CLIENT_H_
