#include "reprise/sim/explore/sweep/cone_trace.h"

#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_filter.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

class ConeTraceTest : public testing::Test {
 protected:
  ConeTraceTest() {
    list_.OnEvent({.kind = EventKind::kNodeNamed, .id = 0}, "server");
    list_.OnEvent({.kind = EventKind::kNodeNamed, .id = 1}, "other");
    list_.OnEvent({.kind = EventKind::kNodePaused, .node = NodeId(1)}, "");
    list_.OnEvent({.kind = EventKind::kNodePaused, .node = NodeId(0)}, "");
    list_.OnEvent({.kind = EventKind::kNodeStopped, .node = NodeId(0)}, "");
  }

  absl::Status Print(const Verdict& verdict, std::string_view filter = {}) {
    const TraceFilter parsed =
        filter.empty() ? TraceFilter() : *TraceFilter::Parse(filter);
    return PrintCone(
        verdict, list_.events(), {}, parsed,
        [this](std::string_view line) { lines_.emplace_back(line); });
  }

  EventList list_;
  std::vector<std::string> lines_;
  const Verdict violated_{.kind = VerdictKind::kViolated,
                          .property = "no-crash"};
};

TEST_F(ConeTraceTest, LeavesOutWhatDidNotComeBefore) {
  EXPECT_TRUE(Print(violated_).ok());
  EXPECT_THAT(lines_,
              ElementsAre(HasSubstr("server    pauses"), HasSubstr("CRASH"),
                          "cone: 1 of 5 events are left out, which did not "
                          "happen before the violation"));
}

TEST_F(ConeTraceTest, WorksWithOtherConditions) {
  EXPECT_TRUE(Print(violated_, "cone,kind:crash").ok());
  EXPECT_THAT(lines_, ElementsAre(HasSubstr("CRASH"), HasSubstr("left out")));
  EXPECT_THAT(Print(violated_, "cone,node:nobody").message(),
              HasSubstr("there are: other, server"));
}

TEST_F(ConeTraceTest, SaysWhereThereIsNothingToLookBackFrom) {
  EXPECT_TRUE(Print({}).ok());
  EXPECT_THAT(lines_, ElementsAre(HasSubstr("no property is violated")));
}

}  // namespace
}  // namespace reprise
