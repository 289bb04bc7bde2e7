#include "reprise/checker/report/page.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/report/json_text.h"
#include "reprise/checker/report/page_selection.h"

namespace reprise::checker {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

void Put(History& history, const std::string& key, const std::string& value) {
  history.ReturnUnobserved(history.Invoke(0, OperationKind::kPut, key, value));
}

std::string Page(const RecordedHistory& recorded, size_t most = 10'000) {
  const Verdict verdict = CheckKeyValue(recorded.history, Budget());
  Explanation why;
  const bool is_violated = verdict.outcome == Outcome::kViolated;
  if (is_violated) why = Explain(recorded.history, verdict, Budget());
  return HtmlPage({.title = "a <title>",
                   .recorded = recorded,
                   .verdict = verdict,
                   .explanation = is_violated ? &why : nullptr,
                   .operations_max = most});
}

TEST(PageTest, HoldsTheHistoryAndNothingFromElsewhere) {
  RecordedHistory recorded;
  Put(recorded.history, "k", "</script><script>");
  const std::string page = Page(recorded);
  EXPECT_THAT(page, HasSubstr("\"title\":\"a \\u003ctitle>\""));
  EXPECT_THAT(page, HasSubstr("\"verdict\":\"holds\""));
  EXPECT_THAT(page, HasSubstr("[0,0,0,1,2,0,1,\"\\u003c/script>"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, Not(HasSubstr("http:")));
  EXPECT_THAT(page, Not(HasSubstr("https:")));
  EXPECT_THAT(page, Not(HasSubstr("@DATA@")));
}

TEST(PageTest, CutsLongValues) {
  RecordedHistory recorded;
  Put(recorded.history, "k", std::string(100'000, 'x'));
  const std::string page = Page(recorded);
  EXPECT_LT(page.size(), 60'000u);
  EXPECT_THAT(page, HasSubstr("x (100000 bytes)\""));
}

TEST(PageTest, CutsLongValuesBetweenCharacters) {
  RecordedHistory recorded;
  std::string value = "x";
  for (int i = 0; i < 1'000; ++i) value += "\u65e5";
  Put(recorded.history, "k", value);
  const std::string page = Page(recorded);
  EXPECT_THAT(page, HasSubstr("\u65e5 (3001 bytes)\""));
  EXPECT_THAT(page, Not(HasSubstr("\\\\x")));
}

TEST(PageTest, SaysWhatItLeavesOut) {
  RecordedHistory recorded;
  for (int i = 0; i < 50; ++i) Put(recorded.history, "k", "v");
  EXPECT_THAT(Page(recorded, 50), HasSubstr("\"leftOut\":\"\""));
  EXPECT_THAT(Page(recorded, 49), HasSubstr("This page shows 49 of 50"));
}

TEST(PageSelectionTest, KeepsTheContradictionAndWhatIsAroundIt) {
  History history;
  for (int i = 0; i < 100; ++i) Put(history, i % 2 == 0 ? "a" : "b", "v");
  const std::vector<OperationId> must = {2, 60};
  const PageSelection part = SelectForPage(history, 0, 60, must, 6);
  EXPECT_THAT(part.ids, ElementsAre(2, 56, 58, 60, 62));
  const PageSelection key = SelectForPage(history, 0, 60, must, 60);
  EXPECT_EQ(key.ids.size(), 50u);
  EXPECT_THAT(key.left_out, HasSubstr("50 of 100 operations: all 50 on key "
                                      "\"a\", and 0 of the other keys, of "
                                      "which there are 1"));
  EXPECT_EQ(SelectForPage(history, 0, 60, must, 100).left_out, "");
}

TEST(JsonTextTest, EscapesWhatCouldEndAScriptAndShowsBadBytes) {
  std::string json;
  AppendJsonText("a\"\\\n</\xc3\xa9\xff\u202e", json);
  EXPECT_EQ(
      json,
      "\"a\\u0022\\u005c\\u000a\\u003c/\xc3\xa9\\\\xff\\\\xe2\\\\x80\\\\xae\"");
}

}  // namespace
}  // namespace reprise::checker
