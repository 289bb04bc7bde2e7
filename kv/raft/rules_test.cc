#include "reprise/kv/raft/rules.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/testing/lone_server.h"

// One test a rule: what it says, and for those that chance seldom needs, what
// happens without it. testing/random_run_test.cc replaces the others.

namespace reprise::kv::raft {
namespace {

constexpr NodeId kA(0), kB(1), kC(2), kD(3), kE(4);

VirtualTime At(int64_t milliseconds) {
  return VirtualTime::Milliseconds(milliseconds);
}

EntryLog LogOf(const std::vector<Term>& terms) {
  EntryLog log;
  for (Entry& entry : EntriesOf(terms)) log.Append(std::move(entry));
  return log;
}

TEST(RulesTest, VotesOnceATerm) {
  EXPECT_TRUE(rule::MayVote({.term = 3}, kB));
  EXPECT_TRUE(rule::MayVote({.term = 3, .vote = kB}, kB));
  EXPECT_FALSE(rule::MayVote({.term = 3, .vote = kC}, kB));
}

TEST(RulesTest, VotesForNoLogThatLacksSomething) {
  const Position own = {.index = 5, .term = 3};
  EXPECT_TRUE(rule::IsUpToDate({5, 3}, own));
  EXPECT_TRUE(rule::IsUpToDate({2, 4}, own));
  EXPECT_FALSE(rule::IsUpToDate({4, 3}, own));
  EXPECT_FALSE(rule::IsUpToDate({9, 2}, own));
}

TEST(RulesTest, IgnoresCandidatesWhileALeaderIsHeard) {
  const Options options;
  EXPECT_TRUE(rule::HearsLeader(At(149), At(0), options));
  EXPECT_FALSE(rule::HearsLeader(At(150), At(0), options));
}

TEST(RulesTest, MayBreakALeaseWithoutIgnoringCandidates) {
  const auto votes = [](const Rules& rules) {
    LoneServer voter({.membership = Voters(3)}, rules);
    voter.Wait(Milliseconds(100));
    voter.Receive(1, AppendEntries{.term = 1});
    voter.Wait(Milliseconds(100));
    voter.Sent<AppendEntriesReply>();
    voter.Receive(2, RequestVote{.term = 2});
    voter.Sync();
    return voter.Sent<RequestVoteReply>().at(0).second.is_granted;
  };
  EXPECT_FALSE(votes({}));
  Rules rules;
  rules.hears_leader = [](VirtualTime, VirtualTime, const Options&) {
    return false;
  };
  EXPECT_TRUE(votes(rules));
}

TEST(RulesTest, WaitsAfterAStartWhereLeasesAreGiven) {
  const Options leases = {.reads = ReadMode::kLease};
  EXPECT_FALSE(rule::MayVoteSinceBoot(At(149), At(0), leases));
  EXPECT_TRUE(rule::MayVoteSinceBoot(At(150), At(0), leases));
  EXPECT_TRUE(rule::MayVoteSinceBoot(At(0), At(0), {}));
}

TEST(RulesTest, MayBreakALeaseWithoutTheWaitAfterAStart) {
  const auto votes_at_once = [](const Rules& rules) {
    LoneServer voter({.membership = Voters(3)}, rules,
                     {.reads = ReadMode::kLease});
    voter.Receive(1, RequestVote{.term = 1});
    voter.Sync();
    return voter.Sent<RequestVoteReply>().at(0).second.is_granted;
  };
  EXPECT_FALSE(votes_at_once({}));
  Rules rules;
  rules.may_vote_since_boot = [](VirtualTime, VirtualTime, const Options&) {
    return true;
  };
  EXPECT_TRUE(votes_at_once(rules));
}

TEST(RulesTest, WinsByAMajorityOfEachSetOfVoters) {
  const auto has_won = [](const Membership& members, std::vector<NodeId> all) {
    return rule::HasWon(members, [&](NodeId voter) {
      return std::find(all.begin(), all.end(), voter) != all.end();
    });
  };
  EXPECT_TRUE(has_won(Voters(3), {kA, kB}));
  EXPECT_FALSE(has_won(Voters(4), {kA, kB}));
  const Membership joint = {.voters = {kA, kB, kC}, .next_voters = {kD, kE}};
  EXPECT_TRUE(has_won(joint, {kA, kB, kD, kE}));
  EXPECT_FALSE(has_won(joint, {kA, kB, kC, kD}));
  EXPECT_FALSE(has_won(joint, {kA, kD, kE}));
}

TEST(RulesTest, CountsItsOwnVoteWhenItIsDurable) {
  EXPECT_TRUE(rule::CountsOwnVote(4, 4));
  EXPECT_FALSE(rule::CountsOwnVote(3, 4));
}

TEST(RulesTest, MayLeadATermTwiceWithoutItsOwnVoteDurable) {
  // A voter and a learner; the voter forgets that it has led the term.
  const Membership members = {.voters = {kA}, .learners = {kB}};
  const auto leads_before_sync = [&](const Rules& rules) {
    LoneServer server({.membership = members}, rules);
    server.WaitForTimeout();
    return server->role() == Role::kLeader;
  };
  EXPECT_FALSE(leads_before_sync({}));
  Rules rules;
  rules.counts_own_vote = [](Term, Term) { return true; };
  EXPECT_TRUE(leads_before_sync(rules));
}

TEST(RulesTest, CountsVotesOfTheTermThatItStandsFor) {
  const auto counts = [](const RequestVoteReply& reply, Role role) {
    return rule::CountsVote(reply, role, /*current=*/4);
  };
  const RequestVoteReply vote = {.term = 4, .is_granted = true};
  EXPECT_TRUE(counts(vote, Role::kCandidate));
  EXPECT_FALSE(counts(vote, Role::kFollower));
  EXPECT_FALSE(counts({.term = 4}, Role::kCandidate));
  EXPECT_FALSE(counts({.term = 3, .is_granted = true}, Role::kCandidate));
  EXPECT_FALSE(counts({.term = 5, .is_granted = true}, Role::kCandidate));
}

TEST(RulesTest, CountsPreVotesOfTheNextTerm) {
  const auto counts = [](Term term, Role role) {
    return rule::CountsVote(
        {.term = term, .is_granted = true, .is_pre_vote = true}, role,
        /*current=*/4);
  };
  EXPECT_TRUE(counts(5, Role::kPreCandidate));
  EXPECT_FALSE(counts(4, Role::kPreCandidate));
  EXPECT_FALSE(counts(5, Role::kCandidate));
}

TEST(RulesTest, BeginsOnlyALaterTerm) {
  EXPECT_TRUE(rule::BeginsTerm(5, 4));
  EXPECT_FALSE(rule::BeginsTerm(4, 4));
}

TEST(RulesTest, RefusesWhatIsOfAnEarlierTerm) {
  EXPECT_TRUE(rule::IsStale(2, 3));
  EXPECT_FALSE(rule::IsStale(3, 3));
}

TEST(RulesTest, EntersATermWithoutAVoteInIt) {
  const Ballot before = {.term = 2, .vote = kB, .life = 7, .is_amnesiac = true};
  const Ballot expected = {.term = 5, .life = 7, .is_amnesiac = true};
  EXPECT_EQ(rule::BallotOfNewTerm(before, 5), expected);
}

TEST(RulesTest, TellsWhatIsDurable) {
  EXPECT_EQ(Rules().send_vote, SendWhen::kOnceDurable);
  EXPECT_EQ(Rules().send_append_reply, SendWhen::kOnceDurable);
}

TEST(RulesTest, TakesEntriesBehindOneThatBothLogsHave) {
  EntryLog log = LogOf({1, 1, 2});
  EXPECT_TRUE(rule::IsMatching(log, {}));
  EXPECT_TRUE(rule::IsMatching(log, {3, 2}));
  EXPECT_FALSE(rule::IsMatching(log, {3, 3}));
  EXPECT_FALSE(rule::IsMatching(log, {4, 2}));
  // What the snapshot stands for is committed.
  log.DropTo(2);
  EXPECT_TRUE(rule::IsMatching(log, {1, 1}));
}

TEST(RulesTest, DropsOnlyWhatDiffers) {
  const EntryLog log = LogOf({1, 1, 2});
  EXPECT_FALSE(rule::IsConflict(log, {2, 1}));
  EXPECT_TRUE(rule::IsConflict(log, {2, 2}));
}

TEST(RulesTest, CommitsNoFurtherThanTheMessageShows) {
  EXPECT_EQ(rule::FollowerCommit(7, 5), 5);
  EXPECT_EQ(rule::FollowerCommit(3, 5), 3);
}

TEST(RulesTest, NeverTakesBackWhatIsCommitted) {
  EXPECT_EQ(rule::NextCommit(7, 5), 7);
  EXPECT_EQ(rule::NextCommit(4, 5), 5);
}

TEST(RulesTest, AcknowledgesWhatTheMessageShows) {
  EXPECT_EQ(rule::Acknowledged(/*last_new=*/4, /*last=*/9), 4);
}

TEST(RulesTest, BelievesNoRefusalAndNoLateReply) {
  EXPECT_EQ(rule::NextMatch(3, {.is_matching = true, .index = 5}), 5);
  EXPECT_EQ(rule::NextMatch(3, {.is_matching = true, .index = 2}), 3);
  EXPECT_EQ(rule::NextMatch(3, {.is_matching = false, .index = 5}), 3);
}

TEST(RulesTest, CommitsWhatAMajorityOfEachSetHas) {
  std::map<NodeId, Index> has = {{kA, 9}, {kB, 5}, {kC, 3}, {kD, 4}, {kE, 1}};
  const auto durable_on = [&](NodeId voter) { return has[voter]; };
  EXPECT_EQ(rule::QuorumIndex(Voters(3), durable_on), 5);
  EXPECT_EQ(rule::QuorumIndex(Voters(4), durable_on), 4);
  const Membership joint = {.voters = {kA, kB, kC}, .next_voters = {kD, kE}};
  EXPECT_EQ(rule::QuorumIndex(joint, durable_on), 1);
  EXPECT_EQ(rule::QuorumIndex({}, durable_on), 0);
}

TEST(RulesTest, CommitsByCountingOnlyInItsOwnTerm) {
  EXPECT_TRUE(rule::MayCommit(4, 4));
  EXPECT_FALSE(rule::MayCommit(2, 4));
}

// Figure 8: the entry of term 2 is on a majority and may yet be overwritten by
// one of term 3, which a server that lacks it has.
TEST(RulesTest, MayCommitWhatIsOverwrittenWithoutItsOwnTerm) {
  const auto commit = [](const Rules& rules) {
    LoneServer leader({.ballot = {.term = 3},
                       .membership = Voters(5),
                       .entries = EntriesOf({1, 2})},
                      rules);
    leader.Lead();
    leader.Matches(1, 2);
    leader.Matches(2, 2);
    return leader->commit();
  };
  EXPECT_EQ(commit({}), 0);
  Rules rules;
  rules.may_commit = [](Term, Term) { return true; };
  EXPECT_EQ(commit(rules), 2);
}

TEST(RulesTest, CountsItselfAsFarAsItsLogIsDurable) {
  EXPECT_EQ(rule::OwnDurable(7, 5), 5);
  EXPECT_EQ(rule::OwnDurable(5, 5), 5);
}

TEST(RulesTest, CountsNobodyWhoLostItsData) {
  EXPECT_TRUE(rule::CountsReply(false));
  EXPECT_FALSE(rule::CountsReply(true));
}

TEST(RulesTest, HearsNothingOfAFormerLife) {
  EXPECT_TRUE(rule::IsOfSameLife(std::nullopt, 8));
  EXPECT_TRUE(rule::IsOfSameLife(8, 8));
  EXPECT_FALSE(rule::IsOfSameLife(7, 8));
}

TEST(RulesTest, EndsAmnesiaAsALearnerOfThisLife) {
  const Membership learner = {
      .voters = {kB, kC}, .learners = {kA}, .recovering = {{kA, 7, true}}};
  EXPECT_TRUE(rule::EndsAmnesia(learner, kA, 7));
  // That was for a loss before this one.
  EXPECT_FALSE(rule::EndsAmnesia(learner, kA, 8));
  EXPECT_FALSE(rule::EndsAmnesia(Voters(3), kA, 7));
}

TEST(RulesTest, ReadsOnceAnEntryOfItsTermIsCommitted) {
  EXPECT_TRUE(rule::MayRead(4, 4));
  EXPECT_FALSE(rule::MayRead(3, 4));
}

TEST(RulesTest, ConfirmsARoundByAMajority) {
  std::map<NodeId, uint64_t> answers = {{kA, 5}, {kB, 4}, {kC, 2}};
  const auto answered = [&](NodeId voter) { return answers[voter]; };
  EXPECT_TRUE(rule::IsRoundConfirmed(Voters(3), answered, 4));
  EXPECT_FALSE(rule::IsRoundConfirmed(Voters(3), answered, 5));
}

TEST(RulesTest, ConfirmsNoRoundOfAnotherTerm) {
  EXPECT_EQ(rule::RoundOfReply(/*message=*/3, /*own=*/3, /*round=*/9), 9);
  EXPECT_EQ(rule::RoundOfReply(/*message=*/2, /*own=*/3, /*round=*/9), 0);
}

TEST(RulesTest, EndsALeaseBeforeTheFastestVoterVotes) {
  const Options options = {.election_timeout = Milliseconds(100),
                           .drift_ppm_max = 100'000};
  // 90 ms of a clock that is a tenth too slow are 100 ms; 100 ms of one that is
  // a tenth too fast are 90.9 ms.
  const Duration length = rule::LeaseLength(options);
  EXPECT_LT(length, Microseconds(81'819));
  EXPECT_GT(length, Microseconds(81'817));
}

TEST(RulesTest, GivesUpTheLeaseForATransfer) {
  EXPECT_TRUE(rule::MayKeepLease(false));
  EXPECT_FALSE(rule::MayKeepLease(true));
}

TEST(RulesTest, GivesUpATransferAfterAnElectionTimeout) {
  EXPECT_EQ(rule::TransferEnd(At(100), {}), At(250));
}

TEST(RulesTest, ChangesOneAtATimeAndOnlyOnceItsTermIsCommitted) {
  const Membership now = Voters(3);
  EXPECT_TRUE(rule::MayChangeMembership(now, 4, 5, 2, 2));
  EXPECT_FALSE(rule::MayChangeMembership(now, 6, 5, 2, 2));
  EXPECT_FALSE(rule::MayChangeMembership(now, 4, 5, 1, 2));
  const Membership joint = {.voters = {kA}, .next_voters = {kB}};
  EXPECT_FALSE(rule::MayChangeMembership(joint, 4, 5, 2, 2));
}

TEST(RulesTest, LeavesAJointMembershipWhenItIsCommitted) {
  EXPECT_TRUE(rule::MayLeaveJoint(5, 5));
  EXPECT_FALSE(rule::MayLeaveJoint(5, 4));
}

TEST(RulesTest, GoesJointlyWhereMoreThanOneVoterChanges) {
  const Membership four = Voters(4);
  EXPECT_EQ(rule::NextMembership(Voters(3), four), four);
  const Membership wanted = {.voters = {kA, kD, kE}, .learners = {kB}};
  const Membership joint = rule::NextMembership(Voters(3), wanted);
  EXPECT_EQ(joint.voters, Voters(3).voters);
  EXPECT_EQ(joint.next_voters, wanted.voters);
  EXPECT_EQ(rule::NextMembership(joint, joint), wanted);
}

TEST(RulesTest, FollowsTheLastChangeCommittedOrNot) {
  EXPECT_EQ(rule::MembershipInForceAt(7, 3), 7);
}

TEST(RulesTest, DropsAMembershipWithItsEntry) {
  EXPECT_EQ(rule::ForgetsChangesFrom(5), 5);
}

TEST(RulesTest, HasTheMembershipOfItsSnapshot) {
  EXPECT_EQ(rule::MembershipOfSnapshot(Voters(3), Voters(5)), Voters(5));
}

TEST(RulesTest, KeepsTheLogBehindASnapshotThatItHas) {
  const EntryLog log = LogOf({1, 1, 2});
  EXPECT_TRUE(rule::KeepsLogBehind(log, {2, 1}));
  EXPECT_FALSE(rule::KeepsLogBehind(log, {2, 2}));
  EXPECT_FALSE(rule::KeepsLogBehind(log, {4, 2}));
}

// The follower has said that it has five entries; a snapshot of the first two
// comes late.
TEST(RulesTest, MayForgetWhatItSaidItHasWithoutTheLogBehindASnapshot) {
  const auto last_index = [](const Rules& rules) {
    LoneServer follower({.ballot = {.term = 1},
                         .membership = Voters(3),
                         .entries = EntriesOf({1, 1, 1, 1, 1})},
                        rules);
    follower.Receive(1, InstallSnapshot{.term = 1,
                                        .last = {2, 1},
                                        .membership = Voters(3),
                                        .is_last_piece = true,
                                        .piece = EncodeChain({2, 0})});
    return follower->log().last_index();
  };
  EXPECT_EQ(last_index({}), 5);
  Rules rules;
  rules.keeps_log_behind = [](const EntryLog&, Position) { return false; };
  EXPECT_EQ(last_index(rules), 2);
}

TEST(RulesTest, PutsTogetherThePiecesOfOneSnapshot) {
  const SnapshotPart part = {.term = 2, .last = {8, 1}, .bytes = 100};
  const auto continues = [&](Term term, Position last, uint64_t offset) {
    return rule::ContinuesSnapshot(
        part, {.term = term, .last = last, .offset = offset});
  };
  EXPECT_TRUE(continues(2, {8, 1}, 100));
  EXPECT_FALSE(continues(2, {8, 1}, 50));
  EXPECT_FALSE(continues(2, {9, 1}, 100));
  // Another leader may write it in another way.
  EXPECT_FALSE(continues(3, {8, 1}, 100));
}

TEST(RulesTest, InstallsOnlyWhatIsNews) {
  EXPECT_TRUE(rule::MayInstall({8, 1}, 7));
  EXPECT_FALSE(rule::MayInstall({8, 1}, 8));
}

TEST(RulesTest, DropsOnlyWhatIsApplied) { EXPECT_EQ(rule::MayDropTo(5), 5); }

}  // namespace
}  // namespace reprise::kv::raft
