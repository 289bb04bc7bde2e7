#include "reprise/checker/containers/supply.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/containers/container.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;
using enum ContainerKind;
using enum ContainerOutcome;
using Operations = std::vector<ContainerOperation>;

TEST(SupplyTest, WhatNobodyPutInIsNamedAlone) {
  const Operations operations = {{0, 1, 7, kInsert},
                                 {2, 3, 7, kInsert},
                                 {4, kNever, 9, kInsert},
                                 {5, 6, 8, kRemove},
                                 {7, 8, 7, kRemove}};
  EXPECT_EQ(CheckSupply(operations).outcome, kViolated);
  EXPECT_THAT(CheckSupply(operations).contradiction, ElementsAre(3));
}

TEST(SupplyTest, WhatIsTakenOnceMoreIsNamedWithAllThatWasPutIn) {
  const Operations operations = {{0, 1, 7, kInsert},  {2, kNever, 7, kInsert},
                                 {3, 4, 5, kInsert},  {5, 6, 7, kRemove},
                                 {7, 8, 7, kRemove},  {9, 10, 7, kRemove},
                                 {11, 12, 7, kInsert}};
  EXPECT_THAT(CheckSupply(operations).contradiction,
              ElementsAre(0, 1, 3, 4, 5));
}

TEST(SupplyTest, ACallCountsFromItsInstantOn) {
  Operations operations = {{0, 3, 7, kRemove}, {3, 4, 7, kInsert}};
  EXPECT_EQ(CheckSupply(operations).outcome, kUnsuitable);
  operations[0].ret = 2;
  EXPECT_THAT(CheckSupply(operations).contradiction, ElementsAre(0));
}

TEST(SupplyTest, TheFirstLackIsNamed) {
  const Operations operations = {
      {0, 9, 5, kRemove}, {1, 4, 6, kRemove}, {2, 8, 7, kRemove}};
  EXPECT_THAT(CheckSupply(operations).contradiction, ElementsAre(1));
}

TEST(SupplyTest, WhatIsSeenStays) {
  Operations operations = {{0, 1, 7, kInsert}, {2, 3, 7, kFound},
                           {4, 5, 7, kFound},  {6, 7, 7, kRemove},
                           {8, 9, 7, kFound},  {10, 11, 7, kRemove}};
  EXPECT_THAT(CheckSupply(operations).contradiction, ElementsAre(0, 3, 5));
  operations.pop_back();
  EXPECT_EQ(CheckSupply(operations).outcome, kUnsuitable);
  operations[1].value = 8;
  EXPECT_THAT(CheckSupply(operations).contradiction, ElementsAre(1));
}

TEST(SupplyTest, WhatSaysNothingNeedsNothing) {
  EXPECT_EQ(CheckSupply(Operations{}).outcome, kUnsuitable);
  EXPECT_EQ(CheckSupply(Operations{{0, kNever, 7, kRemove}, {1, 2, 0, kEmpty}})
                .outcome,
            kUnsuitable);
}

}  // namespace
}  // namespace reprise::checker
