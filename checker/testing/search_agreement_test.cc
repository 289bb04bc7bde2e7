// Both searches of a key, each alone and on the whole key, against the oracle,
// on many small random histories (test_settings.h says how to ask for more).

#include <cstdint>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/operations_by_key.h"
#include "reprise/checker/key_value/search.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/testing/judge.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

// Histories of one key on which a search has something to do.
History HistoryToSearch(uint64_t seed) {
  Random random(seed);
  RandomHistoryOptions options;
  options.operations = 6 + static_cast<int>(random.Below(8));
  options.clients = 2 + static_cast<int>(random.Below(4));
  options.values =
      random.Chance(1, 4) ? RandomValues::kConfusable : RandomValues::kRepeated;
  options.puts = 20 + static_cast<int>(random.Below(40));
  options.appends =
      random.Chance(1, 2) ? 0 : 10 + static_cast<int>(random.Below(30));
  options.cas =
      random.Chance(1, 3) ? 0 : 10 + static_cast<int>(random.Below(30));
  options.pending = static_cast<int>(random.Below(40));
  options.joined = random.Chance(1, 4) ? 30 : 0;
  options.wrong = 60;
  options.pauses = static_cast<int>(random.Below(10));
  return RandomHistory(random, options);
}

// The whole history as one segment, whatever path it would take.
SearchResult SearchAll(const History& history, Memory memory,
                       Strategy strategy) {
  const OperationsByKey by_key(history);
  KeyOperations key;
  by_key.Gather(0, key);
  Segment segment;
  segment.end = static_cast<uint32_t>(key.size());
  segment.base.bytes = history.initial_value();
  segment.path = Path::kSearch;
  SearchResult result =
      Search(history, key, segment, SearchLimits(), memory, strategy);
  for (uint32_t& item : result.order) item = key.ids[item];
  return result;
}

// Appends of "" and what nobody saw are left out of a search.
History WithoutLeftOut(const History& history) {
  const OperationsByKey by_key(history);
  KeyOperations key;
  by_key.Gather(0, key);
  std::vector<Selected> kept;
  for (OperationId id : key.ids) kept.push_back({id});
  return Subhistory(history, kept);
}

class EachSearchTest : public testing::TestWithParam<Strategy> {};

TEST_P(EachSearchTest, AgreesWithTheOracle) {
  const uint64_t count = HistoryCount(5000);
  uint64_t violated = 0;
  for (uint64_t seed = 0; seed < count; ++seed) {
    const History history = WithoutLeftOut(HistoryToSearch(seed));
    if (history.empty()) continue;
    const bool holds = IsLinearizable(history);
    for (Memory memory : {Memory::kHashes, Memory::kWhole}) {
      const SearchResult result = SearchAll(history, memory, GetParam());
      ASSERT_EQ(result.outcome, holds ? Outcome::kHolds : Outcome::kViolated)
          << "seed " << seed << "\n"
          << ToText(history);
      if (holds) {
        ASSERT_TRUE(IsLinearization(history, result.order))
            << "seed " << seed << "\n"
            << ToText(history);
      }
    }
    violated += !holds;
  }
  EXPECT_GT(violated, count / 10);
  EXPECT_LT(violated, count * 9 / 10);
}

// The comparison above can fail: it notices a search that drops an operation.
TEST(SearchAgreementTest, NoticesASearchThatDropsACase) {
  uint64_t too_strict = 0;
  uint64_t too_lax = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    const History history = WithoutLeftOut(HistoryToSearch(seed));
    std::vector<Selected> without_write;
    std::vector<Selected> without_read;
    for (OperationId id = 0; id < history.size(); ++id) {
      if (!history[id].IsPending()) without_write.push_back({id});
      if (history[id].IsWrite()) without_read.push_back({id});
    }
    if (without_write.empty() || without_read.empty()) continue;
    const bool holds = IsLinearizable(history);
    const auto outcome = [&](const std::vector<Selected>& part) {
      return SearchAll(Subhistory(history, part), Memory::kHashes,
                       Strategy::kGuided)
          .outcome;
    };
    too_strict += holds && outcome(without_write) == Outcome::kViolated;
    too_lax += !holds && outcome(without_read) == Outcome::kHolds;
  }
  EXPECT_GT(too_strict, 10u);
  EXPECT_GT(too_lax, 50u);
}

INSTANTIATE_TEST_SUITE_P(Searches, EachSearchTest,
                         testing::Values(Strategy::kPlain, Strategy::kGuided,
                                         Strategy::kBoth));

}  // namespace
}  // namespace reprise::checker
