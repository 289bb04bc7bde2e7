// LockRules: what the safety of the lock service rests on, one function a rule.
//
// A planted bug replaces one of them and leaves everything else as it is.
//
//   LockRules rules;
//   rules.admits = [](uint64_t, uint64_t) { return true; };  // Any token.
//
// Sources: Gray and Cheriton, "Leases: An Efficient Fault-Tolerant Mechanism
// for Distributed File Cache Consistency", SOSP 1989; of the tokens, Burrows,
// "The Chubby Lock Service", OSDI 2006, section 2.4.

#ifndef TESTS_LOCK_SERVICE_LOCK_RULES_H_
#define TESTS_LOCK_SERVICE_LOCK_RULES_H_

#include <cstdint>
#include <functional>

#include "reprise/sim/core/time.h"

namespace reprise::locks {

struct LockRules {
  // Servers. The time that the leader puts into an entry: that of the log when
  // it began to count, and what its clock has counted since. What the clock
  // says is another matter: those of two leaders may lie far apart.
  std::function<VirtualTime(VirtualTime log_began, VirtualTime own_began,
                            VirtualTime own_now)>
      time_for =
          [](VirtualTime log_began, VirtualTime own_began,
             VirtualTime own_now) { return log_began + (own_now - own_began); };
  // What time it is where an entry of the log is executed: what the
  // entry says, so that all replicas judge alike which leases are over.
  std::function<VirtualTime(VirtualTime entry)> time_of =
      [](VirtualTime entry) { return entry; };
  // Only the lease of who holds the lock is renewed, while it lasts.
  std::function<bool(uint64_t token, uint64_t held, VirtualTime now,
                     VirtualTime end)>
      may_renew = [](uint64_t token, uint64_t held, VirtualTime now,
                     VirtualTime end) { return token == held && now < end; };
  // The last token that a snapshot speaks of: that which was granted, not that
  // of a lease which still lasts. So none is granted again.
  std::function<uint64_t(uint64_t granted, uint64_t held)> kept_token =
      [](uint64_t granted, uint64_t) { return granted; };

  // Clients. A lease lasts from when it was asked for, because the servers
  // began to count after that.
  std::function<VirtualTime(VirtualTime asked, VirtualTime answered)>
      counts_from = [](VirtualTime asked, VirtualTime) { return asked; };
  // A lock is used only as long as its lease lasts, also where the grant comes
  // late.
  std::function<bool(VirtualTime now, VirtualTime end)> may_use =
      [](VirtualTime now, VirtualTime end) { return now < end; };
  // A request that is sent again has the number that it had, so that it is
  // executed once.
  std::function<uint64_t(uint64_t number)> number_again = [](uint64_t number) {
    return number;
  };

  // What a lock guards. A token is refused once a greater one was used, because
  // its holder may not know yet that the lease is over.
  std::function<bool(uint64_t token, uint64_t greatest)> admits =
      [](uint64_t token, uint64_t greatest) { return token >= greatest; };
};

}  // namespace reprise::locks

#endif  // TESTS_LOCK_SERVICE_LOCK_RULES_H_
