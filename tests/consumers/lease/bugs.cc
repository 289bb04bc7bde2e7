// The planted bugs of the lease service: each replaces one of its rules.

#include "lease/catalog.h"
#include "lease/rules.h"

namespace lease {
namespace {

struct Bug {
  reprise::PlantedBug listed;
  void (*plant)(Rules& rules);
};

std::vector<Bug> Table() {
  const char* clocks = "lease-clocks";
  const char* restarts = "lease-restarts";
  const char* exclusion = "mutual-exclusion";
  return {
      {{"wall-clock-expiry", "servers let a lease expire by a clock that jumps",
        clocks, exclusion},
       [](Rules& rules) { rules.time_of = &reprise::Clock::WallTime; }},
      {{"late-extension", "servers extend the lease of whom it was lost by",
        clocks, exclusion},
       [](Rules& rules) { rules.may_extend = [](auto...) { return true; }; }},
      {{"quorum-of-one", "a client takes the grant of one server for the lease",
        clocks, exclusion},
       [](Rules& rules) { rules.quorum = [](size_t) { return 1; }; }},
      {{"counted-from-the-reply", "a client counts from when it was answered",
        clocks, exclusion},
       [](Rules& rules) { rules.counts_from_the_reply = true; }},
      {{"old-token-accepted", "the store does not look at the token", clocks,
        "linearizability"},
       [](Rules& rules) { rules.accepts_old_tokens = true; }},
      {{"grant-not-persisted", "a grant is answered before it is durable",
        restarts, exclusion},
       [](Rules& rules) {
         rules.keep = [](auto&, int64_t) { return absl::OkStatus(); };
       }},
      {{"free-at-start", "a server that starts knows of no holder", restarts,
        exclusion},
       [](Rules& rules) { rules.lease_at_start = {}; }},
      {{"token-reused-after-restart",
        "a server that starts goes on from the token before the last", restarts,
        exclusion},
       [](Rules& rules) {
         rules.kept = [](reprise::Disk& disk) -> absl::StatusOr<int64_t> {
           const absl::StatusOr<int64_t> token = KeptToken(disk);
           if (!token.ok() || *token == 0) return token;
           return *token - 1;
         };
       }},
  };
}

}  // namespace

std::vector<reprise::PlantedBug> Bugs() {
  std::vector<reprise::PlantedBug> bugs;
  for (const Bug& bug : Table()) bugs.push_back(bug.listed);
  return bugs;
}

Rules RulesWith(std::string_view bug) {
  Rules rules;
  if (bug.empty()) return rules;
  for (const Bug& row : Table()) {
    if (row.listed.name != bug) continue;
    row.plant(rules);
    return rules;
  }
  reprise::Fatal("there is no such bug");
}

}  // namespace lease
