#include "reprise/checker/report/model_page.h"

#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/testing/queue_model.h"

namespace reprise::checker {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

void Push(ModelHistory<QueueModel>& history, const std::string& value) {
  history.Return(history.Invoke(0, {.key = "q", .push = value}), {});
}

void Pop(ModelHistory<QueueModel>& history, const std::string& value) {
  history.Return(history.Invoke(1, {.key = "q"}), value);
}

std::string Page(const ModelHistory<QueueModel>& history) {
  const ModelVerdict verdict = CheckModel(history, Budget());
  return ModelPage<QueueModel>(
      {.title = "t", .history = history, .verdict = verdict});
}

TEST(ModelPageTest, ShowsAContradictionInTheWordsOfTheModel) {
  ModelHistory<QueueModel> history;
  Push(history, "a");
  Push(history, "b");
  Pop(history, "b");
  const std::string page = Page(history);
  EXPECT_THAT(page, HasSubstr("class=\"badge violated\""));
  EXPECT_THAT(page,
              HasSubstr("<bdi dir=\"ltr\">&quot;q&quot;</bdi>: no order of the "
                        "operations explains <bdi dir=\"ltr\">&quot;Pop(q) = "
                        "b&quot;</bdi>, which client 1 saw"));
  EXPECT_THAT(page, HasSubstr("<code>Push(q, a)</code>"));
  EXPECT_THAT(page, HasSubstr("<code>Pop(q) = b</code> <em>"));
  EXPECT_THAT(page, HasSubstr("\"functions\":[[\"Push\",1],\n[\"Pop\",4]]"));
}

TEST(ModelPageTest, ShowsTheOrderOfWhatHolds) {
  ModelHistory<QueueModel> history;
  Push(history, "a");
  Pop(history, "a");
  const std::string page = Page(history);
  EXPECT_THAT(page, AllOf(HasSubstr("class=\"badge holds\""),
                          HasSubstr("\"order\":[0,\n1]")));
}

TEST(ModelPageTest, TellsAnswersApart) {
  ModelHistory<QueueModel> history;
  history.Fail(history.Invoke(0, {.key = "q", .push = "a"}));
  history.Invoke(1, {.key = "q"});
  const std::string page = Page(history);
  EXPECT_THAT(page, HasSubstr("[0,0,0,0,2,0,1,\"Push(q, a)\""));
  EXPECT_THAT(page, HasSubstr("[1,1,0,1,0,2,null,\"Pop(q) = ?\""));
}

TEST(ModelPageTest, SaysThatASmallerContradictionMayExist) {
  ModelHistory<QueueModel> history;
  Push(history, "a");
  Pop(history, "b");
  ModelVerdict verdict = CheckModel(history, Budget());
  ASSERT_EQ(verdict.outcome, Outcome::kViolated);
  const auto page = [&] {
    return ModelPage<QueueModel>(
        {.title = "t", .history = history, .verdict = verdict});
  };
  EXPECT_THAT(page(), Not(HasSubstr("smaller contradiction")));
  verdict.is_minimal = false;
  EXPECT_THAT(page(), HasSubstr("A smaller contradiction may exist"));
}

TEST(ModelPageTest, NamesThePartThatWasNotDecided) {
  ModelHistory<QueueModel> history;
  Push(history, "a");
  history.Return(history.Invoke(0, {.key = "other", .push = "x"}), {});
  ModelVerdict verdict;
  verdict.outcome = Outcome::kUndecided;
  verdict.partition = "other";
  verdict.states = 4'000'000;
  const std::string page = ModelPage<QueueModel>(
      {.title = "t", .history = history, .verdict = verdict});
  EXPECT_THAT(page, AllOf(HasSubstr("the budget ran out after 4,000,000 "
                                    "states"),
                          HasSubstr("\"keys\":[\"other\",\n\"q\"]")));
}

TEST(ModelPageTest, ShowsLinesAndTimes) {
  ModelHistory<QueueModel> history;
  Push(history, "a");
  Pop(history, "b");
  const ModelVerdict verdict = CheckModel(history, Budget());
  const std::vector<uint32_t> lines = {7, 9};
  const std::vector<Times> times = {{10, 20}, {30, 40}};
  const std::string page = ModelPage<QueueModel>({.title = "t",
                                                  .history = history,
                                                  .verdict = verdict,
                                                  .lines = lines,
                                                  .times = times,
                                                  .time_unit = "ms"});
  EXPECT_THAT(page, HasSubstr("<td>+20 ms</td><td>+30 ms</td><td>9</td>"));
}

}  // namespace
}  // namespace reprise::checker
