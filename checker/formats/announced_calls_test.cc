#include "reprise/checker/formats/announced_calls.h"

#include <string>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

using testing::HasSubstr;

TEST(AnnouncedCallsTest, TellTheLineOfTheCall) {
  AnnouncedCalls announced;
  ASSERT_TRUE(announced.Announce({.client = 3, .call = 10}, "a", 7).ok());
  ASSERT_TRUE(announced.Announce({.client = 4, .call = 11}, "b", 8).ok());
  EXPECT_EQ(announced.Answer({.client = 5, .call = 10}, 9).value(), 0u);
  EXPECT_EQ(announced.Answer({.client = 3, .call = 10}, 9).value(), 7u);
  EXPECT_EQ(announced.Answer({.client = 3, .call = 10}, 9).value(), 0u);
  ASSERT_EQ(announced.Rest().size(), 1u);
  EXPECT_EQ(announced.Rest()[0].text, "b");
}

TEST(AnnouncedCallsTest, RefuseTwoCallsOfAClient) {
  AnnouncedCalls announced;
  ASSERT_TRUE(announced.Announce({.client = 3, .call = 10}, "a", 7).ok());
  EXPECT_THAT(
      std::string(
          announced.Announce({.client = 3, .call = 20}, "b", 8).message()),
      HasSubstr("8: found a call of client 3 at 20 while its call of line 7"));
}

TEST(AnnouncedCallsTest, RefuseTheAnswerOfAnother) {
  AnnouncedCalls announced;
  ASSERT_TRUE(
      announced.Announce({.client = 3, .call = 10, .what = "a"}, "a", 7).ok());
  for (const AnnouncedCall& other :
       {AnnouncedCall{.client = 3, .call = 11, .what = "a"},
        AnnouncedCall{.client = 3, .call = 10, .what = "b"},
        AnnouncedCall{.client = 3, .call = 10, .id = 1, .what = "a"}}) {
    const absl::StatusOr<uint32_t> line = announced.Answer(other, 8);
    EXPECT_THAT(std::string(line.status().message()),
                HasSubstr("8: found another operation of client 3"));
  }
}

}  // namespace
}  // namespace reprise::checker
