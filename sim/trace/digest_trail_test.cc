#include "reprise/sim/trace/digest_trail.h"

#include <cstdint>
#include <optional>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"

namespace reprise {
namespace {

// A run of so many events, of which that of this number differs.
std::vector<DigestMark> MarksOf(uint64_t events, uint64_t different = 0) {
  Trace trace;
  DigestTrail trail;
  trace.SetTrail(&trail);
  for (uint64_t event = 1; event <= events; ++event) {
    trace.Record({.kind = EventKind::kNote,
                  .value = event == different ? uint64_t{99} : event % 7});
  }
  return trail.Until(trace.events(), trace.digest());
}

TEST(DigestTrailTest, KeepsEveryEventOfAShortRun) {
  EXPECT_TRUE(MarksOf(0).empty());
  const std::vector<DigestMark> marks = MarksOf(20);
  ASSERT_EQ(marks.size(), 20u);
  for (uint64_t i = 0; i < 20; ++i) EXPECT_EQ(marks[i].event, i + 1);
}

TEST(DigestTrailTest, KeepsFewMarksAtEqualDistances) {
  for (const uint64_t events : {33u, 64u, 65u, 1000u, 4096u, 100'003u}) {
    const std::vector<DigestMark> marks = MarksOf(events);
    EXPECT_GE(marks.size(), 16u) << events;
    EXPECT_LE(marks.size(), 33u) << events;
    EXPECT_EQ(marks.back().event, events);
    for (uint64_t i = 0; i + 1 < marks.size(); ++i) {
      EXPECT_EQ(marks[i].event, (i + 1) * marks[0].event);
    }
  }
}

TEST(DigestTrailTest, AMarkIsTheDigestUntilThen) {
  for (const DigestMark& mark : MarksOf(1000)) {
    EXPECT_EQ(mark, MarksOf(mark.event).back());
  }
}

TEST(DigestTrailTest, TheTraceIsAsItWouldBeWithoutIt) {
  Trace trace;
  Trace followed;
  DigestTrail trail;
  followed.SetTrail(&trail);
  for (int i = 0; i < 100; ++i) {
    trace.Record({.kind = EventKind::kNote});
    followed.Record({.kind = EventKind::kNote});
  }
  EXPECT_EQ(trace.digest(), followed.digest());
  EXPECT_EQ(followed.events(), 100u);
  EXPECT_FALSE(followed.HasSink());
}

TEST(FindFirstDifferenceTest, HoldsTheFirstEventThatDiffers) {
  for (const uint64_t events : {10u, 100u, 5000u}) {
    const std::vector<DigestMark> expected = MarksOf(events);
    EXPECT_FALSE(FindFirstDifference(expected, MarksOf(events)).has_value());
    for (uint64_t different = 1; different <= events; different += 9) {
      const std::optional<EventRange> range =
          FindFirstDifference(expected, MarksOf(events, different));
      ASSERT_TRUE(range.has_value()) << different;
      EXPECT_LE(range->first, different);
      EXPECT_GE(range->last, different);
      EXPECT_LE((range->last - range->first) * 16, events);
    }
  }
}

TEST(FindFirstDifferenceTest, RunsOfOtherLengthsHaveMarksInCommon) {
  const std::optional<EventRange> range =
      FindFirstDifference(MarksOf(1000), MarksOf(5000, 500));
  ASSERT_TRUE(range.has_value());
  EXPECT_LE(range->first, 500u);
  EXPECT_GE(range->last, 500u);
  EXPECT_LE(range->last - range->first, 256u);
}

TEST(FindFirstDifferenceTest, AnEndIsADifference) {
  EXPECT_EQ(FindFirstDifference(MarksOf(20), MarksOf(18)),
            (EventRange{19, 19}));
  EXPECT_EQ(FindFirstDifference(MarksOf(18), MarksOf(20)),
            (EventRange{19, 19}));
  const std::optional<EventRange> range =
      FindFirstDifference(MarksOf(1000), MarksOf(900));
  ASSERT_TRUE(range.has_value());
  EXPECT_LE(range->first, 901u);
  EXPECT_EQ(range->last, 901u);
}

TEST(FindFirstDifferenceTest, NothingIsKnownWithoutMarks) {
  EXPECT_FALSE(FindFirstDifference({}, MarksOf(5)).has_value());
  EXPECT_FALSE(FindFirstDifference(MarksOf(5), {}).has_value());
}

}  // namespace
}  // namespace reprise
