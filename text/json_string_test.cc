#include "reprise/text/json_string.h"

#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace reprise {
namespace {

std::string Json(std::string_view text) {
  std::string json;
  AppendJsonString(text, json);
  return json;
}

TEST(JsonStringTest, IsTheTextInQuotes) {
  EXPECT_EQ(Json(""), R"("")");
  EXPECT_EQ(Json("a <b> c~"), R"("a <b> c~")");
}

TEST(JsonStringTest, EscapesWhatJsonOrATerminalWouldTakeForMore) {
  EXPECT_EQ(Json("\"\\"), R"("\u0022\u005c")");
  EXPECT_EQ(Json(std::string_view("\0\n\x1b\x7f", 4)),
            R"("\u0000\u000a\u001b\u007f")");
}

TEST(JsonStringTest, WritesOtherCharactersAsUtf16) {
  EXPECT_EQ(Json("\xc3\xa9"), R"("\u00e9")");
  EXPECT_EQ(Json("\xef\xbf\xbf"), R"("\uffff")");
  EXPECT_EQ(Json("\xf0\x90\x80\x80"), R"("\ud800\udc00")");
  EXPECT_EQ(Json("\xf4\x8f\xbf\xbf"), R"("\udbff\udfff")");
}

TEST(JsonStringTest, ReplacesBytesThatAreNoText) {
  EXPECT_EQ(Json("a\xff\xc3"), R"("a\ufffd\ufffd")");
  EXPECT_EQ(Json("\xed\xa0\x80"), R"("\ufffd\ufffd\ufffd")");
}

}  // namespace
}  // namespace reprise
