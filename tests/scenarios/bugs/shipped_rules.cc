#include "tests/scenarios/bugs/shipped_rules.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "reprise/kv/raft/entry_log.h"
#include "reprise/kv/raft/host.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/options.h"
#include "reprise/kv/raft/rules.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "tests/scenarios/bugs/raft_row.h"

namespace reprise {
namespace {

using kv::raft::AppendEntriesReply;
using kv::raft::EntryLog;
using kv::raft::Index;
using kv::raft::Membership;
using kv::raft::Options;
using kv::raft::Position;
using kv::raft::RequestVoteReply;
using kv::raft::Role;
using kv::raft::Rules;
using kv::raft::SendWhen;
using kv::raft::Term;

namespace rule = kv::raft::rule;

// The voters of both sets, as if they were one.
Membership Union(const Membership& membership) {
  Membership all = membership;
  all.voters.insert(all.voters.end(), all.next_voters.begin(),
                    all.next_voters.end());
  std::sort(all.voters.begin(), all.voters.end());
  all.voters.erase(std::unique(all.voters.begin(), all.voters.end()),
                   all.voters.end());
  all.next_voters.clear();
  return all;
}

// Whether half of the voters have it, which two halves may.
bool HasHalf(const Membership& membership,
             absl::FunctionRef<bool(NodeId)> has) {
  const auto count = static_cast<size_t>(
      std::count_if(membership.voters.begin(), membership.voters.end(), has));
  return count * 2 >= membership.voters.size();
}

// A learner of the snapshot has a vote.
Membership WithLearnersAsVoters(const Membership& /*own*/,
                                const Membership& its) {
  Membership membership = its;
  membership.voters.insert(membership.voters.end(), its.learners.begin(),
                           its.learners.end());
  std::sort(membership.voters.begin(), membership.voters.end());
  membership.learners.clear();
  return membership;
}

std::vector<Bug> ShippedVoteBugs() {
  return {
      RaftRow(
          "raft-old-vote-counted",
          "a candidate counts votes that were for an earlier term", kSlowDisks,
          "election-safety",
          [](Rules& rules) {
            rules.counts_vote = [](const RequestVoteReply& reply, Role role,
                                   Term current) {
              if (reply.is_pre_vote || role != Role::kCandidate) {
                return rule::CountsVote(reply, role, current);
              }
              return reply.is_granted;
            };
          },
          "ktoso/akka-raft#46"),
      RaftRow(
          "raft-vote-erased",
          "a server forgets its vote when it hears the leader of its term",
          kSwarm, "election-safety",
          [](Rules& rules) {
            rules.begins_term = [](Term message, Term own) {
              return message >= own;
            };
          },
          "redpanda-data/redpanda#19, etcd-io/etcd#2461, microsoft/CCF#8094"),
      RaftRow("raft-half-wins", "half of the votes makes a leader", kMembership,
              "leader-completeness",
              [](Rules& rules) { rules.has_won = HasHalf; }),
      RaftRow(
          "raft-joint-union-wins",
          "in a joint membership a majority of all voters makes a leader",
          kMembership, "leader-completeness",
          [](Rules& rules) {
            rules.has_won = [](const Membership& membership,
                               absl::FunctionRef<bool(NodeId)> has) {
              return Union(membership).HasMajority(has);
            };
          },
          "microsoft/CCF#3948"),
  };
}

std::vector<Bug> ShippedReplicationBugs() {
  return {
      RaftRow(
          "raft-acknowledges-whole-log",
          "a follower says that all of its log is as the leader's", kPartitions,
          "durable-commit",
          [](Rules& rules) {
            rules.acknowledged = [](Index, Index last) { return last; };
          },
          "microsoft/CCF#6001, ravendb/ravendb#9325"),
      RaftRow(
          "raft-refusal-counts",
          "a leader takes the index of a refusal for one that matches", kSwarm,
          "liveness",
          [](Rules& rules) {
            rules.next_match = [](Index match,
                                  const AppendEntriesReply& reply) {
              return std::max(match, reply.index);
            };
          },
          "microsoft/CCF#5325"),
      RaftRow(
          "raft-commit-goes-back",
          "a late message takes back what is committed", kRandomKeys,
          "commit-grows",
          [](Rules& rules) {
            rules.next_commit = [](Index told, Index) { return told; };
          },
          "bakwc/PySyncObj#166"),
      RaftRow(
          "raft-resent-not-durable",
          "a follower acknowledges what is sent again before it is durable",
          kSlowDisks, "durable-commit",
          [](Rules& rules) { rules.send_resent_reply = SendWhen::kAtOnce; },
          "yugabyte/yugabyte-db#32875"),
      RaftRow("raft-conflict-kept",
              "a follower keeps entries that differ from the leader's",
              kPartitions, "state-machine-safety",
              [](Rules& rules) {
                rules.is_conflict = [](const EntryLog&, Position) {
                  return false;
                };
              }),
      RaftRow(
          "raft-joint-union-commits",
          "in a joint membership a majority of all voters commits", kMembership,
          "durable-commit",
          [](Rules& rules) {
            rules.quorum_index = [](const Membership& membership,
                                    absl::FunctionRef<Index(NodeId)> on) {
              return Union(membership).ReachedByMajority(on);
            };
          },
          "async-raft/async-raft#62"),
  };
}

std::vector<Bug> ShippedLeaderBugs() {
  return {
      RaftRow("raft-old-round-confirms",
              "a leader confirms reads by answers to the round before", kClocks,
              "leases-disjoint",
              [](Rules& rules) {
                rules.is_round_confirmed =
                    [](const Membership& membership,
                       absl::FunctionRef<uint64_t(NodeId)> answered,
                       uint64_t round) {
                      return rule::IsRoundConfirmed(membership, answered,
                                                    round - 1);
                    };
              }),
      RaftRow(
          "raft-transfer-never-given-up",
          "a leader that has let another one stand takes no commands any more",
          kClocks, "liveness",
          [](Rules& rules) {
            rules.transfer_end = [](VirtualTime, const Options&) {
              return VirtualTime::Infinite();
            };
          },
          "hashicorp/raft#696"),
  };
}

std::vector<Bug> ShippedMembershipBugs() {
  return {
      RaftRow(
          "raft-membership-not-rolled-back",
          "a membership stays in force although its entry is gone", kMembership,
          "leader-completeness",
          [](Rules& rules) {
            rules.forgets_changes_from = [](Index) { return UINT64_MAX; };
          },
          "canonical/raft#250, camunda/camunda#57393"),
      RaftRow(
          "raft-snapshot-keeps-membership",
          "a server keeps its membership when it takes a snapshot over",
          kMembership, "leader-completeness",
          [](Rules& rules) {
            rules.membership_of_snapshot =
                [](const Membership& own, const Membership&) { return own; };
          },
          "databendlabs/openraft#1808"),
      RaftRow(
          "raft-snapshot-makes-voters",
          "a learner becomes a voter when it takes a snapshot over",
          kMembership, "leader-completeness",
          [](Rules& rules) {
            rules.membership_of_snapshot = WithLearnersAsVoters;
          },
          "lni/dragonboat#94"),
  };
}

std::vector<Bug> ShippedSnapshotBugs() {
  return {
      RaftRow(
          "raft-log-kept-behind-snapshot",
          "a server keeps a log that differs from the snapshot it takes over",
          kSnapshots, "state-machine-safety",
          [](Rules& rules) {
            rules.keeps_log_behind = [](const EntryLog&, Position) {
              return true;
            };
          },
          "RedisLabs/raft#49"),
  };
}

}  // namespace

std::vector<Bug> ShippedRuleBugs() {
  std::vector<Bug> all;
  for (const auto& part :
       {ShippedVoteBugs(), ShippedReplicationBugs(), ShippedLeaderBugs(),
        ShippedMembershipBugs(), ShippedSnapshotBugs()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace reprise
