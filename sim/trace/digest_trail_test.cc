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
std::vector<DigestPoint> PointsOf(uint64_t events, uint64_t different = 0) {
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
  EXPECT_TRUE(PointsOf(0).empty());
  const std::vector<DigestPoint> points = PointsOf(20);
  ASSERT_EQ(points.size(), 20u);
  for (uint64_t i = 0; i < 20; ++i) EXPECT_EQ(points[i].event, i + 1);
}

TEST(DigestTrailTest, KeepsFewPointsAtEqualDistances) {
  for (const uint64_t events : {33u, 64u, 65u, 1000u, 4096u, 100'003u}) {
    const std::vector<DigestPoint> points = PointsOf(events);
    EXPECT_GE(points.size(), 16u) << events;
    EXPECT_LE(points.size(), 33u) << events;
    EXPECT_EQ(points.back().event, events);
    for (uint64_t i = 0; i + 1 < points.size(); ++i) {
      EXPECT_EQ(points[i].event, (i + 1) * points[0].event);
    }
  }
}

TEST(DigestTrailTest, APointIsTheDigestUntilThen) {
  for (const DigestPoint& point : PointsOf(1000)) {
    EXPECT_EQ(point, PointsOf(point.event).back());
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
    const std::vector<DigestPoint> expected = PointsOf(events);
    EXPECT_FALSE(FindFirstDifference(expected, PointsOf(events)).has_value());
    for (uint64_t different = 1; different <= events; different += 9) {
      const std::optional<EventRange> range =
          FindFirstDifference(expected, PointsOf(events, different));
      ASSERT_TRUE(range.has_value()) << different;
      EXPECT_LE(range->first, different);
      EXPECT_GE(range->last, different);
      EXPECT_LE((range->last - range->first) * 16, events);
    }
  }
}

TEST(FindFirstDifferenceTest, RunsOfOtherLengthsHavePointsInCommon) {
  const std::optional<EventRange> range =
      FindFirstDifference(PointsOf(1000), PointsOf(5000, 500));
  ASSERT_TRUE(range.has_value());
  EXPECT_LE(range->first, 500u);
  EXPECT_GE(range->last, 500u);
  EXPECT_LE(range->last - range->first, 256u);
}

TEST(FindFirstDifferenceTest, AnEndIsADifference) {
  EXPECT_EQ(FindFirstDifference(PointsOf(20), PointsOf(18)),
            (EventRange{19, 19}));
  EXPECT_EQ(FindFirstDifference(PointsOf(18), PointsOf(20)),
            (EventRange{19, 19}));
  const std::optional<EventRange> range =
      FindFirstDifference(PointsOf(1000), PointsOf(900));
  ASSERT_TRUE(range.has_value());
  EXPECT_LE(range->first, 901u);
  EXPECT_EQ(range->last, 901u);
}

TEST(FindFirstDifferenceTest, NothingIsKnownWithoutPoints) {
  EXPECT_FALSE(FindFirstDifference({}, PointsOf(5)).has_value());
  EXPECT_FALSE(FindFirstDifference(PointsOf(5), {}).has_value());
}

}  // namespace
}  // namespace reprise
