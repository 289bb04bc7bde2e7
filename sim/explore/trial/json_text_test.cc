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

}  // namespace
}  // namespace reprise
