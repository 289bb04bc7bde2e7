#include "reprise/checker/report/shortened.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

TEST(ShortenedTest, LeavesShortTextAlone) {
  EXPECT_EQ(Shortened("abc", {.most = 3}), "abc");
  // Ten characters of three bytes.
  const std::string text = "日日日日日日日日日日";
  EXPECT_EQ(Shortened(text, {.most = 10}), text);
}

TEST(ShortenedTest, CutsTheMiddleAndSaysHowMuch) {
  const std::string text = "a" + std::string(1'998, 'x') + "z";
  EXPECT_EQ(Shortened(text, {.most = 8}), "axxx … 1,992 characters … xxxz");
}

TEST(ShortenedTest, ShowsTheDifference) {
  const std::string common(1'000, 'x');
  const std::string text = common + "ONE" + common;
  const std::string other = common + "two" + common;
  const std::vector<std::string> others = {text, other};
  const std::vector<size_t> places = Differences(text, others);
  EXPECT_THAT(places, ElementsAre(1'000));
  EXPECT_THAT(Shortened(text, {.most = 60}), Not(HasSubstr("ONE")));
  EXPECT_THAT(Shortened(text, {.most = 60, .places = places}),
              HasSubstr("ONE"));
}

TEST(ShortenedTest, CutsNoCharacterAndNoEscapeInTwo) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "\\x00日";
  for (size_t most = 4; most < 40; ++most) {
    const std::string shortened = Shortened(text, {.most = most});
    const size_t gap = shortened.find(" … ");
    const std::string head = shortened.substr(0, gap);
    EXPECT_TRUE(head.ends_with("\\x00") || head.ends_with("日")) << shortened;
  }
}

TEST(DifferencesTest, AreNoneAmongEqualTexts) {
  const std::vector<std::string> others = {"a", "a"};
  EXPECT_THAT(Differences("a", others), IsEmpty());
}

TEST(DifferencesTest, AreTheLastTwo) {
  const std::vector<std::string> others = {"x", "ax", "abx", "abcx"};
  EXPECT_THAT(Differences("abcd", others), ElementsAre(3, 2));
}

}  // namespace
}  // namespace reprise::checker
