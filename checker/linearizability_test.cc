#include "reprise/checker/linearizability.h"

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"

namespace reprise::checker {
namespace {

constexpr OperationKind kGet = OperationKind::kGet;
constexpr OperationKind kPut = OperationKind::kPut;
constexpr OperationKind kAppend = OperationKind::kAppend;

Outcome OutcomeOf(const History& history) {
  return CheckKeyValue(history, Budget()).outcome;
}

TEST(LinearizabilityTest, HoldsForAnEmptyHistory) {
  EXPECT_EQ(OutcomeOf(History()), Outcome::kHolds);
}

TEST(LinearizabilityTest, AMissingKeyReadsAsEmpty) {
  History history;
  history.Return(history.Invoke(0, kGet, "k", ""), "");
  EXPECT_EQ(OutcomeOf(history), Outcome::kHolds);
}

TEST(LinearizabilityTest, AGetReturnsWhatWasWritten) {
  History history;
  history.ReturnUnobserved(history.Invoke(0, kPut, "k", "a"));
  history.Return(history.Invoke(1, kGet, "k", ""), "b");
  EXPECT_EQ(OutcomeOf(history), Outcome::kViolated);
}

TEST(LinearizabilityTest, AStaleReadIsAViolation) {
  History history;
  history.ReturnUnobserved(history.Invoke(0, kPut, "2", "a"));
  history.ReturnUnobserved(history.Invoke(1, kPut, "2", "b"));
  history.Return(history.Invoke(2, kGet, "2", ""), "a");

  const Verdict verdict = CheckKeyValue(history, Budget());
  EXPECT_EQ(verdict.outcome, Outcome::kViolated);
  EXPECT_EQ(verdict.contradiction.key, "2");
  EXPECT_EQ(verdict.contradiction.operations,
            (std::vector<OperationId>{0, 1, 2}));
}

TEST(LinearizabilityTest, ConcurrentWritesMayComeInAnyOrder) {
  History history;
  const OperationId a = history.Invoke(0, kPut, "k", "a");
  const OperationId b = history.Invoke(1, kPut, "k", "b");
  history.ReturnUnobserved(b);
  history.ReturnUnobserved(a);
  history.Return(history.Invoke(2, kGet, "k", ""), "b");
  EXPECT_EQ(OutcomeOf(history), Outcome::kHolds);
}

TEST(LinearizabilityTest, ValuesNeverGoBack) {
  History history;
  const OperationId a = history.Invoke(0, kPut, "k", "a");
  const OperationId b = history.Invoke(1, kPut, "k", "b");
  history.ReturnUnobserved(b);
  history.ReturnUnobserved(a);
  history.Return(history.Invoke(2, kGet, "k", ""), "b");
  history.Return(history.Invoke(2, kGet, "k", ""), "a");
  EXPECT_EQ(OutcomeOf(history), Outcome::kViolated);
}

TEST(LinearizabilityTest, APendingWriteMayTakeEffectLateOrNever) {
  History history;
  history.Invoke(0, kPut, "k", "late");
  history.Return(history.Invoke(1, kGet, "k", ""), "");
  EXPECT_EQ(OutcomeOf(history), Outcome::kHolds);
  history.Return(history.Invoke(1, kGet, "k", ""), "late");
  EXPECT_EQ(OutcomeOf(history), Outcome::kHolds);
  history.Return(history.Invoke(1, kGet, "k", ""), "");
  EXPECT_EQ(OutcomeOf(history), Outcome::kViolated);
}

TEST(LinearizabilityTest, AnAppendReportsTheValueBeforeIt) {
  History history;
  history.Return(history.Invoke(0, kAppend, "k", "a"), "");
  history.Return(history.Invoke(1, kAppend, "k", "b"), "a");
  history.Return(history.Invoke(2, kGet, "k", ""), "ab");
  EXPECT_EQ(OutcomeOf(history), Outcome::kHolds);
  history.Return(history.Invoke(1, kAppend, "k", "c"), "a");
  EXPECT_EQ(OutcomeOf(history), Outcome::kViolated);
}

TEST(LinearizabilityTest, AnAppendTakesEffectOnce) {
  History history;
  history.ReturnUnobserved(history.Invoke(0, kAppend, "k", "a;"));
  history.Return(history.Invoke(1, kGet, "k", ""), "a;a;");
  EXPECT_EQ(OutcomeOf(history), Outcome::kViolated);
}

TEST(LinearizabilityTest, KeysAreIndependent) {
  History history;
  history.ReturnUnobserved(history.Invoke(0, kPut, "a", "1"));
  history.Return(history.Invoke(1, kGet, "b", ""), "");
  EXPECT_EQ(OutcomeOf(history), Outcome::kHolds);
  history.Return(history.Invoke(1, kGet, "b", ""), "1");
  EXPECT_EQ(OutcomeOf(history), Outcome::kViolated);
}

TEST(LinearizabilityTest, CompareAndSetSucceedsOnTheValueItExpects) {
  History history;
  history.ReturnUnobserved(history.InvokeCas(0, "r", "", "1"));
  history.ReturnFailed(history.InvokeCas(1, "r", "", "2"));
  history.Return(history.Invoke(2, OperationKind::kRead, "r", ""), "1");
  EXPECT_EQ(OutcomeOf(history), Outcome::kHolds);
  history.ReturnFailed(history.InvokeCas(1, "r", "1", "2"));
  EXPECT_EQ(OutcomeOf(history), Outcome::kViolated);
}

TEST(LinearizabilityTest, ASpentBudgetIsUndecided) {
  History history;
  for (int i = 0; i < 10; ++i) history.Invoke(i, kPut, "k", i < 5 ? "a" : "b");
  for (const char* value : {"a", "b", "a", "b", "c"}) {
    history.Return(history.Invoke(10, kGet, "k", ""), value);
  }
  history.ReturnUnobserved(history.Invoke(11, kPut, "k", "c"));

  const Verdict verdict = CheckKeyValue(history, Budget{.states = 5});
  EXPECT_EQ(verdict.outcome, Outcome::kUndecided);
  EXPECT_EQ(verdict.exhaustion.key, "k");
  EXPECT_GT(verdict.exhaustion.states, 0u);
}

TEST(LinearizabilityTest, ThreadsDoNotChangeTheVerdict) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed);
    const History history =
        RandomHistory(random, {.operations = 60,
                               .clients = 4,
                               .keys = 12,
                               .values = RandomValues::kRepeated,
                               .wrong = 80});
    const Verdict alone = CheckKeyValue(history, Budget());
    const Verdict together =
        CheckKeyValueInParallel(history, Budget(), /*threads=*/4);
    ASSERT_EQ(together.outcome, alone.outcome) << seed;
    EXPECT_EQ(together.contradiction.key, alone.contradiction.key);
    EXPECT_EQ(together.contradiction.operations,
              alone.contradiction.operations);
    EXPECT_EQ(together.contradiction.sentence, alone.contradiction.sentence);
    EXPECT_EQ(together.statistics.segments, alone.statistics.segments);
    EXPECT_EQ(together.statistics.states, alone.statistics.states);
  }
}

// Values repeat, so that the key takes a search of some states.
void RecordSearchedKey(const std::string& key, bool is_violated,
                       History& history) {
  for (int i = 0; i < 6; ++i) {
    history.Invoke(i, kPut, key, i % 2 == 0 ? "a" : "b");
  }
  for (const char* value : {"a", "b", "a", "b", "a"}) {
    history.Return(history.Invoke(10, kGet, key, ""), value);
  }
  if (!is_violated) return;
  for (const char* value : {"b", "a", "b"}) {
    history.Return(history.Invoke(10, kGet, key, ""), value);
  }
}

History SearchedKeys(int keys, int violated) {
  History history;
  for (int key = 0; key < keys; ++key) {
    RecordSearchedKey("k" + std::to_string(key), key == violated, history);
  }
  return history;
}

TEST(LinearizabilityTest, AllKeysShareOneBudget) {
  const History history = SearchedKeys(/*keys=*/8, /*violated=*/-1);
  const Verdict whole = CheckKeyValue(history, Budget());
  ASSERT_EQ(whole.outcome, Outcome::kHolds);
  const uint64_t of_one = whole.statistics.states / 8;
  ASSERT_GT(of_one, 2u);

  const Budget budget{.total_states = 2 * of_one + 2};
  const Verdict verdict = CheckKeyValue(history, budget);
  EXPECT_EQ(verdict.outcome, Outcome::kUndecided);
  EXPECT_EQ(verdict.statistics.states, budget.total_states);
  EXPECT_EQ(verdict.exhaustion.key, "k2");
  EXPECT_EQ(verdict.exhaustion.resource, Resource::kTotalStates);
  EXPECT_EQ(verdict.exhaustion.limit, budget.total_states);
  EXPECT_EQ(verdict.exhaustion.states, budget.total_states);
}

TEST(LinearizabilityTest, ThreadsDoNotChangeWhereTheBudgetOfAllKeysEnds) {
  for (int violated : {-1, 5}) {
    const History history = SearchedKeys(/*keys=*/8, violated);
    const uint64_t most = CheckKeyValue(history, Budget()).statistics.states;
    for (uint64_t total = 0; total <= most + 1; ++total) {
      const Budget budget{.states = most / 6, .total_states = total};
      const Verdict alone = CheckKeyValue(history, budget);
      for (int threads : {2, 4}) {
        const Verdict together =
            CheckKeyValueInParallel(history, budget, threads);
        ASSERT_EQ(together.outcome, alone.outcome) << total;
        ASSERT_EQ(together.contradiction.sentence,
                  alone.contradiction.sentence);
        ASSERT_EQ(together.exhaustion.sentence, alone.exhaustion.sentence);
        ASSERT_EQ(together.exhaustion.states, alone.exhaustion.states);
        ASSERT_EQ(together.exhaustion.bytes, alone.exhaustion.bytes);
        ASSERT_EQ(together.statistics.states, alone.statistics.states);
        ASSERT_EQ(together.statistics.keys, alone.statistics.keys);
        ASSERT_LE(alone.statistics.states, total);
      }
    }
  }
}

// The search without hashes that confirms a violation counts as well.
TEST(LinearizabilityTest, ConfirmingAViolationIsWithinTheBudget) {
  const History history = SearchedKeys(/*keys=*/1, /*violated=*/0);
  const uint64_t states = CheckKeyValue(history, Budget()).statistics.states;
  for (uint64_t limit = 0; limit <= states + 1; ++limit) {
    const Verdict verdict = CheckKeyValue(history, Budget{.states = limit});
    EXPECT_LE(verdict.statistics.states, limit);
    EXPECT_EQ(verdict.outcome,
              limit > states ? Outcome::kViolated : Outcome::kUndecided)
        << limit;
  }
}

TEST(LinearizabilityTest, SaysWhichBudgetRanOut) {
  const History history = SearchedKeys(/*keys=*/2, /*violated=*/-1);
  const auto sentence = [&](const Budget& budget) {
    return CheckKeyValue(history, budget).exhaustion.sentence;
  };
  EXPECT_EQ(sentence(Budget{.states = 1}),
            "key \"k0\": undecided; 0 of 11 operations explained when the "
            "budget of 1 states for each key was used up");
  EXPECT_EQ(sentence(Budget{.total_states = 1}),
            "key \"k0\": undecided; 0 of 11 operations explained when the "
            "budget of 1 states for all keys together was used up");
  EXPECT_EQ(sentence(Budget{.bytes = 1000}),
            "key \"k0\": undecided; 0 of 11 operations explained when the "
            "budget of 1,000 bytes for each search was used up");
}

TEST(LinearizabilityTest, StopsAtOnceWhenItIsTold) {
  const History history = SearchedKeys(/*keys=*/4, /*violated=*/2);
  CheckMonitor monitor;
  monitor.stop = true;
  for (int threads : {1, 3}) {
    const Verdict verdict =
        CheckKeyValueInParallel(history, Budget{.monitor = &monitor}, threads);
    EXPECT_EQ(verdict.outcome, Outcome::kUndecided);
    EXPECT_EQ(verdict.exhaustion.resource, Resource::kStopped);
    EXPECT_EQ(verdict.exhaustion.sentence,
              "key \"k0\": undecided; 0 of 0 operations explained when the "
              "check was stopped");
  }
  EXPECT_EQ(monitor.states, 0u);
}

TEST(LinearizabilityTest, CountsWhatWasDone) {
  const History history = SearchedKeys(/*keys=*/4, /*violated=*/-1);
  for (int threads : {1, 3}) {
    CheckMonitor monitor;
    const Verdict verdict =
        CheckKeyValueInParallel(history, Budget{.monitor = &monitor}, threads);
    EXPECT_EQ(monitor.operations, history.size());
    EXPECT_EQ(monitor.states, verdict.statistics.states);
  }
}

TEST(LinearizabilityTest, AViolationCountsBesideWhatIsUndecided) {
  History history;
  for (int i = 0; i < 10; ++i) history.Invoke(i, kPut, "k", i < 5 ? "a" : "b");
  for (const char* value : {"a", "b", "a", "b", "c"}) {
    history.Return(history.Invoke(10, kGet, "k", ""), value);
  }
  history.ReturnUnobserved(history.Invoke(11, kPut, "k", "c"));
  history.Return(history.Invoke(0, kGet, "other", ""), "never written");
  EXPECT_EQ(CheckKeyValue(history, Budget{.states = 5}).outcome,
            Outcome::kViolated);
}

}  // namespace
}  // namespace reprise::checker
