#include "reprise/kv/raft/consensus.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>
#include <variant>
#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/raft/testing/cluster.h"
#include "reprise/kv/raft/testing/lone_server.h"
#include "reprise/sim/core/random.h"

namespace reprise::kv::raft {
namespace {

constexpr NodeId kA(0), kB(1), kC(2), kD(3);

// A leader of three servers whose first term is committed.
LoneServer Leader(const Options& options = {}) {
  return LoneServer({.membership = Voters(3)}, {}, options);
}

size_t AwaitLeader(Cluster& cluster) {
  EXPECT_TRUE(cluster.RunUntil(
      [&] {
        const std::optional<size_t> leader = cluster.Leader();
        return leader.has_value() && cluster.server(*leader)->commit() > 0;
      },
      Seconds(5)));
  return cluster.Leader().value_or(0);
}

TEST(ConsensusTest, AsksBeforeItStands) {
  LoneServer server = Leader();
  server.WaitForTimeout();
  EXPECT_EQ(server->role(), Role::kPreCandidate);
  EXPECT_EQ(server->term(), 0);
  const auto asked = server.Sent<RequestVote>();
  ASSERT_EQ(asked.size(), 2);
  EXPECT_TRUE(asked[0].second.is_pre_vote);
  EXPECT_EQ(asked[0].second.term, 1);
}

TEST(ConsensusTest, AsksForVotesWhenItsOwnIsDurable) {
  LoneServer server = Leader();
  server.WaitForTimeout();
  server.Receive(1, RequestVoteReply{1, true, true});
  EXPECT_EQ(server->role(), Role::kCandidate);
  EXPECT_EQ(server.Sent<RequestVote>().size(), 2);  // The questions alone.
  server.Sync();
  EXPECT_EQ(server.Sent<RequestVote>().size(), 2);
  server.Receive(2, RequestVoteReply{1, true, false});
  EXPECT_EQ(server->role(), Role::kLeader);
}

TEST(ConsensusTest, SendsWhileItWritesAndCountsItselfAfterwards) {
  LoneServer server = Leader();
  server.Lead();
  server.Matches(1, 1);
  ASSERT_EQ(server->commit(), 1);
  server.Sent<AppendEntries>();
  ASSERT_TRUE(server->Propose("x", server.now()).ok());
  EXPECT_EQ(server.Sent<AppendEntries>().size(), 1);  // 2 has not answered.
  server.Matches(1, 2);
  EXPECT_EQ(server->commit(), 1);
  server.Sync();
  EXPECT_EQ(server->commit(), 2);
}

TEST(ConsensusTest, StreamsSoManyMessagesAndBatchesTheRest) {
  LoneServer server = Leader({.appends_in_flight_max = 2});
  server.Lead();
  server.Matches(1, 1);
  server.Sent<AppendEntries>();
  for (int i = 0; i < 5; ++i) {
    ASSERT_TRUE(server->Propose("x", server.now()).ok());
  }
  EXPECT_EQ(server.Sent<AppendEntries>().size(), 2);
  server.Matches(1, 2);
  const auto sent = server.Sent<AppendEntries>();
  ASSERT_EQ(sent.size(), 1);
  EXPECT_EQ(sent[0].second.entries.size(), 3);
}

TEST(ConsensusTest, SkipsWholeTermsOnTheWayBack) {
  LoneServer leader({.ballot = {.term = 8},
                     .membership = Voters(3),
                     .entries = EntriesOf({1, 1, 4, 4, 4, 5, 5, 6, 6, 6})});
  leader.Lead();
  LoneServer follower({.ballot = {.term = 8},
                       .membership = Voters(3),
                       .entries = EntriesOf({1, 1, 2, 2, 2, 3, 3, 3, 3, 3})});
  auto sent = leader.Sent<AppendEntries>();
  int messages = 0;
  while (follower->log().last_index() < 11 || !follower->log().Has({11, 9})) {
    ASSERT_LT(++messages, 4);
    ASSERT_FALSE(sent.empty());
    follower.Receive(1, sent[0].second);
    follower.Sync();
    for (auto& [to, reply] : follower.Sent<AppendEntriesReply>()) {
      leader.Receive(1, reply);
    }
    sent = leader.Sent<AppendEntries>();
  }
  EXPECT_EQ(messages, 2);
}

TEST(ConsensusTest, MessagesThatOvertakeOneAnotherBreedNoOthers) {
  constexpr Index kEntries = 60;
  LoneServer leader({.ballot = {.term = 1},
                     .membership = Voters(3),
                     .entries = EntriesOf(std::vector<Term>(kEntries, 1))},
                    {}, {.append_bytes_max = 1, .appends_in_flight_max = 16});
  leader.Lead();
  LoneServer follower({.ballot = {.term = 1}, .membership = Voters(3)});
  RandomStream draws(1);
  std::vector<AppendEntries> requests;
  std::vector<AppendEntriesReply> replies;
  const auto take = [&draws](auto& all) {
    const auto place = all.begin() + draws.Uniform(0, std::ssize(all) - 1);
    auto taken = std::move(*place);
    all.erase(place);
    return taken;
  };
  int messages = 0;
  while (follower->log().last_index() <= kEntries) {
    for (auto& [to, request] : leader.Sent<AppendEntries>()) {
      if (NodeId(to) != kB) continue;
      ++messages;
      requests.push_back(std::move(request));
    }
    ASSERT_LT(messages, 4 * kEntries);
    if (requests.empty() && replies.empty()) leader.WaitForTimeout();
    if (!requests.empty()) follower.Receive(1, take(requests));
    follower.Sync();
    for (auto& [to, reply] : follower.Sent<AppendEntriesReply>()) {
      replies.push_back(reply);
    }
    if (!replies.empty()) leader.Receive(1, take(replies));
  }
}

TEST(ConsensusTest, RefusesProposalsWhereTooMuchWaits) {
  LoneServer server = Leader({.uncommitted_bytes_max = 200});
  server.Lead();
  ASSERT_TRUE(server->Propose(Bytes(100, 'x'), server.now()).ok());
  EXPECT_EQ(server->Propose(Bytes(100, 'x'), server.now()).status().code(),
            absl::StatusCode::kResourceExhausted);
  server.Sync();
  server.Matches(1, 2);
  EXPECT_TRUE(server->Propose(Bytes(100, 'x'), server.now()).ok());
}

TEST(ConsensusTest, StepsDownWhereNobodyAnswers) {
  LoneServer server = Leader();
  server.Lead();
  server.Wait(Milliseconds(149));
  EXPECT_EQ(server->role(), Role::kLeader);
  server.Wait(Milliseconds(60));
  EXPECT_NE(server->role(), Role::kLeader);
}

TEST(ConsensusTest, AnswersReadsOfOneRoundTogether) {
  LoneServer server = Leader();
  server.Lead();
  server.Matches(1, 1);
  ASSERT_TRUE(server->Read(server.now()).ok());
  ASSERT_TRUE(server->Read(server.now()).ok());
  ASSERT_TRUE(server->Read(server.now()).ok());
  EXPECT_TRUE(server.host().TakeReads().empty());
  server.Matches(1, 1, 2);
  EXPECT_EQ(server.host().TakeReads().size(), 1);
  server.Matches(1, 1, 3);
  EXPECT_EQ(server.host().TakeReads().size(), 2);
}

// A leader in two terms has appends of the first one refused in the second.
TEST(ConsensusTest, CountsNoAnswerToARoundOfAnEarlierTerm) {
  LoneServer follower({.ballot = {.term = 5}, .membership = Voters(3)});
  follower.Receive(1, AppendEntries{.term = 4, .round = 14});
  follower.Receive(1, InstallSnapshot{.term = 4, .round = 14});
  for (const Outgoing& sent : follower.host().TakeOutbox()) {
    const auto* append = std::get_if<AppendEntriesReply>(&sent.message);
    const auto* snapshot = std::get_if<InstallSnapshotReply>(&sent.message);
    EXPECT_EQ(append != nullptr ? append->round : snapshot->round, 0);
    EXPECT_EQ(TermOf(sent.message), 5);
  }
}

TEST(ConsensusTest, ReadsByLeaseAsLongAsItLasts) {
  LoneServer server = Leader({.reads = ReadMode::kLease});
  server.Lead();
  server.Matches(1, 1, 1);
  EXPECT_TRUE(server->HasLease(server.now()));
  ASSERT_TRUE(server->Read(server.now()).ok());
  EXPECT_EQ(server.host().TakeReads().size(), 1);
  EXPECT_FALSE(server->HasLease(server.now() + Milliseconds(150)));
}

TEST(ConsensusTest, KeepsAsMuchOfTheLogAsFits) {
  Cluster cluster(Seed(1), {.raft = {.log_bytes_max = 1000}});
  const size_t leader = AwaitLeader(cluster);
  for (int i = 0; i < 100; ++i) {
    ASSERT_TRUE(cluster.Propose(leader, "command").ok());
    cluster.RunFor(Milliseconds(10));
  }
  const EntryLog& log = cluster.server(leader)->log();
  EXPECT_LE(log.bytes(), 1000);
  EXPECT_GT(log.bytes(), 900);
}

TEST(ConsensusTest, SendsASnapshotInPiecesToWhoIsFarBehind) {
  Cluster cluster(Seed(1),
                  {.raft = {.snapshot_piece_bytes = 40, .log_bytes_max = 200}});
  const size_t leader = AwaitLeader(cluster);
  const size_t other = (leader + 1) % 3;
  cluster.CutOff(other, true);
  for (int i = 0; i < 30; ++i) {
    ASSERT_TRUE(cluster.Propose(leader, "command").ok());
    cluster.RunFor(Milliseconds(10));
  }
  cluster.CutOff(other, false);
  const Index commit = cluster.server(leader)->commit();
  EXPECT_TRUE(cluster.RunUntil(
      [&] { return cluster.server(other)->applied() >= commit; }, Seconds(1)));
  EXPECT_EQ(cluster.safety().violation(), "");
}

TEST(ConsensusTest, TransfersLeadership) {
  Cluster cluster(Seed(2), {});
  const size_t leader = AwaitLeader(cluster);
  const size_t to = (leader + 1) % 3;
  const VirtualTime before = cluster.now();
  ASSERT_TRUE(cluster.Transfer(leader, to).ok());
  EXPECT_EQ(cluster.Propose(leader, "x").code(),
            absl::StatusCode::kUnavailable);
  EXPECT_TRUE(
      cluster.RunUntil([&] { return cluster.Leader() == to; }, Seconds(1)));
  EXPECT_LT(cluster.now() - before, Milliseconds(50));
}

TEST(ConsensusTest, ChangesAllVotersAndTheRemovedLeaderLeaves) {
  Cluster cluster(Seed(3), {.servers = 1, .spares = 3});
  const size_t leader = AwaitLeader(cluster);
  const Membership learners = {.voters = {kA}, .learners = {kB, kC, kD}};
  const Membership others = {.voters = {kB, kC, kD}};
  ASSERT_TRUE(cluster.ChangeMembership(leader, learners).ok());
  EXPECT_EQ(cluster.ChangeMembership(leader, others).code(),
            absl::StatusCode::kFailedPrecondition);
  cluster.RunFor(Seconds(1));
  ASSERT_TRUE(cluster.ChangeMembership(leader, others).ok());
  EXPECT_TRUE(cluster.server(leader)->membership().IsJoint());
  EXPECT_TRUE(cluster.RunUntil(
      [&] {
        const std::optional<size_t> next = cluster.Leader();
        return next.has_value() && *next != leader;
      },
      Seconds(1)));
  EXPECT_EQ(cluster.server(*cluster.Leader())->membership(), others);
  EXPECT_EQ(cluster.safety().violation(), "");
}

// Nobody else has the entry that removes it, and nobody with a shorter log can
// win without its vote.
TEST(ConsensusTest, WhoIsAboutToBeRemovedStandsAlsoAfterARestart) {
  Cluster cluster(Seed(6), {.servers = 1, .spares = 1});
  AwaitLeader(cluster);
  for (const Membership& members :
       {Membership{.voters = {kA}, .learners = {kB}},
        Membership{.voters = {kA, kB}}}) {
    ASSERT_TRUE(cluster.ChangeMembership(0, members).ok());
    cluster.RunFor(Seconds(1));
  }
  cluster.CutOff(1, true);
  EXPECT_EQ(cluster.ChangeMembership(0, {.voters = {kB}}), absl::OkStatus());
  cluster.RunFor(Milliseconds(20));
  cluster.Crash(0);
  cluster.Restart(0);
  EXPECT_EQ(cluster.server(0)->membership(), Membership{.voters = {kB}});
  cluster.CutOff(1, false);
  EXPECT_TRUE(cluster.RunUntil([&] { return cluster.Leader().has_value(); },
                               Seconds(2)));
  EXPECT_EQ(cluster.safety().violation(), "");
}

TEST(ConsensusTest, MakesALearnerOfWhoLostItsDataAndAVoterAgain) {
  Cluster cluster(Seed(4), {});
  const size_t leader = AwaitLeader(cluster);
  const size_t other = (leader + 1) % 3;
  cluster.Crash(other);
  cluster.LoseData(other);
  cluster.Restart(other);
  EXPECT_TRUE(cluster.server(other)->IsAmnesiac());
  const NodeId node = cluster.server(other)->self();
  const auto members = [&]() -> const Membership& {
    return cluster.server(leader)->membership();
  };
  EXPECT_TRUE(
      cluster.RunUntil([&] { return !members().IsVoter(node); }, Seconds(1)));
  EXPECT_TRUE(
      cluster.RunUntil([&] { return members().IsVoter(node); }, Seconds(1)));
  EXPECT_FALSE(cluster.server(other)->IsAmnesiac());
  EXPECT_TRUE(members().recovering.empty());
}

TEST(ConsensusTest, CallsNoElectionInCalm) {
  Cluster cluster(Seed(5), {.servers = 5});
  AwaitLeader(cluster);
  const uint64_t elections = cluster.safety().elections;
  cluster.RunFor(Seconds(60));
  EXPECT_EQ(cluster.safety().elections, elections);
}

}  // namespace
}  // namespace reprise::kv::raft
