// StatusReport: how the servers of a replicated store are, for people and for
// programs.
//
//   StatusReport report = {members, op.AskAll()};
//   std::fputs(report.ToText().c_str(), stdout);

#ifndef TOOLS_KV_PROGRAM_STATUS_REPORT_H_
#define TOOLS_KV_PROGRAM_STATUS_REPORT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "nlohmann/json.hpp"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/server_status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/real/real_member.h"

namespace reprise::kv {

struct StatusReport {
  // As they were given to --replicas.
  std::vector<RealMember> servers = {};
  // What each has answered.
  std::vector<absl::StatusOr<ServerStatus>> statuses = {};

  // The one that leads the latest term; none: nobody says so.
  std::optional<size_t> Leader() const { return LatestLeader(statuses); }
  // A table, a row each, and how many votes make a majority.
  std::string ToText() const;
  nlohmann::ordered_json ToJson() const;

 private:
  // "leader", "voter", "learner" or "no member"; by what the leader says, or
  // else the server itself.
  std::string RoleOf(size_t server) const;
  // How many entries it lacks, as far as the leader knows; none: the leader
  // does not hear it.
  std::optional<raft::Index> Lacks(size_t server) const;
  std::vector<std::string> Names(const std::vector<NodeId>& nodes) const;
};

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_STATUS_REPORT_H_
