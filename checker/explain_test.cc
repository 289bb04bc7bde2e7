#include "reprise/checker/explain.h"

#include <cstdint>
#include <numeric>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/minimise.h"
#include "reprise/checker/testing/judge.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

constexpr OperationKind kGet = OperationKind::kGet;
constexpr OperationKind kPut = OperationKind::kPut;
constexpr OperationKind kAppend = OperationKind::kAppend;

std::string SentenceOf(const History& history) {
  return CheckKeyValue(history, Budget()).contradiction.sentence;
}

TEST(SentenceTest, NamesWhatReplacedAStaleValue) {
  History history;
  history.ReturnUnobserved(history.Invoke(1, kPut, "2", "x 1 4 y"));
  history.ReturnUnobserved(history.Invoke(0, kPut, "2", "x 0 7 y"));
  history.Return(history.Invoke(3, kGet, "2", ""), "x 1 4 y");
  EXPECT_EQ(
      SentenceOf(history),
      "key \"2\": client 3 read \"x 1 4 y\" although client 0 had already "
      "replaced it by \"x 0 7 y\"");
}

TEST(SentenceTest, NamesAValueThatNobodyWrote) {
  History history;
  history.Return(history.Invoke(3, kGet, "2", ""), "x");
  EXPECT_EQ(SentenceOf(history),
            "key \"2\": client 3 read \"x\", which no order of the writes "
            "produces");
}

TEST(SentenceTest, NamesAReadThatWentBack) {
  History history;
  history.ReturnUnobserved(history.Invoke(1, kAppend, "k", "a;"));
  history.Return(history.Invoke(2, kGet, "k", ""), "a;");
  history.Return(history.Invoke(3, kGet, "k", ""), "");
  EXPECT_EQ(SentenceOf(history),
            "key \"k\": client 3 read \"\" although client 1 had already "
            "appended \"a;\"");
}

TEST(SentenceTest, NamesAnAppendThatIsMissing) {
  History history;
  history.ReturnUnobserved(history.Invoke(0, kPut, "k", "p;"));
  history.Return(history.Invoke(2, kGet, "k", ""), "p;");
  history.ReturnUnobserved(history.Invoke(1, kAppend, "k", "a;"));
  history.Return(history.Invoke(3, kGet, "k", ""), "p;");
  EXPECT_EQ(SentenceOf(history),
            "key \"k\": client 3 read \"p;\" although client 1 had already "
            "appended \"a;\"");
}

TEST(SentenceTest, NamesReadsThatFork) {
  History history;
  history.Invoke(0, kAppend, "k", "a;");
  history.Invoke(1, kAppend, "k", "b;");
  history.Return(history.Invoke(2, kGet, "k", ""), "a;");
  history.Return(history.Invoke(3, kGet, "k", ""), "b;");
  EXPECT_EQ(
      SentenceOf(history),
      "key \"k\": client 3 read \"b;\" and client 2 read \"a;\", of which "
      "neither continues the other");
}

// Much that does not matter, before and after one stale read.
TEST(ExplainTest, ShowsTheFirstIllegalResponseAndFewOperations) {
  History history;
  for (int i = 0; i < 50; ++i) {
    history.ReturnUnobserved(history.Invoke(0, kPut, i % 2 ? "k" : "other",
                                            std::to_string(i) + ";"));
    history.Return(history.Invoke(1, kGet, i % 2 ? "k" : "other", ""),
                   std::to_string(i) + ";");
  }
  const OperationId stale = history.Invoke(2, kGet, "k", "");
  history.Return(stale, "41;");
  for (int i = 0; i < 50; ++i) {
    history.Return(history.Invoke(1, kGet, "k", ""), "41;");
  }

  const Explanation why =
      Explain(history, CheckKeyValue(history, Budget()), Budget());

  EXPECT_EQ(why.first_illegal, stale);
  EXPECT_EQ(why.event, history[stale].ret);
  EXPECT_LE(why.operations.size(), 3u);
  EXPECT_NE(why.timeline.find("client 2    Get(\"k\") = \"41;\""),
            std::string::npos)
      << why.timeline;
}

TEST(ExplainTest, DrawsIntervals) {
  History history;
  const OperationId put = history.Invoke(0, kPut, "k", "a");
  history.Return(history.Invoke(1, kGet, "k", ""), "b");
  history.ReturnUnobserved(put);
  history.Invoke(2, kPut, "k", "c");
  EXPECT_EQ(Timeline(history, {{0}, {1}, {2}}),
            "client 0    Put(\"k\", \"a\")   |--------|\n"
            "client 1    Get(\"k\") = \"b\"     |--|\n"
            "client 2    Put(\"k\", \"c\")               |-->\n");
}

TEST(ExplainTest, EveryExplanationIsIllegalAndMinimal) {
  const uint64_t count = HistoryCount(3000);
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    const History history = RandomHistory(random);
    const Verdict verdict = CheckKeyValue(history, Budget());
    if (verdict.outcome != Outcome::kViolated) continue;
    SCOPED_TRACE(ToText(history));
    const Explanation why = Explain(history, verdict, Budget());
    const EventIndex end = why.event;
    ASSERT_TRUE(IsLinearizable(PrefixOf(history, end)));
    const History prefix = PrefixOf(history, end + 1);
    std::vector<Selected> few;
    for (const Selected& each : why.operations) {
      ASSERT_LT(each.id, prefix.size());
      few.push_back(each);
    }
    ASSERT_FALSE(IsLinearizable(Subhistory(prefix, few)));
    for (const std::vector<Selected>& fewer : SoundRemovals(prefix, few)) {
      ASSERT_TRUE(IsLinearizable(Subhistory(prefix, fewer)));
    }
  }
}

// Reads of two values that change places more often than they were written.
History ManyChanges(int writes) {
  History history;
  for (int i = 0; i < writes; ++i) {
    history.Invoke(i, kPut, "k", i % 2 == 0 ? "a" : "b");
  }
  for (int i = 0; i <= writes; ++i) {
    history.Return(history.Invoke(writes, kGet, "k", ""),
                   i % 2 == 0 ? "a" : "b");
  }
  return history;
}

TEST(ExplainTest, ABudgetCutsItShortAndItSaysSo) {
  const History history = ManyChanges(10);
  const Verdict verdict = CheckKeyValue(history, Budget());
  ASSERT_EQ(verdict.outcome, Outcome::kViolated);
  const Explanation whole = Explain(history, verdict, Budget());
  EXPECT_TRUE(whole.is_minimal);
  for (uint64_t total : {0, 100, 1000, 4000}) {
    CheckMonitor monitor;
    const Explanation why = Explain(
        history, verdict, Budget{.total_states = total, .monitor = &monitor});
    EXPECT_LE(monitor.states, total);
    EXPECT_FALSE(IsLinearizable(Subhistory(history, why.operations)));
    EXPECT_GE(why.operations.size(), whole.operations.size());
    EXPECT_EQ(why.timeline.find("cut short") == std::string::npos,
              why.is_minimal);
    if (total == 0) {
      EXPECT_FALSE(why.is_minimal);
    }
  }
}

TEST(ExplainTest, StopsWhenItIsTold) {
  const History history = ManyChanges(10);
  const Verdict verdict = CheckKeyValue(history, Budget());
  CheckMonitor monitor;
  monitor.stop = true;
  const Explanation why =
      Explain(history, verdict, Budget{.monitor = &monitor});
  EXPECT_FALSE(why.is_minimal);
  EXPECT_EQ(monitor.states, 0u);
  EXPECT_FALSE(IsLinearizable(Subhistory(history, why.operations)));
}

TEST(ExplainTest, DoesNotCountAsProgress) {
  const History history = ManyChanges(4);
  const Verdict verdict = CheckKeyValue(history, Budget());
  CheckMonitor monitor;
  Explain(history, verdict, Budget{.monitor = &monitor});
  EXPECT_EQ(monitor.operations, 0u);
  EXPECT_GT(monitor.states, 0u);
}

// What may be left out never makes a legal history illegal.
TEST(MinimiseTest, SoundRemovalsKeepLegalHistoriesLegal) {
  const uint64_t count = HistoryCount(10'000);
  uint64_t removals = 0;
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    const History history = RandomHistory(random);
    if (!IsLinearizable(history)) continue;
    std::vector<Selected> all(history.size());
    for (OperationId id = 0; id < history.size(); ++id) all[id].id = id;
    for (const std::vector<Selected>& rest : SoundRemovals(history, all)) {
      ++removals;
      ASSERT_TRUE(IsLinearizable(Subhistory(history, rest)))
          << "seed " << seed << "\n"
          << ToText(history);
    }
  }
  EXPECT_GT(removals, count);
}

}  // namespace
}  // namespace reprise::checker
