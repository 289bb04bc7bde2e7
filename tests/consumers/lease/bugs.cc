#include "lease/bugs.h"

#include <cstdint>
#include <functional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace lease {
namespace {

using reprise::VirtualTime;

struct WallClockExpiry : Rules {
  VirtualTime TimeOf(reprise::Clock& clock) const override {
    return clock.WallTime();
  }
};

struct GrantNotPersisted : Rules {
  absl::Status KeepToken(reprise::Disk&, int64_t) const override {
    return absl::OkStatus();
  }
};

struct TokenReusedAfterRestart : Rules {
  absl::StatusOr<int64_t> KeptToken(reprise::Disk& disk) const override {
    const absl::StatusOr<int64_t> token = Rules::KeptToken(disk);
    if (!token.ok() || *token == 0) return token;
    return *token - 1;
  }
};

struct FreeAtStart : Rules {
  reprise::Duration LeaseAtStart() const override { return {}; }
};

struct LateExtension : Rules {
  bool MayExtend(const Grant&, int64_t, VirtualTime) const override {
    return true;
  }
};

struct QuorumOfOne : Rules {
  int Quorum(int) const override { return 1; }
};

struct CountedFromTheReply : Rules {
  VirtualTime Begin(VirtualTime, VirtualTime answered) const override {
    return answered;
  }
};

struct OldTokenAccepted : Rules {
  bool Accepts(int64_t, int64_t) const override { return true; }
};

struct Bug {
  reprise::PlantedBug listed;
  std::function<std::unique_ptr<const Rules>()> rules;
};

template <typename BuggyRules>
Bug Row(const std::string& name, const std::string& about,
        const std::string& scenario, const std::string& property) {
  return {.listed = {.name = name,
                     .about = about,
                     .scenario = scenario,
                     .property = property},
          .rules = [] { return std::make_unique<const BuggyRules>(); }};
}

std::vector<Bug> Table() {
  const std::string clocks = "lease-clocks";
  const std::string restarts = "lease-restarts";
  const std::string exclusion = "mutual-exclusion";
  const std::string linearizability = "linearizability";
  return {
      Row<WallClockExpiry>("wall-clock-expiry",
                           "servers let a lease expire by a clock that jumps",
                           clocks, exclusion),
      Row<LateExtension>("late-extension",
                         "servers extend the lease of whom it was lost by",
                         clocks, exclusion),
      Row<QuorumOfOne>("quorum-of-one",
                       "a client takes the grant of one server for the lease",
                       clocks, exclusion),
      Row<CountedFromTheReply>("counted-from-the-reply",
                               "a client counts from when it was answered",
                               clocks, exclusion),
      Row<OldTokenAccepted>("old-token-accepted",
                            "the store does not look at the token", clocks,
                            linearizability),
      Row<GrantNotPersisted>("grant-not-persisted",
                             "a grant is answered before it is durable",
                             restarts, exclusion),
      Row<FreeAtStart>("free-at-start",
                       "a server that starts knows of no holder", restarts,
                       exclusion),
      Row<TokenReusedAfterRestart>(
          "token-reused-after-restart",
          "a server that starts goes on from the token before the last",
          restarts, exclusion),
  };
}

}  // namespace

std::vector<reprise::PlantedBug> Bugs() {
  std::vector<reprise::PlantedBug> bugs;
  for (const Bug& bug : Table()) bugs.push_back(bug.listed);
  return bugs;
}

std::unique_ptr<const Rules> RulesWith(std::string_view bug) {
  for (const Bug& row : Table()) {
    if (row.listed.name == bug) return row.rules();
  }
  REPRISE_CHECK(bug.empty(), "there is no such bug");
  return std::make_unique<const Rules>();
}

}  // namespace lease
