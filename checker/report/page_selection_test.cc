#include "reprise/checker/report/page_selection.h"

#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/report/page_source_testing.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;

TestSource TwoKeys() {
  TestSource source;
  for (int i = 0; i < 2'000; ++i) {
    source.Add({}, {"put", "put"}, i % 2 == 0 ? "a" : "b");
  }
  return source;
}

TEST(PageSelectionTest, KeepsTheContradictionAndWhatIsAroundIt) {
  const PageSelection part = SelectForPage(
      TwoKeys(), {.focus = 0, .centre = 60, .must = {2, 60}, .most = 6});
  EXPECT_THAT(part.ids, ElementsAre(2, 56, 58, 60, 62));
  EXPECT_EQ(part.left_out,
            "This page shows 5 of 2,000 operations: a part of the 1,000 on key "
            "\"a\", and 0 of 1 other key. The verdict is about all "
            "operations.");
}

TEST(PageSelectionTest, KeepsAKeyThatFits) {
  const PageSelection part = SelectForPage(
      TwoKeys(), {.focus = 1, .centre = 61, .must = {61}, .most = 1'200});
  EXPECT_EQ(part.ids.size(), 1'000u);
  EXPECT_EQ(part.ids[0], 1u);
}

TEST(PageSelectionTest, KeepsAllIfAllFit) {
  const PageSelection part = SelectForPage(TwoKeys(), {.most = 2'000});
  EXPECT_EQ(part.ids.size(), 2'000u);
  EXPECT_EQ(part.left_out, "");
}

TEST(PageSelectionTest, SpeaksOfKeysOnlyWhereThereAreSome) {
  TestSource source;
  for (int i = 0; i < 10; ++i) source.Add({}, {"push", "push"});
  EXPECT_EQ(SelectForPage(source, {.most = 5}).left_out,
            "This page shows 5 of 10 operations. The verdict is about all "
            "operations.");
}

}  // namespace
}  // namespace reprise::checker
