#include "reprise/checker/report/key_value_page.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/explain.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"

namespace reprise::checker {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

std::string Page(const RecordedHistory& recorded, bool is_register = false) {
  const Verdict verdict = CheckKeyValue(recorded.history, Budget());
  Explanation why;
  const bool is_violated = verdict.outcome == Outcome::kViolated;
  if (is_violated) why = Explain(recorded.history, verdict, Budget());
  return KeyValuePage({.title = "t",
                       .recorded = recorded,
                       .verdict = verdict,
                       .explanation = is_violated ? &why : nullptr,
                       .is_register = is_register});
}

// A read of "" after a write of "a\"", and a compare-and-set that failed.
RecordedHistory Stale() {
  RecordedHistory recorded;
  History& history = recorded.history;
  history.ReturnUnobserved(history.Invoke(0, OperationKind::kPut, "k", "a\""));
  history.ReturnFailed(history.InvokeCas(2, "k", "b", "c"));
  history.Return(history.Invoke(1, OperationKind::kGet, "k", ""), "");
  return recorded;
}

TEST(KeyValuePageTest, SpeaksOfAStore) {
  const std::string page = Page(Stale());
  EXPECT_THAT(page, HasSubstr("class=\"badge violated\""));
  EXPECT_THAT(page, HasSubstr("\"put \\u0022a\\u005c\\u0022\\u0022\""));
  EXPECT_THAT(page, HasSubstr("\"get\",\"\\u0022\\u0022\""));
  EXPECT_THAT(page, HasSubstr("\"cas \\u0022b\\u0022 ⇒ \\u0022c\\u0022\""));
  EXPECT_THAT(page, HasSubstr("\"firstIllegal\":2"));
}

TEST(KeyValuePageTest, SpeaksOfARegister) {
  const std::string page = Page(Stale(), /*is_register=*/true);
  EXPECT_THAT(
      page, AllOf(HasSubstr("\"read\",\"nil\""), HasSubstr("\"write \\u0022a"),
                  Not(HasSubstr("\"get\""))));
}

TEST(KeyValuePageTest, ShowsTheOrderOfWhatHolds) {
  RecordedHistory recorded;
  recorded.history.ReturnUnobserved(
      recorded.history.Invoke(0, OperationKind::kPut, "k", "a"));
  const std::string page = Page(recorded);
  EXPECT_THAT(page, AllOf(HasSubstr("class=\"badge holds\""),
                          HasSubstr("\"order\":[0]"),
                          HasSubstr("\"firstIllegal\":null"),
                          Not(HasSubstr("id=\"conflict-list\""))));
}

TEST(KeyValuePageTest, NamesTheKeyThatWasNotDecided) {
  RecordedHistory recorded;
  for (const char* key : {"a", "b"}) {
    recorded.history.ReturnUnobserved(
        recorded.history.Invoke(0, OperationKind::kPut, key, "v"));
  }
  Verdict verdict;
  verdict.outcome = Outcome::kUndecided;
  verdict.exhaustion.key = "b";
  verdict.exhaustion.sentence = "it took too long";
  const std::string page =
      KeyValuePage({.title = "t", .recorded = recorded, .verdict = verdict});
  EXPECT_THAT(page, AllOf(HasSubstr("it took too long"),
                          HasSubstr("\"undecidedKey\":0"),
                          HasSubstr("\"keys\":[\"b\",\n\"a\"]")));
}

}  // namespace
}  // namespace reprise::checker
