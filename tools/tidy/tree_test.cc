// Holds the whole source tree to the tidy rules.

#include "tools/tidy/tree.h"

#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "tools/tidy/house.h"
#include "tools/tidy/tidy.h"

namespace reprise::tidy {
namespace {

Tree Project() {
  Tree tree = ReadTree(ProjectRoot());
  EXPECT_TRUE(tree.contains("tools/tidy/tidy.h")) << "not the tree";
  return tree;
}

TEST(TreeTest, FollowsTheRules) {
  const std::vector<std::string> findings = CheckTree(Project());
  EXPECT_TRUE(findings.empty()) << absl::StrJoin(findings, "\n");
}

TEST(TreeTest, HasNoFoldersThatIncludeOneAnother) {
  EXPECT_THAT(ReadHouse(Project()).Circles(), ::testing::IsEmpty());
}

TEST(TreeTest, HasTheCurrentPicture) {
  const Tree tree = Project();
  EXPECT_EQ(tree.at("docs/house.svg"), HousePicture(ReadHouse(tree)))
      << "draw it anew: bazel run //tools:house -- --svg > docs/house.svg";
}

}  // namespace
}  // namespace reprise::tidy
