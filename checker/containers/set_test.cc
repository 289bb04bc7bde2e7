#include "reprise/checker/containers/set.h"

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

TEST(SetTest, NamesAnElementThatWasInserted) {
  const Operations operations = {{0, 1, 7, kInsert},
                                 {2, 3, 8, kInsert},
                                 {4, 5, 7, kFound},
                                 {6, 7, 7, kNotFound}};
  const ContainerVerdict verdict = CheckSet(operations);
  EXPECT_EQ(verdict.outcome, kViolated);
  EXPECT_THAT(verdict.contradiction, ElementsAre(0, 3));
}

TEST(SetTest, AnElementComesAndGoesAnyNumberOfTimes) {
  Operations operations = {
      {0, 1, 7, kInsert},       {2, 3, 7, kInsertFailed}, {4, 5, 7, kRemove},
      {6, 7, 7, kRemoveFailed}, {8, 9, 7, kInsert},       {10, 20, 7, kRemove},
      {11, 12, 7, kNotFound},   {13, 19, 7, kInsert},     {14, 15, 7, kFound}};
  EXPECT_EQ(CheckSet(operations).outcome, kHolds);
  operations.push_back({21, 22, 7, kNotFound});
  const ContainerVerdict verdict = CheckSet(operations);
  EXPECT_EQ(verdict.outcome, kViolated);
  // What came before the insert at 8 does not matter.
  EXPECT_THAT(verdict.contradiction, ElementsAre(4, 5, 7, 9));
}

TEST(SetTest, TwoInsertsNeedARemoveBetweenThem) {
  Operations operations = {{0, 5, 7, kInsert}, {0, 5, 7, kInsert}};
  EXPECT_THAT(CheckSet(operations).contradiction, ElementsAre(0, 1));
  operations.push_back({5, kNever, 7, kRemove});
  EXPECT_EQ(CheckSet(operations).outcome, kHolds);
  operations[2].call = 6;
  EXPECT_EQ(CheckSet(operations).outcome, kViolated);
}

// It could have been taken out only later, and that is no contradiction.
TEST(SetTest, WhatIsStillOpenIsNotHeldAgainstAnElement) {
  const Operations operations = {{0, 1, 7, kInsert},
                                 {2, 3, 7, kNotFound},
                                 {3, 9, 7, kInsert},
                                 {4, 5, 7, kRemove}};
  EXPECT_EQ(CheckSet(operations).outcome, kViolated);
  EXPECT_THAT(CheckSet(operations).contradiction, ElementsAre(0, 1, 2));
}

TEST(SetTest, APendingChangeMayHaveHappenedOrNot) {
  Operations operations = {
      {0, kNever, 7, kInsert}, {2, 3, 7, kNotFound}, {4, 5, 7, kFound}};
  EXPECT_EQ(CheckSet(operations).outcome, kHolds);
  operations.push_back({6, 7, 7, kNotFound});
  EXPECT_THAT(CheckSet(operations).contradiction, ElementsAre(0, 2, 3));
  EXPECT_THAT(CheckSet(Operations{}).contradiction, IsEmpty());
}

}  // namespace
}  // namespace reprise::checker
