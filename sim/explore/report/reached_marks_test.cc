#include "reprise/sim/explore/report/reached_marks.h"

#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/mark_list.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Pair;

[[maybe_unused]] void Statements() {
  Reached("a.one"_mark);
  Sometimes(true, "a.two"_mark);
  Always(true, "b.three"_mark);
  Unreachable("b.wrong"_mark);
}

MarkCounts Met(std::string_view name, uint64_t count) {
  MarkCounts counts(MarkCount());
  for (const Mark* mark : Marks()) {
    if (mark->name() == name) counts[mark->number()] = count;
  }
  return counts;
}

TEST(ReachedMarksTest, AScenarioThatNamesNoneIsToReachAll) {
  const ReachedMarks marks = FindReachedMarks({{}}, Met("a.two", 7));
  EXPECT_THAT(marks.reached, ElementsAre(Pair("a.two", 7)));
  EXPECT_THAT(marks.not_reached, ElementsAre("a.one", "b.three"));
}

TEST(ReachedMarksTest, AScenarioMissesOnlyWhatItIsToReach) {
  const ReachedMarks marks = FindReachedMarks({{"b."}}, Met("a.two", 1));
  EXPECT_THAT(marks.reached, ElementsAre(Pair("a.two", 1)));
  EXPECT_THAT(marks.not_reached, ElementsAre("b.three"));
}

TEST(ReachedMarksTest, SeveralScenariosAreToReachWhatAnyOfThemIs) {
  const ReachedMarks marks = FindReachedMarks({{"b."}, {"a.one", "a.two"}}, {});
  EXPECT_THAT(marks.reached, IsEmpty());
  EXPECT_THAT(marks.not_reached, ElementsAre("a.one", "a.two", "b.three"));
}

TEST(ReachedMarksTest, WhatWasUnreachableIsNoGapButIsShownWhereItWasReached) {
  EXPECT_THAT(FindReachedMarks({{"b.wrong"}}, {}).not_reached, IsEmpty());
  EXPECT_THAT(FindReachedMarks({{}}, Met("b.wrong", 1)).reached,
              ElementsAre(Pair("b.wrong", 1)));
}

TEST(ReachedMarksTest, IsToldInOneLine) {
  const ReachedMarks marks{.reached = {{"a", 3}, {"b", 1200}},
                           .not_reached = {"c", "d"}};
  EXPECT_EQ(DescribeMarks(marks), "marks: 2 of 4 reached; never: c, d\n");
  EXPECT_EQ(DescribeMarks({.reached = {{"a", 3}}}), "marks: all 1 reached\n");
  EXPECT_EQ(DescribeMarks({}), "");
  EXPECT_EQ(DescribeMarkCounts(marks),
            "  marks: a 3, b 1,200\n  not reached: c, d\n");
  EXPECT_EQ(DescribeGap(marks, 400),
            "2 marks were reached in none of 400 seeds: c, d.");
}

}  // namespace
}  // namespace reprise
