#include "reprise/checker/report/json_text.h"

#include <string>

#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

std::string Json(std::string_view text) {
  std::string json;
  AppendJsonText(text, json);
  return json;
}

TEST(JsonTextTest, EscapesWhatCouldEndAStringOrAScript) {
  EXPECT_EQ(Json("a\"b"), "\"a\\u0022b\"");
  EXPECT_EQ(Json("</script>"), "\"\\u003c/script>\"");
  EXPECT_EQ(Json("\xc3\xa9"), "\"\xc3\xa9\"");
}

TEST(JsonTextTest, ShowsWhatWouldDeceive) {
  EXPECT_EQ(Json("a\n\x1b"), "\"a\\u005cn\\u005cx1b\"");
  EXPECT_EQ(Json("\xff"), "\"\\u005cxff\"");
  EXPECT_EQ(Json("\u202e"), "\"\\u005cxe2\\u005cx80\\u005cxae\"");
}

}  // namespace
}  // namespace reprise::checker
