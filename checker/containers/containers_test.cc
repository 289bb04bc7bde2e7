// Each check of a container against trying every order, and against itself.

#include <cstdint>
#include <cstdio>
#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/containers/priority_queue.h"
#include "reprise/checker/containers/queue.h"
#include "reprise/checker/containers/set.h"
#include "reprise/checker/containers/stack.h"
#include "reprise/checker/testing/container_agreement.h"
#include "reprise/checker/testing/container_simulation.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

struct Container {
  std::string name;
  ContainerType type;
  ContainerCheck check;
  size_t largest_contradiction;  // of what was planted
};

const Container kContainers[] = {
    {"Queue", ContainerType::kQueue, CheckQueue, 4},
    {"Stack", ContainerType::kStack, CheckStack, 4},
    {"PriorityQueue", ContainerType::kPriorityQueue, CheckPriorityQueue, 4},
    {"Set", ContainerType::kSet, CheckSet, 40},
};

class ContainersTest : public testing::TestWithParam<Container> {};

INSTANTIATE_TEST_SUITE_P(All, ContainersTest, testing::ValuesIn(kContainers),
                         [](const auto& each) { return each.param.name; });

TEST_P(ContainersTest, TheVerdictIsThatOfTryingEveryOrder) {
  const uint64_t count = HistoryCount(200'000);
  const ContainerAgreement found =
      CompareWithOracle(GetParam().type, GetParam().check, count);
  std::printf("%s\n", found.Summary().c_str());
  EXPECT_EQ(found.problem, "");
  EXPECT_GT(found.violated, count * 30 / 100);
  EXPECT_LT(found.violated, count / 2);
  EXPECT_LT(found.unsuitable, count / 50);
}

// The comparison above can fail: it notices the check of another container.
TEST_P(ContainersTest, TheCheckOfAnotherContainerIsNoticed) {
  for (const Container& other : kContainers) {
    if (other.type == GetParam().type) continue;
    const ContainerAgreement found =
        CompareWithOracle(GetParam().type, other.check, 1000);
    EXPECT_NE(found.problem, "") << "by the check of a " << other.name;
  }
}

TEST_P(ContainersTest, ChangesThatMakeNothingWrongKeepTheVerdict) {
  const ContainerAgreement found =
      CompareWithItself(GetParam().type, GetParam().check, 5000);
  std::printf("%s\n", found.Summary().c_str());
  EXPECT_EQ(found.problem, "");
  EXPECT_EQ(found.unsuitable, 0u);
  EXPECT_GT(found.violated, 250u);
}

TEST_P(ContainersTest, FindsWhatWasPlantedInLargeHistories) {
  const ContainerAgreement found =
      JudgeLargeHistories(GetParam().type, GetParam().check, 40);
  std::printf("%s\n", found.Summary().c_str());
  EXPECT_EQ(found.problem, "");
  EXPECT_EQ(found.violated, 40u);
  EXPECT_LE(found.largest_contradiction, GetParam().largest_contradiction);
}

}  // namespace
}  // namespace reprise::checker
