#include "reprise/checker/online.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

struct Event {
  EventIndex at;
  OperationId id;
  bool is_return;
};

std::vector<Event> EventsOf(const History& history) {
  std::vector<Event> events;
  for (OperationId id = 0; id < history.size(); ++id) {
    events.push_back({history[id].call, id, false});
    if (!history[id].IsPending()) events.push_back({history[id].ret, id, true});
  }
  std::sort(events.begin(), events.end(),
            [](const Event& a, const Event& b) { return a.at < b.at; });
  return events;
}

// A history that is judged while it is recorded.
class LiveHistory {
 public:
  OperationId Invoke(int client, OperationKind kind, std::string_view key,
                     std::string_view value) {
    return Invoked(history_.Invoke(client, kind, key, value));
  }
  OperationId InvokeCas(int client, std::string_view key,
                        std::string_view expected, std::string_view value) {
    return Invoked(history_.InvokeCas(client, key, expected, value));
  }
  bool Return(OperationId id, std::string_view output) {
    history_.Return(id, output);
    return checker_.Return(id);
  }
  bool ReturnUnobserved(OperationId id) {
    history_.ReturnUnobserved(id);
    return checker_.Return(id);
  }
  bool ReturnFailed(OperationId id) {
    history_.ReturnFailed(id);
    return checker_.Return(id);
  }
  bool IsViolated() const { return checker_.IsViolated(); }
  Verdict Finish(const Budget& budget) const { return checker_.Finish(budget); }
  void Clear(std::string_view initial = "") {
    history_.Clear();
    history_.SetInitialValue(initial);
    checker_.Clear();
  }

 private:
  OperationId Invoked(OperationId id) {
    checker_.Invoke(id);
    return id;
  }

  History history_;
  OnlineChecker checker_{history_};
};

// Feeds one event; the answer to a call is true.
bool Feed(const History& history, const Event& event, LiveHistory& checker) {
  const Operation& operation = history[event.id];
  if (!event.is_return) {
    const std::string_view key = history.KeyName(operation.key);
    if (operation.kind == OperationKind::kCas) {
      checker.InvokeCas(operation.client, key, operation.Expected(),
                        operation.Argument());
    } else {
      checker.Invoke(operation.client, operation.kind, key,
                     operation.Argument());
    }
    return true;
  }
  switch (operation.answer) {
    case Answer::kReported:
      return checker.Return(event.id, history.Output(event.id));
    case Answer::kFailed:
      return checker.ReturnFailed(event.id);
    default:
      return checker.ReturnUnobserved(event.id);
  }
}

TEST(OnlineCheckerTest, StopsAtTheFirstIllegalResponse) {
  LiveHistory checker;
  EXPECT_TRUE(checker.ReturnUnobserved(
      checker.Invoke(0, OperationKind::kPut, "k", "a")));
  EXPECT_TRUE(checker.ReturnUnobserved(
      checker.Invoke(0, OperationKind::kPut, "k", "b")));
  EXPECT_FALSE(
      checker.Return(checker.Invoke(1, OperationKind::kGet, "k", ""), "a"));
  EXPECT_TRUE(checker.IsViolated());
  EXPECT_EQ(checker.Finish(Budget()).outcome, Outcome::kViolated);
}

TEST(OnlineCheckerTest, JudgesRepeatedValuesWhenItFinishes) {
  LiveHistory checker;
  const OperationId open = checker.Invoke(0, OperationKind::kPut, "k", "a");
  checker.ReturnUnobserved(checker.Invoke(1, OperationKind::kPut, "k", "a"));
  checker.ReturnUnobserved(open);
  checker.Return(checker.Invoke(1, OperationKind::kGet, "k", ""), "b");
  EXPECT_EQ(checker.Finish(Budget()).outcome, Outcome::kViolated);
}

TEST(OnlineCheckerTest, ResumesAfterAQuietMoment) {
  LiveHistory checker;
  const OperationId open = checker.Invoke(0, OperationKind::kPut, "k", "a");
  checker.ReturnUnobserved(checker.Invoke(1, OperationKind::kPut, "k", "a"));
  checker.ReturnUnobserved(open);
  EXPECT_TRUE(
      checker.Return(checker.Invoke(1, OperationKind::kGet, "k", ""), "a"));
  EXPECT_FALSE(
      checker.Return(checker.Invoke(1, OperationKind::kGet, "k", ""), "b"));
}

TEST(OnlineCheckerTest, ClearStartsAfresh) {
  LiveHistory checker;
  for (int trial = 0; trial < 3; ++trial) {
    EXPECT_TRUE(checker.ReturnUnobserved(
        checker.Invoke(0, OperationKind::kAppend, "k", "a;")));
    EXPECT_TRUE(
        checker.Return(checker.Invoke(0, OperationKind::kGet, "k", ""), "a;"));
    EXPECT_FALSE(checker.Return(checker.Invoke(0, OperationKind::kGet, "k", ""),
                                "a;a;"));
    checker.Clear();
  }
}

// At each response, the answer is that of the whole checker on the prefix that
// ends there.
TEST(OnlineCheckerTest, AgreesWithEveryPrefix) {
  const uint64_t count = HistoryCount(10'000);
  uint64_t found_at_once = 0;
  uint64_t found_late = 0;
  LiveHistory checker;
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    const History history = RandomHistory(random);
    if (history.HasJoinedInstants()) continue;
    checker.Clear(history.initial_value());
    bool is_legal = true;
    bool is_prefix_legal = true;
    for (const Event& event : EventsOf(history)) {
      is_legal = Feed(history, event, checker);
      if (!event.is_return) continue;
      is_prefix_legal =
          CheckKeyValue(PrefixOf(history, event.at + 1), Budget()).outcome ==
          Outcome::kHolds;
      ASSERT_TRUE(is_legal || !is_prefix_legal)
          << "seed " << seed << " event " << event.at << "\n"
          << ToText(history);
      if (!is_prefix_legal) break;
    }
    if (is_prefix_legal) {
      ASSERT_EQ(checker.Finish(Budget()).outcome, Outcome::kHolds);
      continue;
    }
    ++(is_legal ? found_late : found_at_once);
    ASSERT_EQ(checker.Finish(Budget()).outcome, Outcome::kViolated)
        << "seed " << seed << "\n"
        << ToText(history);
  }
  // What is found late are repeated values and compare-and-set.
  EXPECT_GT(found_at_once, found_late);
}

TEST(OnlineCheckerTest, FindsEveryViolationAtOnceWhereValuesAreDistinct) {
  RandomHistoryOptions options;
  options.operations = 14;
  options.clients = 4;
  options.wrong = 70;
  uint64_t violated = 0;
  const uint64_t count = HistoryCount(10'000);
  LiveHistory checker;
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    options.puts = static_cast<int>(random.Below(60));
    const History history = RandomHistory(random, options);
    checker.Clear(history.initial_value());
    for (const Event& event : EventsOf(history)) {
      const bool is_legal = Feed(history, event, checker);
      if (!event.is_return) continue;
      const Verdict verdict =
          CheckKeyValue(PrefixOf(history, event.at + 1), Budget());
      ASSERT_EQ(is_legal, verdict.outcome == Outcome::kHolds)
          << "seed " << seed << " event " << event.at << "\n"
          << ToText(history);
      violated += !is_legal;
      if (!is_legal) break;
    }
  }
  EXPECT_GT(violated, count / 10);
}

}  // namespace
}  // namespace reprise::checker
