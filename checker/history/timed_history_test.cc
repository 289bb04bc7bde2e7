#include "reprise/checker/history/timed_history.h"

#include <algorithm>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/precedence.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {
namespace {

TimedOperation Put(int client, int64_t call, int64_t ret) {
  return {.key = "k",
          .value = "v",
          .call = call,
          .ret = ret,
          .client = client,
          .kind = OperationKind::kPut,
          .answer = Answer::kDone};
}

// What a timed history means, written down.
bool Precedes(std::span<const TimedOperation> operations, size_t a, size_t b) {
  const TimedOperation& first = operations[a];
  const TimedOperation& second = operations[b];
  if (first.answer == Answer::kPending || a == b) return false;
  if (first.client == second.client) {
    return first.call < second.call || (first.call == second.call && a < b);
  }
  return first.ret < second.call;
}

void ExpectSamePrecedence(std::span<const TimedOperation> operations) {
  History history;
  const std::vector<uint32_t> source = AppendTimed(operations, history);
  ASSERT_EQ(history.size(), operations.size());
  for (OperationId a = 0; a < history.size(); ++a) {
    EXPECT_EQ(history[a].client, operations[source[a]].client);
    for (OperationId b = 0; b < history.size(); ++b) {
      if (a == b) continue;
      ASSERT_EQ(checker::Precedes(history, a, b),
                Precedes(operations, source[a], source[b]))
          << a << " and " << b << " in\n"
          << ToText(history);
    }
  }
}

TEST(TimedHistoryTest, SortsOperationsByCall) {
  const std::vector<TimedOperation> operations = {Put(0, 50, 60),
                                                  Put(1, 10, 20)};
  History history;
  EXPECT_EQ(AppendTimed(operations, history), (std::vector<uint32_t>{1, 0}));
  EXPECT_LT(history[0].ret, history[1].call);
}

TEST(TimedHistoryTest, IntervalsThatTouchAreConcurrent) {
  ExpectSamePrecedence(std::vector{Put(0, 10, 20), Put(1, 20, 30)});
}

TEST(TimedHistoryTest, AClientKeepsItsOrderWhereIntervalsTouch) {
  ExpectSamePrecedence(
      std::vector{Put(0, 10, 20), Put(0, 20, 30), Put(1, 15, 20)});
}

TEST(TimedHistoryTest, TwoClientsMayTouchAtOneInstant) {
  ExpectSamePrecedence(std::vector{Put(0, 10, 20), Put(0, 20, 30),
                                   Put(1, 15, 20), Put(1, 20, 25)});
}

TEST(TimedHistoryTest, KeepsPrecedenceOfRandomTimes) {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    SCOPED_TRACE(seed);
    Random random(seed);
    std::vector<TimedOperation> operations;
    const int clients = 1 + static_cast<int>(random.Below(100));
    const int64_t step = 1 + static_cast<int64_t>(random.Below(4));
    for (int client = 0; client < clients; ++client) {
      int64_t now = static_cast<int64_t>(random.Below(4));
      for (int i = 0; i < 40 / clients + 1; ++i) {
        const int64_t ret = now + static_cast<int64_t>(random.Below(step));
        operations.push_back(Put(client, now, ret));
        now = ret + static_cast<int64_t>(random.Below(step));
      }
      if (random.Chance(1, 10)) operations.back().answer = Answer::kPending;
    }
    ExpectSamePrecedence(operations);
  }
}

}  // namespace
}  // namespace reprise::checker
