#include "reprise/checker/containers/priority_queue.h"

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

TEST(PriorityQueueTest, NamesASmallerValueThatWasPassedOver) {
  const Operations operations = {{0, 1, 7, kInsert},
                                 {2, 3, 8, kInsert},
                                 {4, 5, 8, kRemove},
                                 {6, 7, 7, kRemove}};
  const ContainerVerdict verdict = CheckPriorityQueue(operations);
  EXPECT_EQ(verdict.outcome, kViolated);
  EXPECT_THAT(verdict.contradiction, ElementsAre(0, 1, 2, 3));
}

TEST(PriorityQueueTest, ALargerValueIsNotInTheWay) {
  const Operations operations = {
      {0, 1, 7, kInsert}, {2, 3, 8, kInsert}, {4, 5, 7, kRemove}};
  EXPECT_EQ(CheckPriorityQueue(operations).outcome, kHolds);
}

TEST(PriorityQueueTest, NamesTheFewestValuesThatWereInAllTheTime) {
  const Operations operations = {{0, 1, 9, kInsert},   {0, 2, 5, kInsert},
                                 {0, 2, 6, kInsert},   {3, 20, 9, kRemove},
                                 {5, 6, 7, kInsert},   {8, 9, 5, kRemove},
                                 {10, 11, 6, kRemove}, {21, 22, 7, kRemove}};
  EXPECT_THAT(CheckPriorityQueue(operations).contradiction,
              ElementsAre(0, 2, 3, 4, 6, 7));
}

TEST(PriorityQueueTest, EmptyNeedsAnInstantAtWhichNothingIsSurelyIn) {
  Operations operations = {
      {0, 1, 7, kInsert}, {2, 5, 0, kEmpty}, {5, 6, 7, kRemove}};
  EXPECT_EQ(CheckPriorityQueue(operations).outcome, kHolds);
  operations[2].call = 6;
  EXPECT_THAT(CheckPriorityQueue(operations).contradiction,
              ElementsAre(0, 1, 2));
}

TEST(PriorityQueueTest, APendingRemoveMayHaveTakenWhatIsInTheWay) {
  Operations operations = {{0, 1, 7, kInsert},
                           {2, 3, 8, kInsert},
                           {4, kNever, 0, kRemove},
                           {4, 5, 8, kRemove}};
  EXPECT_EQ(CheckPriorityQueue(operations).outcome, kHolds);
  operations[2].call = 6;
  std::swap(operations[2], operations[3]);
  EXPECT_THAT(CheckPriorityQueue(operations).contradiction,
              ElementsAre(0, 1, 2));
}

// Whatever takes the larger value takes the smaller one first.
TEST(PriorityQueueTest, APendingRemoveTakesTheSmallestAsWell) {
  Operations operations = {{0, 1, 7, kInsert},
                           {0, 1, 8, kInsert},
                           {2, kNever, 0, kRemove},
                           {2, kNever, 0, kRemove},
                           {3, 4, 0, kEmpty}};
  EXPECT_EQ(CheckPriorityQueue(operations).outcome, kHolds);
  operations.erase(operations.begin() + 2);
  EXPECT_THAT(CheckPriorityQueue(operations).contradiction,
              ElementsAre(0, 1, 2, 3));
}

TEST(PriorityQueueTest, AValueThatContradictsItselfIsNamedAlone) {
  EXPECT_THAT(CheckPriorityQueue(Operations{{0, 1, 7, kRemove}}).contradiction,
              ElementsAre(0));
  EXPECT_THAT(CheckPriorityQueue(Operations{}).contradiction, IsEmpty());
}

}  // namespace
}  // namespace reprise::checker
