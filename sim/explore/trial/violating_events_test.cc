#include "reprise/sim/explore/trial/violating_events.h"

#include <cstdint>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr NodeId kServer(0);
constexpr NodeId kFirst(1);
constexpr NodeId kSecond(2);

// Two operations that return in turn, a third that never does, and the end.
EventList ThreeOperations() {
  EventList list;
  const auto add = [&](EventKind kind, NodeId node, uint64_t id) {
    list.OnEvent({.kind = kind, .node = node, .id = id}, "");
  };
  add(EventKind::kOperationCalled, kFirst, 0);
  add(EventKind::kOperationCalled, kSecond, 1);
  add(EventKind::kOperationReturned, kSecond, 1);
  add(EventKind::kOperationReturned, kFirst, 0);
  add(EventKind::kOperationCalled, kFirst, 2);
  add(EventKind::kNodePaused, kServer, 0);
  list.OnEvent({.kind = EventKind::kNote}, "the end");
  return list;
}

TEST(ViolatingEventsTest, IsTheLastAnswerOfTheContradiction) {
  const EventList list = ThreeOperations();
  const Verdict verdict{.kind = VerdictKind::kViolated,
                        .property = "linearizability",
                        .operations = {0, 1}};
  EXPECT_THAT(ViolatingEvents(verdict, list.events()), ElementsAre(3));
}

TEST(ViolatingEventsTest, IsWhereTheNodesThatWaitEnded) {
  const EventList list = ThreeOperations();
  for (const char* property : {"no-deadlock", "liveness"}) {
    const Verdict verdict{.kind = VerdictKind::kViolated, .property = property};
    EXPECT_THAT(ViolatingEvents(verdict, list.events()), ElementsAre(4));
  }
}

TEST(ViolatingEventsTest, IsElseTheLastEventOfANode) {
  const EventList list = ThreeOperations();
  const Verdict verdict{.kind = VerdictKind::kViolated, .property = "no-crash"};
  EXPECT_THAT(ViolatingEvents(verdict, list.events()), ElementsAre(5));
}

TEST(ViolatingEventsTest, IsNowhereInARunThatHolds) {
  const EventList list = ThreeOperations();
  EXPECT_THAT(ViolatingEvents({}, list.events()), IsEmpty());
}

}  // namespace
}  // namespace reprise
