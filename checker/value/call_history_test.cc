#include "reprise/checker/value/call_history.h"

#include "gtest/gtest.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {
namespace {

TEST(CallHistoryTest, KeepsWhatClientsCalledAndSaw) {
  CallHistory history;
  const Call enqueue = {
      .function = "enqueue", .key = "jobs", .argument = EdnValue::Integer(7)};
  const OperationId put = history.Invoke(0, enqueue, /*line=*/3);
  const OperationId take = history.Invoke(1, {.function = "dequeue"});
  const OperationId lost = history.Invoke(2, {.function = "dequeue"});
  history.Return(put, EdnValue::Nil());
  history.Return(take, EdnValue::Integer(7));
  EXPECT_EQ(history.CallOf(put), enqueue);
  EXPECT_EQ(history[put].line, 3u);
  EXPECT_EQ(history.TextOf(put), "enqueue(\"jobs\", 7)");
  EXPECT_EQ(history.TextOf(take), "dequeue() = 7");
  EXPECT_EQ(history.TextOf(lost), "dequeue() = ?");
  EXPECT_EQ(history.OutputOf(lost), nullptr);
  // One value is kept once.
  EXPECT_EQ(history[put].argument, history[take].output);
  EXPECT_LT(history[put].ret, history[take].ret);
}

TEST(CallHistoryTest, TellsWhatFailedFromWhatIsUnknown) {
  CallHistory history;
  history.Fail(history.Invoke(0, {.function = "acquire"}));
  history.Invoke(1, {.function = "acquire"});
  EXPECT_EQ(history[0].ending, Ending::kFailed);
  EXPECT_EQ(history[1].ending, Ending::kUnknown);
}

TEST(CallHistoryDeathTest, AnswersOnce) {
  CallHistory history;
  const OperationId id = history.Invoke(0, {.function = "acquire"});
  history.Fail(id);
  EXPECT_DEATH(history.Return(id, EdnValue::Nil()), "open invocation");
}

}  // namespace
}  // namespace reprise::checker
