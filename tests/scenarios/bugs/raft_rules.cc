#include "tests/scenarios/bugs/raft_rules.h"

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

using kv::raft::Ballot;
using kv::raft::EntryLog;
using kv::raft::Index;
using kv::raft::Membership;
using kv::raft::Options;
using kv::raft::Position;
using kv::raft::Rules;
using kv::raft::SendWhen;
using kv::raft::Term;

// Whether a set of voters has a third of itself, one at least.
bool HasThird(const Membership& membership,
              absl::FunctionRef<bool(NodeId)> has) {
  const auto count = static_cast<size_t>(
      std::count_if(membership.voters.begin(), membership.voters.end(), has));
  return count * 3 >= membership.voters.size();
}

// That which is in force, without the second set of voters.
Membership OldHalf(Membership membership) {
  membership.next_voters.clear();
  return membership;
}

Index ReachedByThird(const Membership& membership,
                     absl::FunctionRef<Index(NodeId)> number_of) {
  std::vector<Index> numbers;
  for (const NodeId voter : membership.voters) {
    numbers.push_back(number_of(voter));
  }
  if (numbers.empty()) return 0;
  std::sort(numbers.rbegin(), numbers.rend());
  return numbers[(numbers.size() + 2) / 3 - 1];
}

std::vector<Bug> VoteBugs() {
  return {
      RaftRow(
          "raft-votes-twice", "a server votes for all who ask in a term",
          kPartitions, "election-safety",
          [](Rules& rules) {
            rules.may_vote = [](const Ballot&, NodeId) { return true; };
          },
          "ktoso/akka-raft#56"),
      RaftRow(
          "raft-short-log-wins", "a server votes for whoever has a shorter log",
          kPartitions, "leader-completeness",
          [](Rules& rules) {
            rules.is_up_to_date = [](Position, Position) { return true; };
          },
          "jgroups-extras/jgroups-raft#14"),
      RaftRow(
          "raft-longer-log-wins",
          "logs are compared by their lengths, not by their last terms",
          kCrashes, "leader-completeness",
          [](Rules& rules) {
            rules.is_up_to_date = [](Position candidate, Position own) {
              return candidate.index >= own.index;
            };
          },
          "sile/noraft#22"),
      RaftRow(
          "raft-deposes-leader",
          "a server votes although it hears the leader, whose lease goes on",
          kClocks, "leases-disjoint",
          [](Rules& rules) {
            rules.hears_leader = [](VirtualTime, VirtualTime, const Options&) {
              return false;
            };
          },
          "sofastack/sofa-jraft#25"),
      RaftRow(
          "raft-votes-at-boot",
          "a server that has started forgets that it had promised a lease",
          kClocks, "leases-disjoint",
          [](Rules& rules) {
            rules.may_vote_since_boot = [](VirtualTime, VirtualTime,
                                           const Options&) { return true; };
          },
          "tikv/tikv#15035"),
  };
}

std::vector<Bug> ElectionBugs() {
  return {
      RaftRow("raft-minority-wins", "a third of the votes makes a leader",
              kPartitions, "leader-completeness",
              [](Rules& rules) { rules.has_won = HasThird; }),
      RaftRow("raft-joint-old-half-wins",
              "in a joint membership the old voters alone make a leader",
              kMembership, "leader-completeness",
              [](Rules& rules) {
                rules.has_won = [](const Membership& membership,
                                   absl::FunctionRef<bool(NodeId)> has) {
                  return OldHalf(membership).HasMajority(has);
                };
              }),
      RaftRow("raft-stale-terms-heard", "messages of earlier terms are heard",
              kSwarm, "state-machine-safety",
              [](Rules& rules) {
                rules.is_stale = [](Term, Term) { return false; };
              }),
      RaftRow("raft-vote-outlives-term",
              "a server that has voted keeps that vote in later terms",
              kPartitions, "liveness",
              [](Rules& rules) {
                rules.ballot_of_new_term = [](const Ballot& before, Term term) {
                  Ballot ballot = before;
                  ballot.term = term;
                  return ballot;
                };
              }),
      RaftRow(
          "raft-vote-not-durable", "a vote is told before it is durable",
          kCrashes, "election-safety",
          [](Rules& rules) { rules.send_vote = SendWhen::kAtOnce; },
          "tikv/tikv#8381"),
  };
}

std::vector<Bug> ReplicationBugs() {
  return {
      RaftRow("raft-any-term-matches",
              "entries are taken behind one of another term", kPartitions,
              "log-matching",
              [](Rules& rules) {
                rules.is_matching = [](const EntryLog& log, Position previous) {
                  return previous.index <= log.last_index();
                };
              }),
      RaftRow(
          "raft-old-message-truncates",
          "a late message drops what came after it", kRandomKeys,
          "state-machine-safety",
          [](Rules& rules) {
            rules.is_conflict = [](const EntryLog&, Position) { return true; };
          },
          "zhebrak/raftos#26, microsoft/CCF#5991"),
      RaftRow(
          "raft-follower-commits-unseen",
          "a follower commits entries that may differ from the leader's",
          kPartitions, "state-machine-safety",
          [](Rules& rules) {
            rules.follower_commit = [](Index leader_commit, Index) {
              return leader_commit;
            };
          },
          "scylladb/scylladb#9965, atomix/copycat#265"),
  };
}

std::vector<Bug> CommitBugs() {
  return {
      RaftRow(
          "raft-minority-commits", "a third of the servers commits",
          kPartitions, "durable-commit",
          [](Rules& rules) { rules.quorum_index = ReachedByThird; },
          "ktoso/akka-raft#42"),
      RaftRow("raft-joint-old-half-commits",
              "in a joint membership the old voters alone commit", kMembership,
              "durable-commit",
              [](Rules& rules) {
                rules.quorum_index = [](const Membership& membership,
                                        absl::FunctionRef<Index(NodeId)> on) {
                  return OldHalf(membership).ReachedByMajority(on);
                };
              }),
      RaftRow(
          "raft-commits-earlier-terms",
          "entries of earlier terms are committed by counting", kCrashes,
          "commit-of-own-term",
          [](Rules& rules) {
            rules.may_commit = [](Term, Term) { return true; };
          },
          "logcabin/logcabin#44, bakwc/PySyncObj#169, canonical/raft#220"),
      RaftRow("raft-counts-unsynced",
              "servers are counted for entries that are not on their disks",
              kSlowDisks, "durable-commit",
              [](Rules& rules) {
                rules.own_durable = [](Index last, Index) { return last; };
                rules.send_append_reply = SendWhen::kAtOnce;
              }),
      RaftRow(
          "raft-leader-counts-unsynced",
          "the leader counts itself before its log is durable", kSlowDisks,
          "durable-commit",
          [](Rules& rules) {
            rules.own_durable = [](Index last, Index) { return last; };
          },
          "etcd-io/etcd#14370"),
      RaftRow(
          "raft-amnesiac-counts",
          "a server that has lost its data votes and is counted", kCrashes,
          "durable-commit",
          [](Rules& rules) { rules.counts_reply = [](bool) { return true; }; },
          "eBay/NuRaft#185"),
  };
}

std::vector<Bug> ReadBugs() {
  return {
      RaftRow(
          "raft-reads-before-no-op",
          "a new leader answers reads before it knows what is committed",
          kPartitions, "linearizability",
          [](Rules& rules) {
            rules.may_read = [](Term, Term) { return true; };
          },
          "etcd-io/etcd#7331"),
      RaftRow(
          "raft-reads-unconfirmed",
          "a leader answers reads without asking whether it still leads",
          kSlowDisks, "leases-disjoint",
          [](Rules& rules) {
            rules.is_round_confirmed = [](const Membership&,
                                          absl::FunctionRef<uint64_t(NodeId)>,
                                          uint64_t) { return true; };
          },
          "etcd-io/etcd#741"),
      RaftRow(
          "raft-lease-too-long",
          "a lease lasts longer than others wait to vote", kClocks,
          "leases-disjoint",
          [](Rules& rules) {
            rules.lease_length = [](const Options& options) {
              return options.election_timeout * 3;
            };
          },
          "sofastack/sofa-jraft#34"),
      RaftRow(
          "raft-lease-ignores-drift",
          "a lease does not allow for clocks of different rates", kClocks,
          "leases-disjoint",
          [](Rules& rules) {
            rules.lease_length = [](const Options& options) {
              return options.election_timeout;
            };
          },
          "tikv/tikv#964"),
      RaftRow(
          "raft-lease-kept-in-transfer",
          "a leader that lets another one win keeps its lease", kClocks,
          "leases-disjoint",
          [](Rules& rules) {
            rules.may_keep_lease = [](bool) { return true; };
          },
          "etcd-io/etcd#12704"),
  };
}

std::vector<Bug> MembershipBugs() {
  return {
      RaftRow(
          "raft-changes-overlap",
          "a membership changes before the last change is committed, or before "
          "its leader has committed anything",
          kMembership, "liveness",
          [](Rules& rules) {
            rules.may_change_membership = [](const Membership& current, Index,
                                             Index, Term, Term) {
              return !current.IsJoint();
            };
          },
          "Ongaro, raft-dev, 2015: "
          "https://groups.google.com/g/raft-dev/c/t4xj6dJTP6E"),
      RaftRow(
          "raft-joint-left-early",
          "a joint membership is left before it is committed", kMembership,
          "leader-completeness",
          [](Rules& rules) {
            rules.may_leave_joint = [](Index, Index) { return true; };
          },
          "camunda/camunda#60086"),
      RaftRow("raft-no-joint-membership",
              "any membership follows another one in a single step",
              kMembership, "leader-completeness",
              [](Rules& rules) {
                rules.next_membership = [](const Membership&,
                                           const Membership& wanted) {
                  return wanted;
                };
              }),
      RaftRow("raft-membership-from-commit",
              "a membership is in force only when it is committed", kMembership,
              "election-safety",
              [](Rules& rules) {
                rules.membership_in_force_at = [](Index last_change,
                                                  Index commit) {
                  return std::min(last_change, commit);
                };
              }),
  };
}

std::vector<Bug> SnapshotBugs() {
  return {
      RaftRow(
          "raft-old-snapshot-installed",
          "a snapshot takes a server back behind what it has applied",
          kSnapshots, "state-machine-safety",
          [](Rules& rules) {
            rules.may_install = [](Position, Index) { return true; };
          },
          "databendlabs/openraft#543"),
      RaftRow("raft-drops-unapplied",
              "entries go from the log before they are "
              "applied",
              kSnapshots, "state-machine-safety",
              [](Rules& rules) {
                rules.may_drop_to = [](Index applied) { return applied + 2; };
              }),
  };
}

}  // namespace

std::vector<Bug> RaftRuleBugs() {
  std::vector<Bug> all;
  for (const auto& part :
       {VoteBugs(), ElectionBugs(), ReplicationBugs(), CommitBugs(), ReadBugs(),
        MembershipBugs(), SnapshotBugs()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace reprise
