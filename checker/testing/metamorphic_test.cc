// Changes to a history that must not change its verdict.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/history/timed_history.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

// A history as timed operations, so that it can be changed.
std::vector<TimedOperation> AsTimed(const History& history) {
  std::vector<TimedOperation> timed;
  for (const Operation& operation : history.operations()) {
    timed.push_back({.key = history.KeyName(operation.key),
                     .value = operation.Argument(),
                     .expected = operation.kind == OperationKind::kCas
                                     ? operation.Expected()
                                     : std::string_view(),
                     .output = operation.HasOutput() ? history.Output(operation)
                                                     : std::string_view(),
                     .call = operation.call,
                     .ret = operation.IsPending() ? 0 : operation.ret,
                     .client = operation.client,
                     .kind = operation.kind,
                     .answer = operation.answer});
  }
  return timed;
}

Outcome Judge(const std::vector<TimedOperation>& timed,
              std::string_view initial) {
  History history;
  history.SetInitialValue(initial);
  AppendTimed(timed, history);
  return CheckKeyValue(history, Budget()).outcome;
}

template <typename Change>
void ExpectSameVerdict(const Change& change) {
  const uint64_t count = HistoryCount(5000);
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    const History history = RandomHistory(random);
    std::vector<TimedOperation> timed = AsTimed(history);
    const Outcome before = CheckKeyValue(history, Budget()).outcome;
    ASSERT_EQ(Judge(timed, history.initial_value()), before)
        << "unchanged, seed " << seed;
    change(random, timed);
    ASSERT_EQ(Judge(timed, history.initial_value()), before)
        << "seed " << seed << "\n"
        << ToText(history);
  }
}

TEST(MetamorphicTest, TheOrderInTheFileOfDifferentClientsDoesNotMatter) {
  ExpectSameVerdict([](Random& random, std::vector<TimedOperation>& timed) {
    for (size_t i = timed.size(); i > 1; --i) {
      for (size_t j = i - 1; j > 0; --j) {
        TimedOperation& a = timed[j - 1];
        TimedOperation& b = timed[j];
        if (a.client != b.client && random.Chance(1, 2)) std::swap(a, b);
      }
    }
  });
}

TEST(MetamorphicTest, NamesOfKeysAndClientsDoNotMatter) {
  ExpectSameVerdict([](Random&, std::vector<TimedOperation>& timed) {
    for (TimedOperation& operation : timed) {
      operation.key = operation.key == "0" ? "zero" : "";
      operation.client = 1000 - operation.client;
    }
  });
}

TEST(MetamorphicTest, StretchingTimeDoesNotMatter) {
  ExpectSameVerdict([](Random& random, std::vector<TimedOperation>& timed) {
    std::map<int64_t, int64_t> when;
    for (const TimedOperation& operation : timed) {
      when[operation.call] = when[operation.ret] = 0;
    }
    int64_t now = -1000;
    for (auto& [before, after] : when) {
      now += 1 + static_cast<int64_t>(random.Below(100));
      after = now;
    }
    for (TimedOperation& operation : timed) {
      operation.call = when[operation.call];
      operation.ret = when[operation.ret];
    }
  });
}

// Two histories on different keys are judged together as they are alone.
TEST(MetamorphicTest, IndependentKeysMerge) {
  const uint64_t count = HistoryCount(5000);
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    const History first = RandomHistory(random);
    const History second = RandomHistory(random);
    if (first.initial_value() != second.initial_value()) continue;
    std::vector<TimedOperation> both = AsTimed(first);
    for (TimedOperation operation : AsTimed(second)) {
      operation.key = operation.key == "0" ? "other 0" : "other 1";
      operation.client += 100;
      both.push_back(operation);
    }
    const bool hold =
        CheckKeyValue(first, Budget()).outcome == Outcome::kHolds &&
        CheckKeyValue(second, Budget()).outcome == Outcome::kHolds;
    ASSERT_EQ(Judge(both, first.initial_value()),
              hold ? Outcome::kHolds : Outcome::kViolated)
        << "seed " << seed;
  }
}

}  // namespace
}  // namespace reprise::checker
