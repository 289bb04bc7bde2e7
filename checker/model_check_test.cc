#include "reprise/checker/model_check.h"

#include <cstdint>
#include <map>
#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/key_value/store_model.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/testing/queue_model.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"

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

// The store as a user's model: the same verdicts as the checker's own.
struct UserStore {
  using State = std::string;
  struct Input {
    const History* history;
    OperationId id;
  };
  using Output = bool;

  static State Init() { return ""; }
  static bool Step(const Input& input, const Output*, State& state) {
    return StoreModel::Step(*input.history, (*input.history)[input.id], state);
  }
  static bool Equal(const State& a, const State& b) { return a == b; }
  static std::string Describe(const Input& input, const Output*) {
    return CallText(*input.history, input.id);
  }
  static std::string Partition(const Input& input) {
    return std::to_string((*input.history)[input.id].key);
  }
  static bool IsReadOnly(const Input& input) {
    return !(*input.history)[input.id].IsWrite();
  }
};

TEST(ModelCheckTest, AgreesWithTheStoreChecker) {
  for (uint64_t seed = 0; seed < 3000; ++seed) {
    Random random(seed);
    const History history = RandomHistory(random);
    if (history.HasJoinedInstants()) continue;
    std::map<EventIndex, OperationId> events;
    for (OperationId id = 0; id < history.size(); ++id) {
      events[history[id].call] = id;
      if (!history[id].IsPending()) events[history[id].ret] = id;
    }
    ModelHistory<UserStore> mine;
    for (const auto& [at, id] : events) {
      if (at == history[id].call) {
        mine.Invoke(history[id].client, {&history, id});
      } else {
        mine.Return(id, true);
      }
    }
    ASSERT_EQ(CheckModel(mine, Budget()).outcome,
              CheckKeyValue(history, Budget()).outcome)
        << "seed " << seed << "\n"
        << ToText(history);
  }
}

}  // namespace
}  // namespace reprise::checker
