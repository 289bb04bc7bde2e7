#include "tools/kv_program/status_report.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace reprise::kv {
namespace {

using nlohmann::ordered_json;

std::string InText(std::optional<raft::Index> number) {
  return number.has_value() ? absl::StrCat(*number) : "-";
}

std::string Row(const std::vector<std::string>& cells, size_t name_width) {
  return absl::StrFormat("%-*s  %-9s %8s %10s %10s %10s %10s  %s\n",
                         static_cast<int>(name_width), cells[0], cells[1],
                         cells[2], cells[3], cells[4], cells[5], cells[6],
                         cells[7]);
}

}  // namespace

std::string StatusReport::RoleOf(size_t server) const {
  const std::optional<size_t> leader = Leader();
  if (leader == server) return "leader";
  const absl::StatusOr<ServerStatus>& told =
      statuses[leader.has_value() ? *leader : server];
  if (!told.ok()) return "unknown";
  const NodeId node(static_cast<uint32_t>(server));
  if (told->membership.IsVoter(node)) return "voter";
  return told->membership.IsMember(node) ? "learner" : "no member";
}

std::optional<raft::Index> StatusReport::Lacks(size_t server) const {
  const std::optional<size_t> leader = Leader();
  if (!leader.has_value()) return std::nullopt;
  if (*leader == server) return 0;
  const ServerStatus& told = *statuses[*leader];
  const FollowerStatus* const follower =
      told.follower(NodeId(static_cast<uint32_t>(server)));
  if (follower == nullptr || !follower->is_heard) return std::nullopt;
  return told.last - std::min(told.last, follower->match);
}

std::string StatusReport::ToText() const {
  size_t width = 6;
  for (const RealMember& server : servers) {
    width = std::max(width, server.name.size());
  }
  std::string text = Row({"server", "role", "term", "commit", "applied",
                          "log to", "lacks", "address"},
                         width);
  for (size_t i = 0; i < servers.size(); ++i) {
    const absl::StatusOr<ServerStatus>& status = statuses[i];
    std::vector<std::string> cells = {servers[i].name, RoleOf(i)};
    for (const raft::Index ServerStatus::*number :
         {&ServerStatus::term, &ServerStatus::commit, &ServerStatus::applied,
          &ServerStatus::last}) {
      cells.push_back(status.ok() ? absl::StrCat((*status).*number) : "-");
    }
    cells.push_back(InText(Lacks(i)));
    cells.push_back(absl::StrCat(servers[i].address.ToString(),
                                 status.ok() ? "" : "  does not answer"));
    if (status.ok() && status->has_lost_data) cells.back() += "  lost its data";
    text += Row(cells, width);
  }
  const std::optional<size_t> leader = Leader();
  if (!leader.has_value()) return text + "nobody leads\n";
  const ServerStatus& told = *statuses[*leader];
  const size_t voters = told.membership.voters.size();
  absl::StrAppend(&text, voters, " voters, ", voters / 2 + 1,
                  " make a majority");
  if (!told.may_change) text += "; a change of members is in progress";
  return text + "\n";
}

std::vector<std::string> StatusReport::Names(
    const std::vector<NodeId>& nodes) const {
  std::vector<std::string> names;
  for (const NodeId node : nodes) {
    names.push_back(node.value() < servers.size() ? servers[node.value()].name
                                                  : absl::StrCat(node.value()));
  }
  return names;
}

ordered_json StatusReport::ToJson() const {
  const std::optional<size_t> leader = Leader();
  ordered_json json = {{"leader", nullptr}};
  if (leader.has_value()) {
    const ServerStatus& told = *statuses[*leader];
    json = {{"leader", servers[*leader].name},
            {"term", told.term},
            {"voters", Names(told.membership.voters)},
            {"next_voters", Names(told.membership.next_voters)},
            {"learners", Names(told.membership.learners)},
            {"may_change", told.may_change}};
  }
  json["servers"] = ordered_json::array();
  for (size_t i = 0; i < servers.size(); ++i) {
    const absl::StatusOr<ServerStatus>& status = statuses[i];
    ordered_json row = {{"name", servers[i].name},
                        {"address", servers[i].address.ToString()},
                        {"role", RoleOf(i)},
                        {"answers", status.ok()}};
    if (status.ok()) {
      row["term"] = status->term;
      row["commit"] = status->commit;
      row["applied"] = status->applied;
      row["log_to"] = status->last;
      row["files_version"] = status->files_version;
      row["has_lost_data"] = status->has_lost_data;
    } else {
      row["error"] = std::string(status.status().message());
    }
    if (const auto lacks = Lacks(i)) row["lacks"] = *lacks;
    json["servers"].push_back(row);
  }
  return json;
}

}  // namespace reprise::kv
