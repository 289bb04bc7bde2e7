#include "reprise/checker/linearizability.h"

#include <cstdint>
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
