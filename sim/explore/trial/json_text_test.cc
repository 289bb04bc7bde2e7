#include "reprise/sim/explore/trial/json_text.h"

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

std::string ErrorOf(std::string_view text) {
  return std::string(ParseJson(text).status().message());
}

TEST(JsonTextTest, ParsesJson) {
  const auto json = ParseJson(R"({"a": [{"b": 1}, {"b": 2}], "b": {"a": 3}})");
  ASSERT_TRUE(json.ok()) << json.status();
  EXPECT_EQ((*json)["a"][1]["b"], 2);
}

TEST(JsonTextTest, NamesTheLineThatIsNotJson) {
  EXPECT_EQ(ErrorOf("{\"a\": 1,\n\"b\": x}"), "not JSON from line 2 on");
  EXPECT_EQ(ErrorOf("{\"a\": 1,"), "not JSON, or cut short");
}

TEST(JsonTextTest, RefusesAKeyThatIsGivenTwice) {
  EXPECT_EQ(ErrorOf("{\"a\": 1, \"a\": 1}"), "\"a\" is given twice in line 1");
  EXPECT_EQ(ErrorOf("{\"a\": 1,\n \"b\": 0,\n \"a\": 2}"),
            "\"a\" is given twice, in line 1 and in line 3");
}

TEST(JsonTextTest, RefusesItInAnyObjectAndHoweverItIsWritten) {
  EXPECT_EQ(ErrorOf("{\"x\": [{\"a\": {}},\n {\"b\": 1, \"b\": 2}]}"),
            "\"b\" is given twice in line 2");
  EXPECT_EQ(ErrorOf("{\"a\": 1, \"\\u0061\": 2}"),
            "\"a\" is given twice in line 1");
}

TEST(JsonTextTest, QuotesTextOfAnyBytes) {
  EXPECT_EQ(QuoteForJson(""), "\"\"");
  EXPECT_EQ(QuoteForJson("a\"\\\n\u00e9"), "\"a\\\"\\\\\\n\u00e9\"");
  EXPECT_EQ(QuoteForJson("add\xff"), R"("add\udbff\udfff")");
  // The character that stands for a byte is itself given byte by byte.
  EXPECT_EQ(QuoteForJson("\xf4\x8f\xbf\xbf"),
            R"("\udbff\udff4\udbff\udf8f\udbff\udfbf\udbff\udfbf")");
}

TEST(JsonTextTest, ReadsTextOfAnyBytesBack) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  for (const std::string& text :
       {all, std::string("\xe2\x82"), std::string("\xf4\x8f\xbc\x80x"),
        std::string("\u00e9\xc3 \xe2\x80\xae"), std::string()}) {
    const auto json = ParseJson(QuoteForJson(text));
    ASSERT_TRUE(json.ok()) << json.status();
    EXPECT_EQ(TextOf(json->get_ref<const std::string&>()), text);
  }
}

}  // namespace
}  // namespace reprise
