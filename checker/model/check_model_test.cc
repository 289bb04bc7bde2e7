#include "reprise/checker/model/check_model.h"

#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/history/explanation.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/testing/queue_model.h"

namespace reprise::checker {
namespace {

TEST(ModelCheckTest, JudgesAQueue) {
  ModelHistory<OwnQueueModel> history;
  const OperationId a = history.Invoke(0, {.key = "q", .push = "a"});
  const OperationId b = history.Invoke(1, {.key = "q", .push = "b"});
  history.Return(b, "");
  history.Return(a, "");
  history.Return(history.Invoke(2, {.key = "q"}), "b");
  history.Return(history.Invoke(2, {.key = "q"}), "a");
  history.Return(history.Invoke(2, {.key = "other"}), "");
  const ModelVerdict found = CheckModel(history, Budget());
  EXPECT_EQ(found.verdict.outcome, Outcome::kHolds);
  EXPECT_EQ(found.order.size(), 5u);
}

TEST(ModelCheckTest, FindsAnElementThatOvertook) {
  ModelHistory<OwnQueueModel> history;
  history.Return(history.Invoke(0, {.key = "q", .push = "a"}), "");
  history.Return(history.Invoke(1, {.key = "q", .push = "b"}), "");
  history.Return(history.Invoke(2, {.key = "q"}), "b");
  const ModelVerdict found = CheckModel(history, Budget());
  EXPECT_EQ(found.verdict.outcome, Outcome::kViolated);
  EXPECT_EQ(found.verdict.contradiction.key, "q");
  EXPECT_EQ(found.explanation.sentence,
            "key \"q\": no order explains Pop(q) = b of client 2 beside "
            "Push(q, a) of client 0, Push(q, b) of client 1");
  EXPECT_EQ(found.explanation.timeline,
            "client 0    Push(q, a)  |--|\n"
            "client 1    Push(q, b)        |--|\n"
            "client 2    Pop(q) = b              |--|\n");
  EXPECT_TRUE(found.explanation.is_minimal);
}

TEST(ModelCheckTest, AnUnansweredOperationMayHaveTakenEffect) {
  for (const char* popped : {"", "a"}) {
    ModelHistory<OwnQueueModel> history;
    history.Invoke(0, {.key = "q", .push = "a"});
    history.Return(history.Invoke(1, {.key = "q"}), popped);
    EXPECT_EQ(CheckModel(history, Budget()).verdict.outcome, Outcome::kHolds);
  }
}

TEST(ModelCheckTest, ASpentBudgetIsUndecided) {
  ModelHistory<OwnQueueModel> history;
  for (int i = 0; i < 8; ++i) {
    history.Invoke(i, {.key = "q", .push = std::to_string(i)});
  }
  history.Return(history.Invoke(8, {.key = "q"}), "none");
  const ModelVerdict found = CheckModel(history, Budget{.states = 100});
  EXPECT_EQ(found.verdict.outcome, Outcome::kUndecided);
  EXPECT_EQ(found.verdict.exhaustion.sentence,
            "key \"q\": undecided; 8 of 9 operations explained when the budget "
            "of 100 states for each key was used up");
}

TEST(ModelCheckTest, ATotalBoundsAllPartitions) {
  ModelHistory<OwnQueueModel> history;
  for (const char* queue : {"a", "b"}) {
    for (int i = 0; i < 8; ++i) {
      history.Invoke(i, {.key = queue, .push = std::to_string(i)});
    }
    history.Return(history.Invoke(8, {.key = queue}), "none");
  }
  const ModelVerdict found =
      CheckModel(history, Budget{.states = 100, .total_states = 50});
  EXPECT_EQ(found.verdict.exhaustion.sentence,
            "key \"a\": undecided; 8 of 9 operations explained when the budget "
            "of 50 states for all keys together was used up");
  EXPECT_LE(found.verdict.statistics.states, 52u);
}

TEST(ModelCheckTest, SaysWhereMoreIsNamedThanNeedBe) {
  ModelHistory<OwnQueueModel> history;
  for (const char* value : {"a", "b", "c", "d"}) {
    history.Return(history.Invoke(0, {.key = "q", .push = value}), "");
  }
  history.Return(history.Invoke(1, {.key = "q"}), "d");
  int cut_short = 0;
  for (uint64_t states = 1; states < 40; ++states) {
    const ModelVerdict found = CheckModel(history, Budget{.states = states});
    if (found.verdict.outcome != Outcome::kViolated) continue;
    const Explanation& why = found.explanation;
    EXPECT_EQ(why.timeline.ends_with(kNotMinimal), !why.is_minimal) << states;
    cut_short += !why.is_minimal;
  }
  EXPECT_GT(cut_short, 0);
  EXPECT_TRUE(CheckModel(history, Budget()).explanation.is_minimal);
}

TEST(ModelCheckTest, EndsWhenItIsStopped) {
  ModelHistory<OwnQueueModel> history;
  for (int i = 0; i < 12; ++i) {
    history.Invoke(i, {.key = "q", .push = std::to_string(i)});
  }
  history.Return(history.Invoke(12, {.key = "q"}), "none");
  CheckMonitor monitor;
  monitor.stop = true;
  const ModelVerdict found = CheckModel(history, Budget{.monitor = &monitor});
  EXPECT_EQ(found.verdict.outcome, Outcome::kUndecided);
  EXPECT_EQ(found.verdict.exhaustion.resource, Resource::kStopped);
}

TEST(ModelCheckTest, OperationsThatShareAnInstantAreConcurrent) {
  for (const int client : {0, 1}) {
    ModelHistory<OwnQueueModel> history;
    const OperationId a = history.Invoke(0, {.key = "q", .push = "a"});
    history.Return(a, "");
    history.JoinInstant();
    const OperationId b = history.Invoke(client, {.key = "q", .push = "b"});
    history.Return(b, "");
    history.Return(history.Invoke(2, {.key = "q"}), "b");
    // A client keeps its order all the same.
    EXPECT_EQ(CheckModel(history, Budget()).verdict.outcome,
              client == 0 ? Outcome::kViolated : Outcome::kHolds);
  }
}

// Pops of two clients do the same, but one client goes on at the instant at
// which its pop returns, the other does not.
TEST(ModelCheckTest,
     WhatAClientDoesAtTheInstantOfItsReturnTellsOperationsApart) {
  ModelHistory<OwnQueueModel> history;
  history.SetInitial({"a"});
  const OperationId late = history.Invoke(1, {.key = "q"});
  const OperationId early = history.Invoke(0, {.key = "q"});
  history.Return(late, "a");
  history.JoinInstant();
  history.Return(early, "a");
  history.JoinInstant();
  const OperationId push = history.Invoke(0, {.key = "q", .push = "a"});
  EXPECT_EQ(CheckModel(history, Budget()).verdict.outcome, Outcome::kHolds);
  history.Return(push, "");
  EXPECT_EQ(CheckModel(history, Budget()).verdict.outcome, Outcome::kHolds);
}

TEST(ModelCheckTest, AnUnansweredOperationKeepsTheOrderOfItsClient) {
  ModelHistory<OwnQueueModel> history;
  const OperationId pop = history.Invoke(0, {.key = "q"});
  const OperationId push = history.Invoke(1, {.key = "q", .push = "b"});
  history.Return(push, "");
  history.JoinInstant();
  history.Invoke(1, {.key = "q", .push = "a"});
  history.JoinInstant();
  history.Return(pop, "a");
  EXPECT_EQ(CheckModel(history, Budget()).verdict.outcome, Outcome::kViolated);
}

}  // namespace
}  // namespace reprise::checker
