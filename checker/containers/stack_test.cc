#include "reprise/checker/containers/stack.h"

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

TEST(StackTest, NamesTwoValuesThatCross) {
  const Operations operations = {{0, 1, 7, kInsert},
                                 {2, 3, 8, kInsert},
                                 {4, 5, 7, kRemove},
                                 {6, 7, 8, kRemove}};
  const ContainerVerdict verdict = CheckStack(operations);
  EXPECT_EQ(verdict.outcome, kViolated);
  EXPECT_THAT(verdict.contradiction, ElementsAre(0, 1, 2, 3));
}

TEST(StackTest, AValueThatStaysIsAboveNothingThatIsPopped) {
  const Operations operations = {
      {0, 1, 7, kInsert}, {2, 3, 8, kInsert}, {4, 5, 7, kRemove}};
  EXPECT_THAT(CheckStack(operations).contradiction, ElementsAre(0, 1, 2));
}

// No two of them cross, but none can be at the bottom.
TEST(StackTest, NamesThreeValuesThatContradictEachOther) {
  const Operations operations = {{0, 1, 7, kInsert},   {0, 4, 8, kInsert},
                                 {3, 8, 9, kInsert},   {5, 10, 7, kRemove},
                                 {9, 10, 8, kRemove},  {14, 15, 9, kRemove},
                                 {16, 17, 5, kInsert}, {18, 19, 5, kRemove}};
  EXPECT_THAT(CheckStack(operations).contradiction,
              ElementsAre(0, 1, 2, 3, 4, 5));
}

TEST(StackTest, AValueWhosePushAndPopOverlapIsNeverInTheWay) {
  const Operations operations = {{0, 1, 7, kInsert},
                                 {2, 9, 8, kInsert},
                                 {4, 5, 7, kRemove},
                                 {9, 10, 8, kRemove}};
  EXPECT_EQ(CheckStack(operations).outcome, kHolds);
}

TEST(StackTest, EmptyNeedsAnInstantAtWhichNothingIsSurelyIn) {
  Operations operations = {
      {0, 1, 7, kInsert}, {2, 5, 0, kEmpty}, {5, 6, 7, kRemove}};
  EXPECT_EQ(CheckStack(operations).outcome, kHolds);
  operations[2].call = 6;
  EXPECT_THAT(CheckStack(operations).contradiction, ElementsAre(0, 1, 2));
}

TEST(StackTest, APendingPopMayHaveTakenWhatIsInTheWay) {
  Operations operations = {{0, 1, 7, kInsert},
                           {2, 3, 8, kInsert},
                           {3, kNever, 0, kRemove},
                           {4, 5, 7, kRemove}};
  EXPECT_EQ(CheckStack(operations).outcome, kHolds);
  operations.push_back({6, 7, 8, kRemove});
  EXPECT_THAT(CheckStack(operations).contradiction, ElementsAre(0, 1, 3, 4));
  operations[3].value = 8;
  operations[4].value = 7;
  EXPECT_EQ(CheckStack(operations).outcome, kHolds);
}

TEST(StackTest, PendingPopsThatDoNotSufficeAreNamed) {
  Operations operations = {{0, 1, 7, kInsert},      {2, 3, 8, kInsert},
                           {4, 5, 9, kInsert},      {5, kNever, 0, kRemove},
                           {6, kNever, 0, kRemove}, {7, 8, 7, kRemove},
                           {9, kNever, 0, kRemove}};
  EXPECT_EQ(CheckStack(operations).outcome, kHolds);
  operations.erase(operations.begin() + 4);
  EXPECT_THAT(CheckStack(operations).contradiction, ElementsAre(0, 1, 2, 3, 4));
}

// 300 pops that were never answered, one of which took something.
TEST(StackTest, TooManyChoicesAreLeftToTheSearch) {
  constexpr EventIndex kPops = 300;
  Operations operations;
  for (EventIndex i = 0; i < kPops; ++i) {
    operations.push_back({2 * i, 2 * i + 1, i, kInsert});
  }
  for (EventIndex i = 0; i < kPops; ++i) {
    operations.push_back({2 * kPops + i, kNever, 0, kRemove});
  }
  operations.push_back({4 * kPops, 4 * kPops + 1, 0, kRemove});
  EXPECT_EQ(CheckStack(operations).outcome, kHolds);
  operations.push_back({4 * kPops + 2, 4 * kPops + 3, 0, kEmpty});
  operations.erase(operations.begin() + kPops);
  operations.erase(operations.begin() + kPops);
  EXPECT_EQ(CheckStack(operations).outcome, kUnsuitable);
}

TEST(StackTest, AValueThatContradictsItselfIsNamedAlone) {
  EXPECT_THAT(CheckStack(Operations{{0, 1, 7, kRemove}}).contradiction,
              ElementsAre(0));
  EXPECT_THAT(CheckStack(Operations{}).contradiction, IsEmpty());
}

}  // namespace
}  // namespace reprise::checker
