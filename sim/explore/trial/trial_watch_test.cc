#include "reprise/sim/explore/trial/trial_watch.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"

namespace reprise {
namespace {

using testing::HasSubstr;
using testing::Not;

// Two nodes, "a-1" and "a-12", and a watch that hears them.
class TrialWatchTest : public testing::Test {
 protected:
  void SetUp() override {
    watch_.OnEvent({.kind = EventKind::kNodeNamed, .id = 0}, "a-1");
    watch_.OnEvent({.kind = EventKind::kNodeNamed, .id = 1}, "a-12");
  }
  void Log(uint32_t node, std::string_view text,
           LogLevel level = LogLevel::kInfo) {
    watch_.OnShown({.kind = EventKind::kLogged,
                    .node = NodeId(node),
                    .value = static_cast<uint64_t>(level)},
                   text);
  }

  TrialWatch watch_{nullptr, {}, {}};
};

TEST_F(TrialWatchTest, TakesTheLinesOfTheNodesThatTheEvidenceNames) {
  Log(0, "first");
  Log(1, "second");
  EXPECT_EQ(watch_.LastLines("node a-1 was lost."),
            "0.000 000 s  a-1  first\n");
  EXPECT_EQ(watch_.LastLines("a-12->b was cut"), "0.000 000 s  a-12  second\n");
}

TEST_F(TrialWatchTest, TakesAllWhereNoneIsNamed) {
  Log(1, "first");
  Log(0, "second", LogLevel::kError);
  watch_.OnShown({.kind = EventKind::kScenarioLogged,
                  .value = static_cast<uint64_t>(LogLevel::kInfo)},
                 "third");
  EXPECT_EQ(watch_.LastLines("the tally is wrong"),
            "0.000 000 s  a-12  first\n"
            "0.000 000 s  a-1  error: second\n"
            "0.000 000 s  scenario  third\n");
}

TEST_F(TrialWatchTest, KeepsABoundedNumberOfLines) {
  for (int i = 0; i < 100; ++i) {
    Log(0, absl::StrCat("line ", i, "."));
    Log(1, std::string(1000, 'x'));
  }
  const std::string lines = watch_.LastLines("");
  EXPECT_THAT(lines, HasSubstr("line 99."));
  EXPECT_THAT(lines, Not(HasSubstr("line 89.")));
  EXPECT_LT(lines.size(), 20u * 250u);
}

TEST_F(TrialWatchTest, NamesWhomARequestOrAMessageHasComeTo) {
  EXPECT_TRUE(watch_.Servers().empty());
  watch_.OnEvent({.kind = EventKind::kRequestSent, .node = NodeId(0)}, "");
  watch_.OnEvent({.kind = EventKind::kReplyDelivered, .node = NodeId(0)}, "");
  watch_.OnEvent({.kind = EventKind::kRequestDelivered, .node = NodeId(1)}, "");
  EXPECT_EQ(watch_.Servers(), std::vector<std::string>{"a-12"});
  watch_.OnEvent({.kind = EventKind::kMessageDelivered, .node = NodeId(0)}, "");
  EXPECT_EQ(watch_.Servers(), (std::vector<std::string>{"a-1", "a-12"}));
}

TEST_F(TrialWatchTest, TakesAsidesForNoLines) {
  watch_.OnShown({.kind = EventKind::kNodeDescribed}, "leads");
  EXPECT_EQ(watch_.LastLines("a-1"), "");
}

TEST_F(TrialWatchTest, WithoutALogThereIsNothing) {
  EXPECT_EQ(watch_.LastLines("a-1"), "");
}

struct KeepingSink : TraceSink {
  void OnEvent(const TraceEvent& event, std::string_view) override {
    times.push_back(event.time.nanoseconds());
  }
  std::vector<int64_t> times;
};

TEST(TrialWatchStopTest, StopsOnceAfterThatManyEvents) {
  KeepingSink sink;
  int stops = 0;
  TrialWatch watch(&sink, StopPoint{.events = 2},
                   [&](const TraceEvent&) { ++stops; });
  for (int i = 0; i < 5; ++i) watch.OnEvent({}, "");
  EXPECT_EQ(sink.times.size(), 2u);
  EXPECT_EQ(stops, 1);
}

TEST(TrialWatchStopTest, StopsAtTheFirstEventFromATimeOn) {
  KeepingSink sink;
  int64_t stopped_at = 0;
  TrialWatch watch(
      &sink, StopPoint{.time = VirtualTime::Nanoseconds(15)},
      [&](const TraceEvent& event) { stopped_at = event.time.nanoseconds(); });
  for (int64_t time : {10, 20, 30}) {
    watch.OnEvent({.time = VirtualTime::Nanoseconds(time)}, "");
  }
  EXPECT_EQ(stopped_at, 20);
  EXPECT_EQ(sink.times, (std::vector<int64_t>{10, 20}));
}

}  // namespace
}  // namespace reprise
