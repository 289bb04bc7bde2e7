#include "reprise/checker/report/call_page.h"

#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/model_verdict.h"
#include "reprise/checker/model/named.h"
#include "reprise/checker/models/queue.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

void Enqueue(CallRecording& recorded, const char* value) {
  const Call call = {
      .function = "enqueue", .key = "q", .argument = EdnValue::String(value)};
  recorded.history.Return(recorded.history.Invoke(0, call, 7), EdnValue::Nil());
}

void Dequeue(CallRecording& recorded, const char* value) {
  const Call call = {.function = "dequeue", .key = "q"};
  recorded.history.Return(recorded.history.Invoke(1, call, 9),
                          EdnValue::String(value));
}

ModelVerdict Judge(const CallRecording& recorded) {
  return *Named<QueueModel>("queue", "").check(recorded.history, Budget());
}

TEST(CallPageTest, ShowsAContradictionInTheWordsOfTheRecording) {
  CallRecording recorded;
  Enqueue(recorded, "a");
  Enqueue(recorded, "b");
  Dequeue(recorded, "b");
  const ModelVerdict found = Judge(recorded);
  const std::string page =
      CallPage({.title = "t", .recorded = recorded, .found = found});
  EXPECT_THAT(page, HasSubstr("class=\"badge violated\""));
  EXPECT_THAT(page, HasSubstr("no order explains "));
  EXPECT_THAT(page, HasSubstr("enqueue <bdi dir=\"ltr\">&quot;a&quot;</bdi>"));
  EXPECT_THAT(page, Not(HasSubstr("smaller contradiction")));
}

TEST(CallPageTest, ShowsTheOrderOfWhatHolds) {
  CallRecording recorded;
  Enqueue(recorded, "a");
  Dequeue(recorded, "a");
  ModelVerdict found = Judge(recorded);
  found.order = {0, 1};
  EXPECT_THAT(CallPage({.title = "t", .recorded = recorded, .found = found}),
              AllOf(HasSubstr("class=\"badge holds\""),
                    HasSubstr("\"order\":[0,\n1]")));
}

TEST(CallPageTest, TellsAnswersApart) {
  CallRecording recorded;
  const Call call = {.function = "dequeue", .key = "q"};
  recorded.history.Fail(recorded.history.Invoke(0, call));
  recorded.history.Invoke(1, call);
  const std::string page =
      CallPage({.title = "t", .recorded = recorded, .found = Judge(recorded)});
  EXPECT_THAT(page, HasSubstr("[0,0,0,0,2,0,1,\"dequeue\""));
  EXPECT_THAT(page, HasSubstr("[1,1,0,0,0,2,null,\"dequeue\""));
}

TEST(CallPageTest, SaysThatASmallerContradictionMayExist) {
  CallRecording recorded;
  Enqueue(recorded, "a");
  Dequeue(recorded, "b");
  ModelVerdict found = Judge(recorded);
  found.explanation.is_minimal = false;
  EXPECT_THAT(CallPage({.title = "t", .recorded = recorded, .found = found}),
              HasSubstr("A smaller contradiction may exist"));
}

TEST(CallPageTest, ShowsLinesAndTimes) {
  CallRecording recorded;
  Enqueue(recorded, "a");
  Dequeue(recorded, "b");
  recorded.times = {{10, 20}, {30, 40}};
  const ModelVerdict found = Judge(recorded);
  EXPECT_THAT(CallPage({.title = "t",
                        .recorded = recorded,
                        .found = found,
                        .time_unit = "ms"}),
              HasSubstr("<td>+20 ms</td><td>+30 ms</td><td>9</td>"));
}

}  // namespace
}  // namespace reprise::checker
