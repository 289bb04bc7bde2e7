#include "reprise/sim/explore/page/run_asides.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

class RunAsidesTest : public testing::Test {
 protected:
  void Hold(uint32_t node, uint64_t bytes) {
    list_.OnEvent({.kind = EventKind::kNote}, "");
    list_.OnShown(
        {.kind = EventKind::kMemoryHeld, .node = NodeId(node), .value = bytes},
        "");
  }
  void Order(uint64_t operation, uint64_t place, std::string_view partition) {
    list_.OnShown(
        {.kind = EventKind::kOperationOrdered, .id = operation, .value = place},
        partition);
  }

  EventList list_;
};

TEST_F(RunAsidesTest, KeepAllPointsOfAShortCurve) {
  Hold(1, 30);
  Hold(0, 10);
  Hold(1, 20);
  const std::vector<MemoryCurve> curves = MemoryCurvesOf(list_.asides(), 10);
  ASSERT_EQ(curves.size(), 2u);
  EXPECT_EQ(curves[0].node, NodeId(0));
  EXPECT_THAT(curves[0].points, ElementsAre(MemoryPoint{2, 10}));
  EXPECT_THAT(curves[1].points,
              ElementsAre(MemoryPoint{1, 30}, MemoryPoint{3, 20}));
}

TEST_F(RunAsidesTest, KeepThePeaksOfALongCurve) {
  constexpr uint64_t kPeak = 100'000;
  for (uint64_t i = 0; i < 5000; ++i) {
    Hold(0, i == 1234 ? kPeak : 1000 + i % 7);
  }
  const std::vector<MemoryCurve> curves = MemoryCurvesOf(list_.asides(), 100);
  ASSERT_EQ(curves.size(), 1u);
  const std::vector<MemoryPoint>& points = curves[0].points;
  EXPECT_LE(points.size(), 100u);
  EXPECT_GE(points.size(), 90u);
  EXPECT_THAT(points, Contains(MemoryPoint{1235, kPeak}));
  EXPECT_EQ(points.back().event, 5000u);
  EXPECT_TRUE(std::is_sorted(points.begin(), points.end(),
                             [](const MemoryPoint& a, const MemoryPoint& b) {
                               return a.event < b.event;
                             }));
}

TEST_F(RunAsidesTest, TellOrdersOfPartitionsApart) {
  Order(4, 1, "a");
  Order(7, 2, "a");
  Order(5, 1, "b");
  Order(9, 0, "a");
  const std::vector<FoundOrder> orders = FoundOrdersOf(list_.asides());
  ASSERT_EQ(orders.size(), 2u);
  EXPECT_EQ(orders[0].partition, "a");
  EXPECT_THAT(orders[0].operations, ElementsAre(4, 7));
  EXPECT_EQ(orders[0].illegal, 9u);
  EXPECT_THAT(orders[1].operations, ElementsAre(5));
  EXPECT_FALSE(orders[1].illegal);
}

TEST_F(RunAsidesTest, TellHistoriesWithPartitionsOfOneNameApart) {
  Order(1, 1, "");
  Order(2, 0, "");
  Order(1'000'000'001, 1, "");
  const std::vector<FoundOrder> orders = FoundOrdersOf(list_.asides());
  ASSERT_EQ(orders.size(), 2u);
  EXPECT_EQ(orders[0].illegal, 2u);
  EXPECT_THAT(orders[1].operations, ElementsAre(1'000'000'001));
}

TEST_F(RunAsidesTest, StopAtOnceWhereTheFirstAnswerIsIllegal) {
  Order(3, 0, "k");
  const std::vector<FoundOrder> orders = FoundOrdersOf(list_.asides());
  ASSERT_EQ(orders.size(), 1u);
  EXPECT_THAT(orders[0].operations, IsEmpty());
  EXPECT_EQ(orders[0].illegal, 3u);
}

TEST_F(RunAsidesTest, KeepWhatNodesWere) {
  const auto become = [&](uint32_t node, const char* headline, const char* log,
                          uint64_t is_violation = 0) {
    list_.OnEvent({.kind = EventKind::kNote}, "");
    list_.OnShown(
        {.kind = EventKind::kNodeDescribed,
         .node = NodeId(node),
         .id = is_violation},
        NodeStateText({.headline = headline, .facts = {{"log", log}}}));
  };
  become(0, "leads", "1");
  become(0, "leads", "1..2");
  become(1, "follows", "1");
  become(0, "follows", "1..2");
  become(0, "follows", "1..3", 1);
  const auto events = [&](size_t most) {
    std::vector<uint64_t> events;
    for (const ShownState& each : ShownStatesOf(list_.asides(), most)) {
      events.push_back(each.event);
    }
    return events;
  };
  EXPECT_THAT(events(4), ElementsAre(1, 2, 3, 4));
  // Where there is no room for all of them, the headlines.
  EXPECT_THAT(events(3), ElementsAre(1, 3, 4));
  EXPECT_THAT(events(1), ElementsAre(4));
  const std::vector<ShownState> last = StatesAtViolation(list_.asides());
  ASSERT_EQ(last.size(), 1u);
  EXPECT_EQ(last[0].state.facts[0].value, "1..3");
}

}  // namespace
}  // namespace reprise
