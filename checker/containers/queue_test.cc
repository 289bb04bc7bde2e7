#include "reprise/checker/containers/queue.h"

#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/containers/container.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using enum ContainerKind;
using enum ContainerOutcome;
using Operations = std::vector<ContainerOperation>;

TEST(QueueTest, NamesAValueThatOvertookAnother) {
  const Operations operations = {{0, 1, 7, kInsert},
                                 {2, 3, 8, kInsert},
                                 {4, 5, 8, kRemove},
                                 {6, 7, 7, kRemove}};
  const ContainerVerdict verdict = CheckQueue(operations);
  EXPECT_EQ(verdict.outcome, kViolated);
  EXPECT_THAT(verdict.contradiction, ElementsAre(0, 1, 2, 3));
}

TEST(QueueTest, AValueThatStaysKeepsThoseBehindItIn) {
  const Operations operations = {
      {0, 1, 7, kInsert}, {2, 3, 8, kInsert}, {4, 5, 8, kRemove}};
  EXPECT_THAT(CheckQueue(operations).contradiction, ElementsAre(0, 1, 2));
}

TEST(QueueTest, OverlappingInsertsMayBeInAnyOrder) {
  const Operations operations = {
      {0, 2, 7, kInsert}, {2, 3, 8, kInsert}, {4, 5, 8, kRemove}};
  EXPECT_EQ(CheckQueue(operations).outcome, kHolds);
}

TEST(QueueTest, EmptyNeedsAnInstantAtWhichNothingIsSurelyIn) {
  Operations operations = {{0, 1, 7, kInsert},
                           {2, 9, 8, kInsert},
                           {3, 10, 0, kEmpty},
                           {8, 11, 7, kRemove},
                           {12, 13, 8, kRemove}};
  EXPECT_EQ(CheckQueue(operations).outcome, kHolds);
  operations[1].ret = 7;
  EXPECT_THAT(CheckQueue(operations).contradiction, ElementsAre(0, 1, 2, 3, 4));
}

TEST(QueueTest, AValueThatContradictsItselfIsNamedAlone) {
  EXPECT_THAT(CheckQueue(Operations{{0, 1, 7, kRemove}}).contradiction,
              ElementsAre(0));
  EXPECT_THAT(CheckQueue(Operations{{0, 1, 7, kRemove}, {2, 3, 7, kInsert}})
                  .contradiction,
              ElementsAre(0, 1));
  EXPECT_THAT(CheckQueue(Operations{{0, 1, 5, kInsert},
                                    {2, 3, 7, kInsert},
                                    {4, 5, 7, kRemove},
                                    {4, 6, 7, kRemove}})
                  .contradiction,
              ElementsAre(1, 2, 3));
}

TEST(QueueTest, AValueInsertedTwiceIsUnsuitable) {
  EXPECT_EQ(
      CheckQueue(Operations{{0, 1, 7, kInsert}, {2, 3, 7, kInsert}}).outcome,
      kUnsuitable);
}

TEST(QueueTest, APendingRemoveMayHaveTakenWhatIsMissing) {
  Operations operations = {{0, 1, 6, kInsert},      {2, 3, 7, kInsert},
                           {4, 5, 8, kInsert},      {6, kNever, 0, kRemove},
                           {7, kNever, 0, kRemove}, {8, 9, 8, kRemove}};
  EXPECT_EQ(CheckQueue(operations).outcome, kHolds);
  operations[4].call = 10;  // Too late.
  std::swap(operations[4], operations[5]);
  EXPECT_THAT(CheckQueue(operations).contradiction, ElementsAre(0, 1, 2, 3, 4));
}

TEST(QueueTest, APendingInsertMayHaveHappenedOrNot) {
  Operations operations = {{0, kNever, 7, kInsert}, {2, 3, 7, kRemove}};
  EXPECT_EQ(CheckQueue(operations).outcome, kHolds);
  operations[1] = {2, 3, 0, kEmpty};
  EXPECT_THAT(CheckQueue(operations).contradiction, IsEmpty());
  EXPECT_EQ(CheckQueue(operations).outcome, kHolds);
}

}  // namespace
}  // namespace reprise::checker
