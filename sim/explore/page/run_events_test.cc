#include "reprise/sim/explore/page/run_events.h"

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {
namespace {

constexpr NodeId kServer(0);
constexpr NodeId kClerk(1);

TraceEvent At(int64_t nanoseconds, TraceEvent event) {
  event.time = VirtualTime::Nanoseconds(nanoseconds);
  return event;
}

TEST(RunEventsTest, FindsTheSendingOfADuplicateThatWasOvertaken) {
  EventList list;
  const TraceEvent out = {.node = kClerk, .peer = kServer, .id = 5};
  TraceEvent sent = out;
  sent.kind = EventKind::kRequestSent;
  sent.value = 30;
  TraceEvent copied = out;
  copied.kind = EventKind::kRequestDuplicated;
  copied.value = 10;
  const TraceEvent arrives = {.kind = EventKind::kRequestDelivered,
                              .node = kServer,
                              .peer = kClerk,
                              .id = 5};
  list.OnEvent(At(0, sent), "a");
  list.OnEvent(At(0, copied), "a");
  list.OnEvent(At(10, arrives), "");
  list.OnEvent(At(30, arrives), "");
  const RunEvents run(list.events(), {});
  ASSERT_EQ(run.events().size(), 4u);
  EXPECT_EQ(run.events()[2].begin, 1u);
  EXPECT_EQ(run.events()[3].begin, 0u);
}

TEST(RunEventsTest, TellsClientsFromServers) {
  EventList list;
  list.OnEvent({.kind = EventKind::kOperationCalled, .node = kClerk, .id = 1},
               "");
  list.OnEvent({.kind = EventKind::kNodeBooted, .node = kServer}, "");
  list.OnEvent({.kind = EventKind::kOperationReturned, .node = kClerk, .id = 1},
               "");
  const RunEvents run(list.events(), {});
  EXPECT_TRUE(run.IsClient(kClerk));
  EXPECT_FALSE(run.IsClient(kServer));
  EXPECT_EQ(run.events()[2].begin, 0u);
}

TEST(RunEventsTest, LeavesOutTasksUnlessTheyAreAskedFor) {
  EventList list;
  list.OnEvent({.kind = EventKind::kTaskStarted, .id = 1}, "main");
  EXPECT_TRUE(RunEvents(list.events(), {}).events().empty());
  EXPECT_EQ(RunEvents(list.events(), {.show_tasks = true}).events().size(), 1u);
}

}  // namespace
}  // namespace reprise
