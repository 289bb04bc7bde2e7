#include "tests/scenarios/raft/server_state.h"

#include <algorithm>
#include <optional>

#include "absl/strings/str_cat.h"
#include "reprise/kv/raft/entry_log.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/types.h"

namespace reprise {
namespace {

using kv::raft::Consensus;
using kv::raft::EntryLog;
using kv::raft::Index;
using kv::raft::Membership;
using kv::raft::Position;
using kv::raft::Role;

constexpr Index kEntriesShown = 5;

std::string NumberOf(std::optional<NodeId> node) {
  return node ? absl::StrCat(node->value()) : "-";
}

std::string HeadlineOf(const Consensus& server) {
  const std::string term = absl::StrCat("term ", server.term());
  switch (server.role()) {
    case Role::kLeader:
      return "leads " + term;
    case Role::kCandidate:
      return "stands for " + term;
    case Role::kPreCandidate:
      return "asks to stand, " + term;
    case Role::kFollower:
      break;
  }
  if (!server.leader()) return "hears no leader, " + term;
  return absl::StrCat("follows ", NumberOf(server.leader()), ", ", term);
}

std::string PlaceOf(const Position& position) {
  return absl::StrCat(position.index, ":", position.term);
}

std::string RangeOf(const EntryLog& log) {
  const Index first = log.start().index + 1;
  if (log.last_index() < first) return "empty";
  return absl::StrCat(first, "..", log.last_index());
}

std::string LastEntriesOf(const EntryLog& log) {
  const Index last = log.last_index();
  const Index before =
      std::max(log.start().index, last - std::min(last, kEntriesShown));
  std::string text;
  for (Index index = before + 1; index <= last; ++index) {
    absl::StrAppend(&text, text.empty() ? "" : " ",
                    PlaceOf({index, log.At(index).term}));
  }
  return text;
}

std::string VotersOf(const Membership& membership) {
  std::string text = NumbersOf(membership.voters);
  if (membership.IsJoint()) {
    absl::StrAppend(&text, " to ", NumbersOf(membership.next_voters));
  }
  if (!membership.learners.empty()) {
    absl::StrAppend(&text, ", learn ", NumbersOf(membership.learners));
  }
  return text;
}

}  // namespace

NodeState StateOf(const Consensus& server) {
  const EntryLog& log = server.log();
  NodeState state{.headline = HeadlineOf(server),
                  .stands_out = server.role() == Role::kLeader,
                  .facts = {{"vote", NumberOf(server.ballot().vote)},
                            {"commit", absl::StrCat(server.commit())},
                            {"applied", absl::StrCat(server.applied())},
                            {"log", RangeOf(log)},
                            {"last entries", LastEntriesOf(log)},
                            {"on disk to", PlaceOf(server.durable())},
                            {"voters", VotersOf(server.membership())}}};
  if (server.IsAmnesiac()) state.facts.push_back({"lost its data", "yes"});
  return state;
}

std::string NumbersOf(const std::vector<NodeId>& nodes) {
  std::string text;
  for (const NodeId node : nodes) {
    absl::StrAppend(&text, text.empty() ? "" : " ", node.value());
  }
  return text;
}

}  // namespace reprise
