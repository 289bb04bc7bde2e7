// Membership: who belongs to a cluster, and what is a majority of it.
//
// Between two sets of voters stands a joint one, in which each decision needs a
// majority of both (Ongaro 2014, section 4.3). A learner has the log and no
// vote (section 4.2.1).
//
//   Membership now = {.voters = {a, b, c}};
//   now.HasMajority([&](NodeId voter) { return votes.contains(voter); });

#ifndef REPRISE_KV_RAFT_MEMBERSHIP_H_
#define REPRISE_KV_RAFT_MEMBERSHIP_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv::raft {

// A member that has lost what it had saved. It is a learner; the leader makes
// it a voter again once it has caught up, where it had been one.
struct Recovery {
  NodeId node = {};
  uint64_t life = 0;  // Of its ballot, since the loss.
  bool was_voter = false;

  friend bool operator==(const Recovery&, const Recovery&) = default;
};

// Each list is sorted and has no number twice.
struct Membership {
  std::vector<NodeId> voters = {};
  // Who votes once the change is through; empty: no change is in progress.
  std::vector<NodeId> next_voters = {};
  std::vector<NodeId> learners = {};
  std::vector<Recovery> recovering = {};  // By node.

  bool IsJoint() const { return !next_voters.empty(); }
  // Of either set of voters.
  bool IsVoter(NodeId node) const;
  bool IsMember(NodeId node) const;
  // All of them, sorted.
  std::vector<NodeId> Members() const;
  // Whether `has` is true of a majority of the voters, in a joint membership of
  // both sets. False where there is no voter.
  bool HasMajority(absl::FunctionRef<bool(NodeId)> has) const;
  // The greatest number that a majority of the voters has reached, in a joint
  // membership of both sets: the k-th greatest of the numbers of k voters that
  // make a majority. 0 where there is no voter.
  uint64_t ReachedByMajority(
      absl::FunctionRef<uint64_t(NodeId)> number_of) const;

  friend bool operator==(const Membership&, const Membership&) = default;
};

Bytes EncodeMembership(const Membership& membership);
// Errors: InvalidArgument.
absl::StatusOr<Membership> DecodeMembership(std::string_view bytes);

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_MEMBERSHIP_H_
