#include "reprise/sim/trace/event_list.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {
namespace {

TEST(EventListTest, KeepsEventsWithTheirContents) {
  EventList list;
  Trace trace;
  trace.SetSink(&list);
  {
    const std::string passing = "a note";
    trace.RecordContent({.kind = EventKind::kNote}, passing);
  }
  ASSERT_EQ(list.events().size(), 1u);
  EXPECT_EQ(list.events()[0].content, "a note");
  EXPECT_EQ(list.events()[0].event.bytes, 6u);
}

TEST(EventListTest, NumbersWhatIsRecordedAndNotWhatIsShown) {
  EventList list;
  Trace trace;
  trace.SetSink(&list);
  trace.Record({.kind = EventKind::kNodePaused});
  trace.Show({.kind = EventKind::kLogged}, "a line");
  trace.Record({.kind = EventKind::kNodeResumed});
  ASSERT_EQ(list.events().size(), 3u);
  EXPECT_EQ(list.events()[0].number, 1u);
  EXPECT_EQ(list.events()[1].number, 1u);
  EXPECT_EQ(list.events()[2].number, 2u);
  EXPECT_FALSE(list.events()[0].is_shown);
  EXPECT_TRUE(list.events()[1].is_shown);
}

TEST(EventListTest, KeepsAsidesApart) {
  EventList list;
  Trace trace;
  trace.SetSink(&list);
  trace.Record({.kind = EventKind::kNodePaused});
  const uint64_t digest = trace.digest();
  trace.Show({.kind = EventKind::kMemoryHeld, .value = 7}, "");
  EXPECT_EQ(list.events().size(), 1u);
  ASSERT_EQ(list.asides().size(), 1u);
  EXPECT_EQ(list.asides()[0].event.value, 7u);
  EXPECT_EQ(list.asides()[0].number, 1u);
  EXPECT_EQ(trace.digest(), digest);
}

}  // namespace
}  // namespace reprise
