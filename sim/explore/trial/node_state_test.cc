#include "reprise/sim/explore/trial/node_state.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

using testing::ElementsAre;

TEST(NodeStateTest, IsTheStateOfItsText) {
  const NodeState state{.headline = "leads term 2",
                        .stands_out = true,
                        .facts = {{"vote", "1"}, {"log", ""}, {"", "7"}}};
  EXPECT_EQ(NodeStateOfText(NodeStateText(state)), state);
  const NodeState plain{.headline = "follows"};
  EXPECT_EQ(NodeStateOfText(NodeStateText(plain)), plain);
  EXPECT_EQ(NodeStateOfText(NodeStateText({})), NodeState());
  EXPECT_EQ(NodeStateOfText(""), NodeState());
}

TEST(NodeStateTest, HasBlanksForWhatWouldEndAWord) {
  const NodeState state = NodeStateOfText(
      NodeStateText({.headline = "a\nb\tc", .facts = {{"d\te", "f\ng"}}}));
  EXPECT_EQ(state, (NodeState{.headline = "a b c", .facts = {{"d e", "f g"}}}));
}

TEST(NodeStateTest, StandsInATableOfAllColumns) {
  const NodeTable table = TableOfNodes(
      {{"a", {.headline = "leads", .facts = {{"term", "2"}, {"log", "1..3"}}}},
       {"b", {.headline = "is down"}},
       {"c", {.headline = "follows", .facts = {{"log", "1"}, {"lag", "9"}}}}});
  EXPECT_THAT(table.titles, ElementsAre("node", "state", "term", "log", "lag"));
  EXPECT_THAT(table.rows,
              ElementsAre(ElementsAre("a", "leads", "2", "1..3", ""),
                          ElementsAre("b", "is down", "", "", ""),
                          ElementsAre("c", "follows", "", "1", "9")));
}

}  // namespace
}  // namespace reprise
