#include "reprise/checker/report/function_colours.h"

#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Lt;

TEST(FunctionColoursTest, KnowTheUsualFunctionsUnderAllTheirNames) {
  EXPECT_THAT(FunctionColours({"get", "put", "append", "cas", "pop"}),
              ElementsAre(0, 1, 2, 3, 4));
  EXPECT_THAT(FunctionColours({"Read", "write", "Dequeue"}),
              ElementsAre(0, 1, 4));
}

TEST(FunctionColoursTest, DifferWhileThereAreEnough) {
  const std::vector<size_t> colours =
      FunctionColours({"get", "a", "b", "c", "d", "e", "f", "g"});
  EXPECT_EQ(std::set<size_t>(colours.begin(), colours.end()).size(), 8u);
  EXPECT_THAT(colours, Each(Lt(kFunctionColours)));
}

TEST(FunctionColoursTest, DoNotDependOnTheOrderOfNames) {
  const std::vector<size_t> one = FunctionColours({"audit", "bid", "renew"});
  const std::vector<size_t> other = FunctionColours({"renew", "audit", "bid"});
  EXPECT_THAT(other, ElementsAre(one[2], one[0], one[1]));
}

TEST(FunctionColoursTest, AreSharedWhereThereAreTooFew) {
  std::vector<std::string> many;
  for (char c = 'a'; c <= 'z'; ++c) many.emplace_back(1, c);
  EXPECT_THAT(FunctionColours(many), Each(Lt(kFunctionColours)));
}

}  // namespace
}  // namespace reprise::checker
