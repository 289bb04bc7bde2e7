#include "reprise/text/text_view.h"

#include <string>
#include <string_view>

#include "absl/strings/string_view.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

std::string CopyOf(TextView text) { return std::string(text); }

TEST(TextViewTest, TakesTextOfEveryKind) {
  const std::string_view view = "abc";
  EXPECT_EQ(CopyOf("abc"), "abc");
  EXPECT_EQ(CopyOf(std::string("abc")), "abc");
  EXPECT_EQ(CopyOf(view), "abc");
  EXPECT_EQ(CopyOf(absl::string_view("abc")), "abc");
  EXPECT_EQ(CopyOf(view.data()), "abc");
}

TEST(TextViewTest, IsAStandardView) {
  const TextView text = std::string_view("a\0b", 3);
  EXPECT_EQ(text.size(), 3u);
  EXPECT_EQ(text, std::string_view("a\0b", 3));
  EXPECT_EQ(std::string("x") < text, false);
  EXPECT_TRUE(TextView().empty());
}

}  // namespace
}  // namespace reprise
