// Rules: what the safety of the lease service rests on, one function a rule.
//
// A planted bug replaces one of them and leaves everything else as it is.
//
//   const Rules rules = RulesWith(trial.bug());
//   if (rules.may_extend(grant, token, now)) ...

#ifndef LEASE_RULES_H_
#define LEASE_RULES_H_

#include <functional>
#include <string_view>

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

absl::Status KeepToken(reprise::Disk& disk, int64_t token);
absl::StatusOr<int64_t> KeptToken(reprise::Disk& disk);

struct Rules {
  // Servers. A lease expires by a clock that never jumps.
  std::function<reprise::VirtualTime(reprise::Clock&)> time_of =
      &reprise::Clock::Now;
  // The token of a grant is durable before the grant is answered.
  std::function<absl::Status(reprise::Disk&, int64_t token)> keep = KeepToken;
  // A server that starts goes on from the last token that it granted ...
  std::function<absl::StatusOr<int64_t>(reprise::Disk&)> kept = KeptToken;
  // ... and gives its holder, of whom it knows no more, this much time.
  reprise::Duration lease_at_start = kLease;
  // Only who holds the lease extends it.
  std::function<bool(const Grant&, int64_t token, reprise::VirtualTime now)>
      may_extend = [](const Grant& grant, int64_t token, auto now) {
        return token == grant.token && now < grant.expires;
      };

  // Clients. A lease is that of whom a majority of the servers granted it.
  std::function<size_t(size_t servers)> quorum = reprise::MajorityOf;
  // It lasts from when it was asked for, because the servers began to count
  // after that.
  bool counts_from_the_reply = false;

  // What the lease guards. An old token is refused, because its holder may not
  // know yet that the lease is lost.
  bool accepts_old_tokens = false;
};

// The rules with the planted bug of this name; "": as they should be. Requires
// that there is such a bug (bugs.cc).
Rules RulesWith(std::string_view bug);

}  // namespace lease

#endif  // LEASE_RULES_H_
