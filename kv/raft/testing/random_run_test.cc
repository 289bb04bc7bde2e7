#include "reprise/kv/raft/testing/random_run.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "absl/functional/function_ref.h"
#include "reprise/kv/raft/rules.h"
#include "reprise/sim/core/ids.h"

namespace reprise::kv::raft {
namespace {

TEST(RandomRunTest, HoldsByTheRules) {
  uint64_t committed = 0;
  for (uint64_t seed = 0; seed < 2000; ++seed) {
    const RunResult result = RandomRun(Seed(seed));
    ASSERT_EQ(result.violation, "") << "seed " << seed << ", " << result.mix;
    ASSERT_TRUE(result.makes_progress) << "seed " << seed << ", " << result.mix;
    committed += result.committed;
  }
  EXPECT_GT(committed, 2000 * 20);
}

TEST(RandomRunTest, IsTheSameForTheSameSeed) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const RunResult first = RandomRun(Seed(seed));
    const RunResult second = RandomRun(Seed(seed));
    EXPECT_EQ(first.committed, second.committed);
    EXPECT_EQ(first.reads, second.reads);
    EXPECT_EQ(first.elections, second.elections);
  }
}

// A rule that is replaced by a wrong one is missed within so many runs. Of the
// rules that chance seldom needs, rules_test.cc shows what they are for.
constexpr uint64_t kSeeds = 4000;

struct Planted {
  const char* rule;
  void (*plant)(Rules&);
  // What it takes to show; empty: it shows in any run.
  std::vector<Happening> focus;
};

const Planted kPlanted[] = {
    {"may_vote",
     [](Rules& rules) {
       rules.may_vote = [](const Ballot&, NodeId) { return true; };
     },
     {}},
    {"is_up_to_date",
     [](Rules& rules) {
       rules.is_up_to_date = [](Position, Position) { return true; };
     },
     {}},
    {"has_won",
     [](Rules& rules) {
       rules.has_won = [](const Membership& membership,
                          absl::FunctionRef<bool(NodeId)> has_granted) {
         size_t count = 0;
         for (const NodeId voter : membership.voters)
           count += has_granted(voter);
         return count * 2 + 1 >= membership.voters.size();
       };
     },
     {}},
    {"is_stale",
     [](Rules& rules) { rules.is_stale = [](Term, Term) { return false; }; },
     {Happening::kCut, Happening::kChange}},
    {"ballot_of_new_term",
     [](Rules& rules) {
       rules.ballot_of_new_term = [](const Ballot&, Term term) {
         return Ballot{.term = term};
       };
     },
     {Happening::kLoss, Happening::kCrash, Happening::kDesertion}},
    {"send_vote",
     [](Rules& rules) { rules.send_vote = SendWhen::kAtOnce; },
     {Happening::kChange, Happening::kBlackout, Happening::kDisturbance}},
    {"is_matching",
     [](Rules& rules) {
       rules.is_matching = [](const EntryLog&, Position) { return true; };
     },
     {}},
    {"is_conflict, never",
     [](Rules& rules) {
       rules.is_conflict = [](const EntryLog&, Position) { return false; };
     },
     {Happening::kDesertion}},
    {"is_conflict, always",
     [](Rules& rules) {
       rules.is_conflict = [](const EntryLog&, Position) { return true; };
     },
     {}},
    {"follower_commit",
     [](Rules& rules) {
       rules.follower_commit = [](Index leader_commit, Index) {
         return leader_commit;
       };
     },
     {}},
    {"quorum_index",
     [](Rules& rules) {
       rules.quorum_index = [](const Membership& membership,
                               absl::FunctionRef<Index(NodeId)> durable_on) {
         Index most = 0;
         for (const NodeId voter : membership.voters) {
           most = std::max(most, durable_on(voter));
         }
         return most;
       };
     },
     {}},
    {"own_durable",
     [](Rules& rules) {
       rules.own_durable = [](Index last, Index) { return last; };
     },
     {Happening::kBlackout}},
    {"send_append_reply",
     [](Rules& rules) { rules.send_append_reply = SendWhen::kAtOnce; },
     {Happening::kBlackout}},
    {"counts_reply",
     [](Rules& rules) { rules.counts_reply = [](bool) { return true; }; },
     {Happening::kLoss, Happening::kCrash, Happening::kDesertion}},
    {"ends_amnesia",
     [](Rules& rules) {
       rules.ends_amnesia = [](const Membership&, NodeId, uint64_t) {
         return true;
       };
     },
     {Happening::kLoss, Happening::kEstrangement}},
    {"may_read",
     [](Rules& rules) { rules.may_read = [](Term, Term) { return true; }; },
     {Happening::kTransfer}},
    {"is_round_confirmed",
     [](Rules& rules) {
       rules.is_round_confirmed = [](const Membership&,
                                     absl::FunctionRef<uint64_t(NodeId)>,
                                     uint64_t) { return true; };
     },
     {Happening::kDesertion}},
    {"lease_length",
     [](Rules& rules) {
       rules.lease_length = [](const Options& options) {
         return options.election_timeout * 4;
       };
     },
     {Happening::kDesertion}},
    {"may_keep_lease",
     [](Rules& rules) { rules.may_keep_lease = [](bool) { return true; }; },
     {Happening::kDesertion, Happening::kTransfer}},
    {"may_change_membership",
     [](Rules& rules) {
       rules.may_change_membership = [](const Membership& current, Index, Index,
                                        Term,
                                        Term) { return !current.IsJoint(); };
     },
     {Happening::kChange, Happening::kDesertion}},
    {"may_leave_joint",
     [](Rules& rules) {
       rules.may_leave_joint = [](Index, Index) { return true; };
     },
     {Happening::kCut, Happening::kChange, Happening::kEstrangement}},
    {"next_membership",
     [](Rules& rules) {
       rules.next_membership = [](const Membership&, const Membership& wanted) {
         return wanted;
       };
     },
     {Happening::kCut, Happening::kChange, Happening::kEstrangement}},
    {"membership_in_force_at",
     [](Rules& rules) {
       rules.membership_in_force_at = [](Index, Index commit) {
         return commit;
       };
     },
     {Happening::kChange, Happening::kBlackout, Happening::kEstrangement}},
    {"keeps_log_behind, always",
     [](Rules& rules) {
       rules.keeps_log_behind = [](const EntryLog&, Position) { return true; };
     },
     {Happening::kCut, Happening::kDesertion, Happening::kDisturbance}},
    {"continues_snapshot",
     [](Rules& rules) {
       rules.continues_snapshot = [](const SnapshotPart&,
                                     const InstallSnapshot&) { return true; };
     },
     {Happening::kCut}},
    {"may_install",
     [](Rules& rules) {
       rules.may_install = [](Position, Index) { return true; };
     },
     {Happening::kCut}},
    {"may_drop_to",
     [](Rules& rules) { rules.may_drop_to = [](Index) { return UINT64_MAX; }; },
     {Happening::kCut}},
};

class PlantedTest : public testing::TestWithParam<Planted> {};

TEST_P(PlantedTest, IsFound) {
  Rules rules;
  GetParam().plant(rules);
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    const RunResult result = RandomRun(Seed(seed), rules, GetParam().focus);
    if (!result.violation.empty()) return;
  }
  ADD_FAILURE() << GetParam().rule << ": no seed has violated anything";
}

INSTANTIATE_TEST_SUITE_P(Rules, PlantedTest, testing::ValuesIn(kPlanted));

}  // namespace
}  // namespace reprise::kv::raft
