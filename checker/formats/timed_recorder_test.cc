#include "reprise/checker/formats/timed_recorder.h"

#include <algorithm>
#include <map>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/precedence.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {
namespace {

// Short intervals on a short time axis, so that they often touch.
std::vector<TimedOperation> RandomOperations(Random& random) {
  std::vector<TimedOperation> operations;
  for (int client = 0; client < 4; ++client) {
    auto now = static_cast<int64_t>(random.Below(3));
    for (uint64_t left = random.Below(5); left > 0; --left) {
      TimedOperation operation;
      operation.client = client;
      operation.key = random.Chance(1, 2) ? "a" : "b";
      operation.call = now;
      operation.ret = now += static_cast<int64_t>(random.Below(4));
      operation.answer = Answer::kReported;
      operation.output = random.Chance(1, 2) ? "" : "x";
      now += static_cast<int64_t>(random.Below(2));
      if (random.Chance(1, 5)) {
        operation.answer = Answer::kPending;
      }
      operations.push_back(operation);
    }
  }
  return operations;
}

// By definition: times decide, but a client's own order always holds.
bool MustPrecede(const TimedOperation& a, size_t a_place,
                 const TimedOperation& b, size_t b_place) {
  if (a.answer == Answer::kPending) return false;
  if (a.client == b.client) return a_place < b_place;
  return a.ret < b.call;
}

class TimedRecorderTest : public ::testing::TestWithParam<bool> {};

TEST_P(TimedRecorderTest, PrecedesAsTimesAndClientsSay) {
  const bool is_sorted = GetParam();
  Random random(/*seed=*/is_sorted ? 1 : 2);
  for (int round = 0; round < 20'000; ++round) {
    std::vector<TimedOperation> operations = RandomOperations(random);
    if (is_sorted) {
      std::stable_sort(operations.begin(), operations.end(),
                       [](const TimedOperation& a, const TimedOperation& b) {
                         return a.call < b.call;
                       });
    }
    TimedRecorder recorder;
    for (size_t i = 0; i < operations.size(); ++i) {
      ASSERT_TRUE(recorder.Add(operations[i], static_cast<uint32_t>(i)).ok());
    }
    absl::StatusOr<RecordedHistory> recorded = std::move(recorder).Finish();
    ASSERT_TRUE(recorded.ok()) << recorded.status();
    const History& history = recorded->history;
    ASSERT_EQ(history.size(), operations.size());
    for (OperationId a = 0; a < history.size(); ++a) {
      const size_t a_place = recorded->lines[a];
      ASSERT_EQ(recorded->times[a].call, operations[a_place].call);
      ASSERT_EQ(history[a].answer, operations[a_place].answer);
      ASSERT_TRUE(history[a].IsPending() ||
                  history.Output(a) == operations[a_place].output);
      for (OperationId b = 0; b < history.size(); ++b) {
        const size_t b_place = recorded->lines[b];
        ASSERT_EQ(Precedes(history, a, b),
                  a != b && MustPrecede(operations[a_place], a_place,
                                        operations[b_place], b_place))
            << "round " << round << ", operations " << a_place << " and "
            << b_place;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Order, TimedRecorderTest,
                         ::testing::Values(true, false));

}  // namespace
}  // namespace reprise::checker
