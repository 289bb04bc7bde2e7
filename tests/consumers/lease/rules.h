// Rules: what the safety of the lease service rests on, one function a rule.
//
// A planted bug replaces one of them and leaves everything else as it is
// (bugs.h).

#ifndef LEASE_RULES_H_
#define LEASE_RULES_H_

#include <cstdint>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/env.h"

namespace lease {

// How long a lease lasts by the clock of a server.
inline constexpr reprise::Duration kLease = reprise::Milliseconds(300);

// What a server knows of the lease.
struct Grant {
  int64_t token = 0;  // Of the last grant; 0: there was none.
  reprise::VirtualTime expires = {};
};

class Rules {
 public:
  virtual ~Rules() = default;

  // Servers. A lease expires by a clock that never jumps.
  virtual reprise::VirtualTime TimeOf(reprise::Clock& clock) const;
  // The token of a grant is durable before the grant is answered.
  virtual absl::Status KeepToken(reprise::Disk& disk, int64_t token) const;
  // A server that starts goes on from the last token that it granted ...
  virtual absl::StatusOr<int64_t> KeptToken(reprise::Disk& disk) const;
  // ... and gives its holder, of whom it knows no more, this much time.
  virtual reprise::Duration LeaseAtStart() const { return kLease; }
  // Only who holds the lease extends it.
  virtual bool MayExtend(const Grant& grant, int64_t token,
                         reprise::VirtualTime now) const;

  // Clients. A lease is that of whom a majority of the servers granted it.
  virtual int Quorum(int servers) const { return servers / 2 + 1; }
  // It lasts from when it was asked for, because the servers began to count
  // after that.
  virtual reprise::VirtualTime Begin(reprise::VirtualTime asked,
                                     reprise::VirtualTime) const {
    return asked;
  }

  // What the lease guards. An old token is refused, because its holder may not
  // know yet that the lease is lost.
  virtual bool Accepts(int64_t token, int64_t greatest) const {
    return token >= greatest;
  }
};

}  // namespace lease

#endif  // LEASE_RULES_H_
