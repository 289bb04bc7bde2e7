#include "reprise/checker/key_value/search.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/operations_by_key.h"
#include "reprise/checker/key_value/search_states.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/testing/random.h"

namespace reprise::checker {
namespace {

// Compare-and-sets of few values, all at once, and one who reads how the value
// changes, until it cannot have changed like that any more.
History Violated(int writes) {
  constexpr int kValues = 5;
  Random random(7);
  History history;
  std::vector<OperationId> cas;
  history.ReturnUnobserved(history.Invoke(0, OperationKind::kPut, "k", "0"));
  for (int i = 1; i <= writes; ++i) {
    const uint64_t from = random.Below(kValues);
    const uint64_t to = (from + 1 + random.Below(kValues - 1)) % kValues;
    cas.push_back(
        history.InvokeCas(i, "k", std::to_string(from), std::to_string(to)));
    // So that no value is expected more often than it is written.
    history.Invoke(writes + i, OperationKind::kPut, "k", std::to_string(from));
  }
  for (int i = 0; i < writes / 2; ++i) {
    history.Return(history.Invoke(0, OperationKind::kGet, "k", ""),
                   std::to_string(i * i % kValues));
  }
  for (OperationId id : cas) history.ReturnUnobserved(id);
  for (int value : {0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4}) {
    history.Return(history.Invoke(0, OperationKind::kGet, "k", ""),
                   std::to_string(value));
  }
  return history;
}

SearchResult SearchAll(const History& history, const SearchLimits& limits,
                       Strategy strategy = Strategy::kBoth,
                       Memory memory = Memory::kHashes) {
  const OperationsByKey by_key(history);
  KeyOperations key;
  by_key.Gather(0, key);
  Segment segment;
  segment.end = static_cast<uint32_t>(key.size());
  segment.path = Path::kSearch;
  return Search(history, key, segment, limits, memory, strategy);
}

TEST(SearchTest, WhoeverEndsFirstDecides) {
  const SearchResult result = SearchAll(Violated(4), SearchLimits());
  EXPECT_EQ(result.outcome, Outcome::kViolated);
  EXPECT_NE(result.decided_by, Strategy::kBoth);
}

TEST(SearchTest, EndsAtItsStates) {
  for (Strategy strategy :
       {Strategy::kBoth, Strategy::kPlain, Strategy::kGuided}) {
    for (uint64_t states : {0, 1, 7, 100}) {
      const SearchResult result =
          SearchAll(Violated(24), {.states = states}, strategy);
      EXPECT_EQ(result.outcome, Outcome::kUndecided);
      EXPECT_EQ(result.spent, Resource::kStates);
      EXPECT_EQ(result.states, states);
    }
  }
}

TEST(SearchTest, ThePlainSearchKeepsToItsShare) {
  const SearchResult result =
      SearchAll(Violated(24), {.states = 50'000, .plain_states = 1000});
  EXPECT_EQ(result.plain_states, 1000u);
  EXPECT_EQ(result.states, 50'000u);
}

TEST(SearchTest, EndsAtItsBytes) {
  const SearchResult result = SearchAll(Violated(24), {.bytes = 1 << 20});
  EXPECT_EQ(result.outcome, Outcome::kUndecided);
  EXPECT_EQ(result.spent, Resource::kBytes);
  EXPECT_GT(result.bytes, uint64_t{1} << 20);
  EXPECT_LT(result.bytes, uint64_t{1} << 23);
}

TEST(SearchTest, EndsWhenItIsStoppedAndSaysWhatItDid) {
  CheckMonitor monitor;
  const SearchResult some =
      SearchAll(Violated(24), {.states = 1000, .monitor = &monitor});
  EXPECT_EQ(monitor.states, some.states);
  monitor.stop = true;
  const SearchResult none = SearchAll(Violated(24), {.monitor = &monitor});
  EXPECT_EQ(none.outcome, Outcome::kUndecided);
  EXPECT_EQ(none.spent, Resource::kStopped);
  EXPECT_EQ(none.states, 0u);
}

TEST(SearchTest, IsTheSameEachTime) {
  const SearchLimits limits{.states = 40'000, .plain_states = 20'000};
  const SearchResult first = SearchAll(Violated(24), limits);
  const SearchResult second = SearchAll(Violated(24), limits);
  EXPECT_EQ(first.order, second.order);
  EXPECT_EQ(first.plain_states, second.plain_states);
  EXPECT_EQ(first.bytes, second.bytes);
}

// The plain search goes through all orders of the two values' writes; the
// guided one sees that a value is expected more often than it is written.
TEST(SearchTest, TheGuidedSearchCountsWhatIsExpected) {
  History history;
  std::vector<OperationId> cas;
  for (int i = 0; i < 16; ++i) {
    cas.push_back(history.InvokeCas(i, "k", i % 2 == 0 ? "a" : "b",
                                    i % 2 == 0 ? "b" : "c"));
  }
  for (int i = 16; i < 20; ++i)
    history.Invoke(i, OperationKind::kPut, "k", "a");
  for (OperationId id : cas) history.ReturnUnobserved(id);
  const SearchResult result =
      SearchAll(history, SearchLimits(), Strategy::kGuided);
  EXPECT_EQ(result.outcome, Outcome::kViolated);
  EXPECT_LE(result.states, 1u);
}

// Writes that nobody need see stay to spare: which of them came first need not
// be tried.
TEST(SearchTest, UnseenWritesCostTheGuidedSearchLittle) {
  History history;
  std::vector<OperationId> puts;
  for (int i = 0; i < 20; ++i) {
    puts.push_back(
        history.Invoke(i, OperationKind::kPut, "k", std::to_string(i % 10)));
  }
  for (OperationId id : puts) history.ReturnUnobserved(id);
  for (int i = 0; i < 20; ++i) {
    history.Return(history.Invoke(20, OperationKind::kGet, "k", ""), "9");
  }
  history.Return(history.Invoke(20, OperationKind::kGet, "k", ""), "8");
  const SearchResult result =
      SearchAll(history, SearchLimits(), Strategy::kGuided);
  EXPECT_EQ(result.outcome, Outcome::kViolated);
  EXPECT_LT(result.states, 200u);
}

}  // namespace
}  // namespace reprise::checker
