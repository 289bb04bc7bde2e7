#include "reprise/checker/model/online_order.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/model_states.h"
#include "reprise/checker/testing/exhaustive_check.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"
#include "reprise/checker/testing/store_history.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

// Calls and returns of the operations of one key, in their order.
using Events = std::vector<std::tuple<EventIndex, bool, OperationId>>;

template <typename Model>
Events EventsOf(const ModelHistory<Model>& history) {
  Events events;
  for (OperationId id = 0; id < history.size(); ++id) {
    events.emplace_back(history[id].call, false, id);
    if (history[id].ret != kNever) {
      events.emplace_back(history[id].ret, true, id);
    }
  }
  std::sort(events.begin(), events.end());
  return events;
}

// What happened up to an event, and that one.
template <typename Model>
ModelHistory<Model> Prefix(const ModelHistory<Model>& history,
                           EventIndex last) {
  ModelHistory<Model> prefix;
  for (auto operation : history.operations()) {
    if (operation.call > last) break;
    if (operation.ret > last) {
      operation.ret = kNever;
      operation.output.reset();
    }
    prefix.Add(operation);
  }
  return prefix;
}

// How often something was found at the response at which it became illegal, and
// how often later or not at all.
struct Count {
  int at_once = 0;
  int late = 0;
};

// Compares with the oracle at each response.
template <typename Model>
void Follow(const ModelHistory<Model>& history, Count& count) {
  ModelStates<Model> states(history);
  OnlineOrder order(states);
  for (const auto& [at, is_return, id] : EventsOf(history)) {
    if (!is_return) {
      order.Invoke(id);
      continue;
    }
    const bool is_legal = order.Return(id);
    const Outcome right = TryEveryOrder(Prefix(history, at), Budget());
    if (!is_legal) {
      ASSERT_EQ(right, Outcome::kViolated);
      ++count.at_once;
      return;
    }
    if (right == Outcome::kViolated) {
      ++count.late;
      return;
    }
  }
}

History OneKey(uint64_t seed) {
  Random random(seed);
  return RandomHistory(random);
}

TEST(OnlineOrderTest, SaysWhatTheOracleSaysAtEachResponse) {
  Count count;
  for (uint64_t seed = 0; seed < HistoryCount(3000); ++seed) {
    const History history = OneKey(seed);
    if (history.keys() != 1 || history.HasJoinedInstants()) continue;
    Follow(AsModelHistory<KeyValueModel>(history), count);
    if (HasFatalFailure()) FAIL() << "seed " << seed;
  }
  EXPECT_GT(count.at_once, 100);
  // A compare-and-set may or may not change its key.
  EXPECT_LT(count.late, count.at_once / 10);
}

// A store whose answers say nothing.
struct SilentStore : KeyValueModel {
  static bool Step(const Input& input, const Output*, State& value) {
    return KeyValueModel::Step(input, nullptr, value);
  }
};

TEST(OnlineOrderTest, TheComparisonNoticesAnOrderThatIsWrong) {
  int missed = 0;
  for (uint64_t seed = 0; seed < 300; ++seed) {
    const History plain = OneKey(seed);
    if (plain.keys() != 1 || plain.HasJoinedInstants()) continue;
    const auto history = AsModelHistory<KeyValueModel>(plain);
    const auto silent = AsModelHistory<SilentStore>(plain);
    ModelStates<SilentStore> states(silent);
    OnlineOrder order(states);
    bool is_legal = true;
    for (const auto& [at, is_return, id] : EventsOf(history)) {
      if (!is_return) {
        order.Invoke(id);
      } else {
        is_legal &= order.Return(id);
      }
    }
    missed +=
        is_legal && TryEveryOrder(history, Budget()) == Outcome::kViolated;
  }
  EXPECT_GT(missed, 10);
}

TEST(OnlineOrderTest, WhatFailedHadNoEffect) {
  ModelHistory<KeyValueModel> history;
  const KeyValueModel::Input put = {
      .kind = OperationKind::kPut, .key = "k", .value = "a"};
  const KeyValueModel::Input get = {.kind = OperationKind::kGet, .key = "k"};
  const OperationId failed = history.Invoke(0, put);
  const OperationId first = history.Invoke(1, get);
  history.Return(first, {.answer = Answer::kReported, .value = "a"});
  history.Fail(failed);
  ModelStates<KeyValueModel> states(history);
  OnlineOrder order(states);
  order.Invoke(failed);
  order.Invoke(first);
  EXPECT_TRUE(order.Return(first));
  EXPECT_FALSE(order.Fail(failed));
}

TEST(OnlineOrderTest, GivesUpWhereConfigurationsAreTooMany) {
  ModelHistory<KeyValueModel> history;
  for (int client = 0; client < 12; ++client) {
    history.Invoke(client, {.kind = OperationKind::kAppend,
                            .key = "k",
                            .value = std::string(1, 'a' + client)});
  }
  const OperationId get =
      history.Invoke(12, {.kind = OperationKind::kGet, .key = "k"});
  history.Return(get, {.answer = Answer::kReported, .value = "z"});
  ModelStates<KeyValueModel> states(history);
  OnlineOrder order(states);
  for (OperationId id = 0; id <= get; ++id) order.Invoke(id);
  EXPECT_TRUE(order.Return(get));
  EXPECT_TRUE(order.HasGivenUp());
}

}  // namespace
}  // namespace reprise::checker
