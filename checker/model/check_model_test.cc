#include "reprise/checker/model/check_model.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/testing/queue_model.h"

namespace reprise::checker {
namespace {

TEST(ModelCheckTest, JudgesAQueue) {
  ModelHistory<QueueModel> history;
  const OperationId a = history.Invoke(0, {.key = "q", .push = "a"});
  const OperationId b = history.Invoke(1, {.key = "q", .push = "b"});
  history.Return(b, "");
  history.Return(a, "");
  history.Return(history.Invoke(2, {.key = "q"}), "b");
  history.Return(history.Invoke(2, {.key = "q"}), "a");
  history.Return(history.Invoke(2, {.key = "other"}), "");
  const ModelVerdict verdict = CheckModel(history, Budget());
  EXPECT_EQ(verdict.outcome, Outcome::kHolds);
  EXPECT_EQ(verdict.order.size(), 5u);
}

TEST(ModelCheckTest, FindsAnElementThatOvertook) {
  ModelHistory<QueueModel> history;
  history.Return(history.Invoke(0, {.key = "q", .push = "a"}), "");
  history.Return(history.Invoke(1, {.key = "q", .push = "b"}), "");
  history.Return(history.Invoke(2, {.key = "q"}), "b");
  const ModelVerdict verdict = CheckModel(history, Budget());
  EXPECT_EQ(verdict.outcome, Outcome::kViolated);
  EXPECT_EQ(verdict.partition, "q");
  EXPECT_EQ(verdict.text,
            "client 0  Push(q, a)\nclient 1  Push(q, b)\n"
            "client 2  Pop(q) = b\n");
}

TEST(ModelCheckTest, AnUnansweredOperationMayHaveTakenEffect) {
  for (const char* popped : {"", "a"}) {
    ModelHistory<QueueModel> history;
    history.Invoke(0, {.key = "q", .push = "a"});
    history.Return(history.Invoke(1, {.key = "q"}), popped);
    EXPECT_EQ(CheckModel(history, Budget()).outcome, Outcome::kHolds);
  }
}

TEST(ModelCheckTest, ASpentBudgetIsUndecided) {
  ModelHistory<QueueModel> history;
  for (int i = 0; i < 8; ++i) {
    history.Invoke(i, {.key = "q", .push = std::to_string(i)});
  }
  history.Return(history.Invoke(8, {.key = "q"}), "none");
  const ModelVerdict verdict = CheckModel(history, Budget{.states = 100});
  EXPECT_EQ(verdict.outcome, Outcome::kUndecided);
  EXPECT_EQ(verdict.partition, "q");
}

TEST(ModelCheckTest, OperationsThatShareAnInstantAreConcurrent) {
  for (const int client : {0, 1}) {
    ModelHistory<QueueModel> history;
    const OperationId a = history.Invoke(0, {.key = "q", .push = "a"});
    history.Return(a, "");
    history.JoinInstant();
    const OperationId b = history.Invoke(client, {.key = "q", .push = "b"});
    history.Return(b, "");
    history.Return(history.Invoke(2, {.key = "q"}), "b");
    // A client keeps its order all the same.
    EXPECT_EQ(CheckModel(history, Budget()).outcome,
              client == 0 ? Outcome::kViolated : Outcome::kHolds);
  }
}

}  // namespace
}  // namespace reprise::checker
