#include "tests/scenarios/bugs/locks.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "tests/scenarios/bugs/bug.h"
#include "tests/scenarios/bugs/raft_row.h"

namespace reprise {
namespace {

using locks::LockRules;

Bug Row(const char* name, const char* about, const char* property,
        void (*plant)(LockRules& rules, Env& env), const char* source = "") {
  return {.listing = RaftListing(name, about, "raft-locks", property, source),
          .lock_rules = plant};
}

// Leases end by the wall clock of the leader.
void ExpireByWallClock(LockRules& rules, Env& env) {
  rules.time_for = [&env, began = VirtualTime::Infinite(),
                    wall_began = VirtualTime()](VirtualTime log_began,
                                                VirtualTime own_began,
                                                VirtualTime own_now) mutable {
    const VirtualTime wall = env.clock().WallTime();
    if (began != own_began) {
      began = own_began;
      wall_began = wall - (own_now - own_began);
    }
    // No more than the log's time can hold, however often the clock leaps.
    return log_began + std::clamp(wall - wall_began, Duration(), Seconds(3600));
  };
}

// A client looks at the wall clock to see whether its lease lasts.
void UseByWallClock(LockRules& rules, Env& env) {
  rules.counts_from = [&env](VirtualTime asked, VirtualTime answered) {
    return env.clock().WallTime() - (answered - asked);
  };
  rules.may_use = [&env](VirtualTime, VirtualTime end) {
    return env.clock().WallTime() < end;
  };
}

}  // namespace

std::vector<Bug> LockBugs() {
  return {
      Row(
          "lock-lease-not-checked",
          "who is granted a lock does not look whether its lease "
          "still lasts",
          "mutual-exclusion",
          [](LockRules& rules, Env&) {
            rules.may_use = [](VirtualTime, VirtualTime) { return true; };
          },
          "etcd-io/etcd#11456"),
      Row("lock-counted-from-the-reply",
          "a client counts its lease from when it was granted",
          "mutual-exclusion",
          [](LockRules& rules, Env&) {
            rules.counts_from = [](VirtualTime, VirtualTime answered) {
              return answered;
            };
          }),
      Row("lock-tokens-not-checked",
          "what a lock guards does not look at tokens", "no-lost-update",
          [](LockRules& rules, Env&) {
            rules.admits = [](uint64_t, uint64_t) { return true; };
          }),
      Row("lock-time-of-the-leader",
          "the time of the log is what the leader's clock says",
          "mutual-exclusion",
          [](LockRules& rules, Env&) {
            rules.time_for = [](VirtualTime, VirtualTime, VirtualTime own_now) {
              return own_now;
            };
          }),
      Row("lock-expiry-by-own-clock",
          "each server lets leases end by its own clock", "replicas-agree",
          [](LockRules& rules, Env& env) {
            rules.time_of = [&env](VirtualTime) { return env.clock().Now(); };
          }),
      Row("lock-expiry-by-wall-clock",
          "leases end by the wall clock of the leader", "mutual-exclusion",
          ExpireByWallClock, "etcd-io/etcd#6700"),
      Row("lock-lease-by-wall-clock",
          "a client looks at its wall clock to see whether its lease lasts",
          "mutual-exclusion", UseByWallClock),
      Row("lock-renewed-when-lost",
          "a lease is renewed although another has the lock", "linearizability",
          [](LockRules& rules, Env&) {
            rules.may_renew = [](auto...) { return true; };
          }),
      Row("lock-token-granted-again",
          "snapshots forget the tokens that nobody holds", "tokens-increase",
          [](LockRules& rules, Env&) {
            rules.kept_token = [](uint64_t, uint64_t held) { return held; };
          }),
      Row("lock-asked-for-anew",
          "a client that was not answered asks for the lock "
          "by another request",
          "exactly-once",
          [](LockRules& rules, Env&) {
            rules.number_again = [](uint64_t number) { return number + 1; };
          }),
  };
}

}  // namespace reprise
