#include "tests/scenarios/raft/properties.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/kv/raft/entry_log.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/text/text_view.h"

namespace reprise {
namespace {

using kv::raft::Entry;
using kv::raft::EntryKind;
using kv::raft::EntryLog;
using kv::raft::Index;
using kv::raft::Membership;
using kv::raft::Term;

constexpr NodeId kA{0};
constexpr NodeId kB{1};
constexpr NodeId kC{2};
const Membership kAll = {.voters = {kA, kB, kC}};

Entry Command(Term term, const char* data = "x") {
  return {.term = term, .kind = EntryKind::kCommand, .data = data};
}

// Three servers that are at their start, with an empty log.
class PropertiesTest : public testing::Test {
 protected:
  PropertiesTest() {
    for (const NodeId server : {kA, kB, kC}) {
      properties_.Start(server, EntryLog(), /*is_amnesiac=*/false);
    }
  }

  // An entry comes to the server's log, and to its disk.
  void Save(NodeId server, Index index, const Entry& entry) {
    properties_.Append(server, index, entry);
    properties_.MakeDurable(server, {index, entry.term});
  }
  void Commit(NodeId leader, Index index, Term term) {
    properties_.Commit(leader, index, term, /*leads=*/true, kAll);
  }
  void Follow(NodeId server, Index index, Term term) {
    properties_.Commit(server, index, term, /*leads=*/false, kAll);
  }
  // A leads the term 1, and has committed an entry that B has, too.
  void CommitOne() {
    properties_.Lead(kA, 1);
    Save(kA, 1, Command(1));
    Save(kB, 1, Command(1));
    Commit(kA, 1, 1);
  }

  RaftProperties properties_{[this](TextView property, TextView) {
    violated_ += std::string(property) + ";";
  }};
  std::string violated_;
};

TEST_F(PropertiesTest, HoldWhereAllIsWell) {
  CommitOne();
  Follow(kB, 1, 1);
  properties_.Apply(kA, 1);
  properties_.Apply(kB, 1);
  Save(kA, 2, Command(1, "only here"));
  properties_.Lead(kB, 2);
  Save(kB, 2, Command(2));
  properties_.Enter(kA, 2);
  properties_.Truncate(kA, 2, /*leads=*/false);
  Save(kA, 2, Command(2));
  Commit(kB, 2, 2);
  properties_.Install(kC, {1, 1}, /*keeps_log=*/false);
  Save(kC, 2, Command(2));
  Follow(kC, 2, 2);
  properties_.Apply(kC, 2);
  EXPECT_EQ(violated_, "");
  EXPECT_EQ(properties_.committed(), 2u);
  EXPECT_EQ(properties_.elections(), 2u);
}

TEST_F(PropertiesTest, ATermHasOneLeader) {
  properties_.Lead(kA, 1);
  properties_.Lead(kA, 1);
  properties_.Lead(kB, 2);
  EXPECT_EQ(violated_, "");
  properties_.Lead(kA, 2);
  EXPECT_EQ(violated_, "election-safety;");
}

TEST_F(PropertiesTest, ALeaderDropsNothing) {
  Save(kA, 1, Command(1));
  properties_.Truncate(kA, 1, /*leads=*/true);
  EXPECT_EQ(violated_, "leader-append-only;");
}

TEST_F(PropertiesTest, LogsThatMeetAreEqualBefore) {
  Save(kA, 1, Command(1));
  Save(kB, 1, Command(2));
  Save(kA, 2, Command(3));
  EXPECT_EQ(violated_, "");
  Save(kB, 2, Command(3));
  EXPECT_EQ(violated_, "log-matching;");
}

TEST_F(PropertiesTest, AnEntryOfATermIsOne) {
  Save(kA, 1, Command(1));
  Save(kB, 1, Command(1, "other"));
  EXPECT_EQ(violated_, "log-matching;");
}

TEST_F(PropertiesTest, ALogHasNoGap) {
  Save(kA, 2, Command(1));
  EXPECT_EQ(violated_, "log-matching;");
}

TEST_F(PropertiesTest, ALaterLeaderHasWhatWasCommitted) {
  CommitOne();
  properties_.Lead(kC, 2);
  EXPECT_EQ(violated_, "leader-completeness;");
}

TEST_F(PropertiesTest, AnEarlierLeaderNeedsNotHaveIt) {
  properties_.Lead(kA, 3);
  Save(kA, 1, Command(3));
  Save(kB, 1, Command(3));
  Commit(kA, 1, 3);
  properties_.Lead(kC, 2);
  EXPECT_EQ(violated_, "");
}

TEST_F(PropertiesTest, WhatAnOldLeaderCommitsTheNewOneHas) {
  properties_.Lead(kA, 1);
  Save(kA, 1, Command(1));
  Save(kB, 1, Command(1));
  properties_.Lead(kC, 2);
  EXPECT_EQ(violated_, "");
  Commit(kA, 1, 1);
  EXPECT_EQ(violated_, "leader-completeness;");
}

TEST_F(PropertiesTest, CommittedEntriesAreTheSame) {
  CommitOne();
  Save(kC, 1, Command(2));
  Follow(kC, 1, 2);
  EXPECT_EQ(violated_, "state-machine-safety;");
}

TEST_F(PropertiesTest, WhatIsCommittedStaysSo) {
  CommitOne();
  Save(kA, 2, Command(1));
  Save(kB, 2, Command(1));
  Commit(kA, 2, 1);
  Follow(kB, 1, 1);
  Follow(kB, 2, 1);
  EXPECT_EQ(violated_, "");
  Follow(kB, 1, 1);
  EXPECT_EQ(violated_, "commit-grows;");
}

TEST_F(PropertiesTest, EntriesAreAppliedInOrder) {
  CommitOne();
  Save(kA, 2, Command(1));
  Save(kB, 2, Command(1));
  Commit(kA, 2, 1);
  properties_.Apply(kA, 2);
  EXPECT_EQ(violated_, "state-machine-safety;");
}

TEST_F(PropertiesTest, WhatIsAppliedIsCommitted) {
  Save(kA, 1, Command(1));
  properties_.Apply(kA, 1);
  EXPECT_EQ(violated_, "state-machine-safety;");
}

TEST_F(PropertiesTest, WhatIsAppliedStays) {
  CommitOne();
  properties_.Apply(kB, 1);
  properties_.Truncate(kB, 1, /*leads=*/false);
  EXPECT_EQ(violated_, "state-machine-safety;");
}

TEST_F(PropertiesTest, ASnapshotIsOfWhatIsCommitted) {
  Save(kA, 1, Command(1));
  properties_.Install(kC, {1, 1}, /*keeps_log=*/false);
  EXPECT_EQ(violated_, "state-machine-safety;");
}

TEST_F(PropertiesTest, AMajorityHasWhatIsCommittedOnItsDisks) {
  properties_.Lead(kA, 1);
  Save(kA, 1, Command(1));
  properties_.Append(kB, 1, Command(1));  // Not on its disk.
  Commit(kA, 1, 1);
  EXPECT_EQ(violated_, "durable-commit;");
}

TEST_F(PropertiesTest, ALeaderCommitsByEntriesOfItsOwnTerm) {
  Save(kA, 1, Command(1));
  Save(kB, 1, Command(1));
  properties_.Lead(kA, 2);
  Commit(kA, 1, 2);
  EXPECT_EQ(violated_, "commit-of-own-term;");
}

TEST_F(PropertiesTest, AServerThatHasLostItsDataDoesNotCount) {
  properties_.Lead(kA, 1);
  Save(kA, 1, Command(1));
  properties_.Start(kB, EntryLog(), /*is_amnesiac=*/true);
  properties_.Append(kB, 1, Command(1));
  properties_.MakeDurable(kB, {1, 1});
  Commit(kA, 1, 1);
  EXPECT_EQ(violated_, "durable-commit;");
}

TEST_F(PropertiesTest, AServerWhoseLossIsKnownToAllCountsAgain) {
  properties_.Lead(kA, 1);
  Save(kA, 1, Command(1));
  properties_.Start(kB, EntryLog(), /*is_amnesiac=*/true);
  Save(kB, 1, Command(1));
  properties_.SetAmnesiac(kB, false);
  Commit(kA, 1, 1);
  EXPECT_EQ(violated_, "");
}

TEST_F(PropertiesTest, WhatWasSyncedCountsAlsoWhereItIsLostLater) {
  properties_.Lead(kA, 1);
  Save(kA, 1, Command(1));
  Save(kB, 1, Command(1));
  properties_.Start(kB, EntryLog(), /*is_amnesiac=*/true);
  Commit(kA, 1, 1);
  EXPECT_EQ(violated_, "");
}

TEST_F(PropertiesTest, WhatWasSyncedCountsAlsoAfterFurtherStarts) {
  properties_.Lead(kA, 1);
  Save(kA, 1, Command(1));
  Save(kB, 1, Command(1));
  properties_.Start(kB, EntryLog(), /*is_amnesiac=*/true);
  properties_.Start(kB, EntryLog(), /*is_amnesiac=*/true);
  Commit(kA, 1, 1);
  EXPECT_EQ(violated_, "");
}

TEST_F(PropertiesTest, AJointMembershipNeedsBothMajorities) {
  const Membership joint = {.voters = {kA, kB, kC}, .next_voters = {kC}};
  properties_.Lead(kA, 1);
  Save(kA, 1, Command(1));
  Save(kB, 1, Command(1));
  properties_.Commit(kA, 1, 1, /*leads=*/true, joint);
  EXPECT_EQ(violated_, "durable-commit;");
}

TEST_F(PropertiesTest, AFollowerCommitsWhatALeaderHasCommitted) {
  Save(kB, 1, Command(1));
  Follow(kB, 1, 1);
  EXPECT_EQ(violated_, "durable-commit;");
}

TEST_F(PropertiesTest, WhatIsOnADiskIsThereAtTheNextStart) {
  Save(kA, 1, Command(1));
  EntryLog log;
  log.Append(Command(1));
  properties_.Start(kA, log, /*is_amnesiac=*/false);
  EXPECT_EQ(violated_, "");
  properties_.Start(kA, EntryLog(), /*is_amnesiac=*/false);
  EXPECT_EQ(violated_, "durable-log;");
}

TEST_F(PropertiesTest, ASnapshotIsOnADiskWhenThatIsTold) {
  Save(kC, 1, Command(1, "in vain"));
  properties_.Lead(kA, 2);
  Save(kA, 1, Command(2));
  Save(kB, 1, Command(2));
  Commit(kA, 1, 2);
  properties_.Install(kC, {1, 2}, /*keeps_log=*/false);
  EntryLog log;
  log.Append(Command(1, "in vain"));
  properties_.Start(kC, log, /*is_amnesiac=*/false);
  EXPECT_EQ(violated_, "");
  properties_.Install(kC, {1, 2}, /*keeps_log=*/false);
  properties_.MakeDurable(kC, {1, 2});
  properties_.Start(kC, log, /*is_amnesiac=*/false);
  EXPECT_EQ(violated_, "durable-log;");
}

TEST_F(PropertiesTest, WhoKnowsThatItsDataIsLostMayStartWithoutIt) {
  Save(kA, 1, Command(1));
  properties_.Start(kA, EntryLog(), /*is_amnesiac=*/true);
  EXPECT_EQ(violated_, "");
}

TEST_F(PropertiesTest, NoLeaseOutlivesAnElection) {
  properties_.Lead(kA, 1);
  properties_.ReadByLease(kA, 1);
  properties_.Lead(kB, 2);
  EXPECT_EQ(violated_, "");
  properties_.ReadByLease(kA, 1);
  EXPECT_EQ(violated_, "leases-disjoint;");
}

TEST_F(PropertiesTest, TheLogInMemoryIsBounded) {
  properties_.HoldLog(kA, 1001);
  properties_.SetLogBytesMax(1000);
  properties_.HoldLog(kA, 1000);
  EXPECT_EQ(violated_, "");
  properties_.HoldLog(kA, 1001);
  EXPECT_EQ(violated_, "bounded-log;");
}

TEST_F(PropertiesTest, NobodyBeginsATermInACalm) {
  properties_.Enter(kA, 1);
  properties_.BeginCalm();
  properties_.Enter(kB, 1);
  EXPECT_EQ(violated_, "");
  properties_.Enter(kB, 2);
  EXPECT_EQ(violated_, "no-election-in-calm;");
}

}  // namespace
}  // namespace reprise
