#include "tests/scenarios/raft/server_state.h"

#include <map>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/testing/lone_server.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/node_state.h"

namespace reprise {
namespace {

using kv::raft::EntriesOf;
using kv::raft::LoneServer;
using kv::raft::Voters;

std::map<std::string, std::string> FactsOf(const NodeState& state) {
  std::map<std::string, std::string> facts;
  for (const NodeFact& fact : state.facts) facts[fact.name] = fact.value;
  return facts;
}

TEST(ServerStateTest, HasTheTermTheVoteAndTheLog) {
  LoneServer server({.ballot = {.term = 7, .vote = NodeId(2)},
                     .snapshot = {.index = 3, .term = 1},
                     .membership = Voters(3),
                     .entries = EntriesOf({1, 1, 2, 2, 2, 5})});
  const NodeState state = StateOf(*server.operator->());
  EXPECT_EQ(state.headline, "hears no leader, term 7");
  EXPECT_FALSE(state.stands_out);
  std::map<std::string, std::string> facts = FactsOf(state);
  EXPECT_EQ(facts["vote"], "2");
  EXPECT_EQ(facts["commit"], "3");
  EXPECT_EQ(facts["log"], "4..9");
  EXPECT_EQ(facts["last entries"], "5:1 6:2 7:2 8:2 9:5");
  EXPECT_EQ(facts["on disk to"], "9:5");
  EXPECT_EQ(facts["voters"], "0 1 2");
}

TEST(ServerStateTest, SaysWhomItFollowsAndThatItLeads) {
  LoneServer server({.membership = Voters(3)});
  EXPECT_EQ(FactsOf(StateOf(*server.operator->()))["log"], "empty");
  server.Receive(1, kv::raft::AppendEntries{.term = 4});
  EXPECT_EQ(StateOf(*server.operator->()).headline, "follows 1, term 4");
  server.Lead();
  const NodeState state = StateOf(*server.operator->());
  EXPECT_EQ(state.headline, "leads term 5");
  EXPECT_TRUE(state.stands_out);
}

TEST(ServerStateTest, NumbersNodes) {
  EXPECT_EQ(NumbersOf({}), "");
  EXPECT_EQ(NumbersOf({NodeId(0), NodeId(4)}), "0 4");
}

}  // namespace
}  // namespace reprise
