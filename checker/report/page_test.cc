#include "reprise/checker/report/page.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/report/page_source.h"
#include "reprise/checker/report/page_source_testing.h"

namespace reprise::checker {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

const char kOverride[] = "\u202e";
const char kInvisible[] = "\u200b";

TEST(PageTest, HoldsTheHistoryAndNothingFromElsewhere) {
  TestSource source;
  source.Add({}, {"put", "put \"</script><script>\""}, "k");
  const std::string page = HtmlPage({.title = "a <title>", .history = source});
  EXPECT_THAT(page, HasSubstr("a &lt;title>"));
  EXPECT_THAT(page, HasSubstr("[0,0,0,0,1,0,1,\"put \\u0022\\u003c/script>"));
  EXPECT_THAT(page, HasSubstr("default-src 'none'"));
  EXPECT_THAT(page, AllOf(Not(HasSubstr("http:")), Not(HasSubstr("https:"))));
}

TEST(PageTest, TakesNoTextForAPlaceOfItsOwn) {
  TestSource source;
  source.Add({}, {"put", "put @SCRIPT@"}, "@DATA@");
  const std::string page =
      HtmlPage({.title = "@SUMMARY@ @DATA@", .history = source});
  EXPECT_THAT(page, HasSubstr("@SUMMARY@ @DATA@"));
  EXPECT_THAT(page, HasSubstr("\"put @SCRIPT@\""));
  EXPECT_THAT(page, HasSubstr("<script type=\"application/json\" "
                              "id=\"data\">{\"verdict\""));
}

TEST(PageTest, LetsNoCharacterDeceive) {
  TestSource source;
  const std::string evil = std::string(kOverride) + kInvisible + "\x1b\xff";
  source.Add({}, {evil, evil, evil}, evil);
  PageInput input = {.title = evil, .history = source};
  input.outcome = Outcome::kViolated;
  input.sentence = evil;
  input.contradiction = {{.id = 0}};
  input.time_unit = evil;
  const std::string page = HtmlPage(input);
  EXPECT_THAT(page, AllOf(Not(HasSubstr(kOverride)), Not(HasSubstr(kInvisible)),
                          Not(HasSubstr("\x1b")), Not(HasSubstr("\xff"))));
}

TEST(PageTest, ListsTheContradictionWithoutAScript) {
  TestSource source;
  source.Add({.client = 4, .line = 1'234}, {"put", "put \"new\""}, "k");
  source.Add({.client = 7, .line = 1'235}, {"get", "get", "\"old\""}, "k");
  PageInput input = {.title = "t", .history = source};
  input.outcome = Outcome::kViolated;
  input.contradiction = {{.id = 0, .answer_counts = false}, {.id = 1}};
  input.first_illegal = 1;
  const std::string page = HtmlPage(input);
  const std::string summary = page.substr(0, page.find("<main>"));
  EXPECT_THAT(summary,
              HasSubstr("put <bdi dir=\"ltr\">&quot;new&quot;</bdi></code> "
                        "<small>whatever came of it</small>"));
  EXPECT_THAT(summary,
              HasSubstr("get → <bdi dir=\"ltr\">&quot;old&quot;</bdi></code> "
                        "<em>no order explains this answer</em>"));
  EXPECT_THAT(summary, AllOf(HasSubstr("<td>7</td>"), HasSubstr("1,235")));
}

TEST(PageTest, ShowsWhereLongValuesDiffer) {
  TestSource source;
  const std::string common(100'000, 'x');
  source.Add({}, {"put", "put \"" + common + "NEW" + common + "\""});
  source.Add({}, {"get", "get", "\"" + common + "OLD" + common + "\""});
  PageInput input = {.title = "t", .history = source};
  input.contradiction = {{.id = 0}, {.id = 1}};
  const std::string page = HtmlPage(input);
  EXPECT_LT(page.size(), 80'000u);
  EXPECT_THAT(page, AllOf(HasSubstr("xxxNEWxxx"), HasSubstr("xxxOLDxxx")));
}

TEST(PageTest, CutsLongValues) {
  TestSource source;
  source.Add({}, {"put", std::string(100'000, 'x')});
  const std::string page = HtmlPage({.title = "t", .history = source});
  EXPECT_LT(page.size(), 80'000u);
  EXPECT_THAT(page, HasSubstr("x … 99,600 characters … x"));
}

TEST(PageTest, SaysWhatItLeavesOut) {
  TestSource source;
  for (int i = 0; i < 50; ++i) source.Add({}, {"put", "put"});
  PageInput input = {.title = "t", .history = source};
  EXPECT_THAT(HtmlPage(input), Not(HasSubstr("This page shows")));
  input.operations_max = 49;
  EXPECT_THAT(HtmlPage(input), HasSubstr("This page shows 49 of 50"));
}

TEST(PageTest, SaysWhetherTheContradictionIsMinimal) {
  TestSource source;
  source.Add({}, {"get", "get"});
  PageInput input = {.title = "t", .history = source};
  input.contradiction = {{.id = 0}};
  EXPECT_THAT(HtmlPage(input), Not(HasSubstr("smaller contradiction")));
  input.is_minimal = false;
  EXPECT_THAT(HtmlPage(input),
              HasSubstr("A smaller contradiction may exist: the budget ran "
                        "out"));
}

TEST(PageTest, GivesTimesTheirUnit) {
  TestSource source;
  source.Add({.times = Times{5'000, 6'000}}, {"put", "put"});
  source.Add({.answer = PageAnswer::kUnknown,
              .call = 2,
              .times = Times{.call = 12'345}},
             {"get", "get"});
  PageInput input = {.title = "t", .history = source};
  input.contradiction = {{.id = 0}, {.id = 1}};
  input.time_unit = "ns";
  const std::string page = HtmlPage(input);
  EXPECT_THAT(page, HasSubstr("<td>+0 ns</td><td>+1,000 ns</td>"));
  EXPECT_THAT(page, HasSubstr("<td>+7,345 ns</td><td>never</td>"));
  EXPECT_THAT(page, HasSubstr("\"unit\":\"ns\""));
}

TEST(PageTest, CountsWithSeparators) {
  TestSource source;
  for (int i = 0; i < 1'500; ++i) source.Add({.client = i}, {"put", "put"});
  EXPECT_THAT(HtmlPage({.title = "t", .history = source}),
              HasSubstr("1,500 operations · 1,500 clients<"));
}

}  // namespace
}  // namespace reprise::checker
