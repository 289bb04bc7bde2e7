// The checker against the definition, on many small random histories
// (test_settings.h says how to ask for more).

#include <cstdint>
#include <cstdio>

#include "gtest/gtest.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/text.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/testing/brute_force.h"
#include "reprise/checker/testing/random.h"
#include "reprise/checker/testing/random_history.h"
#include "reprise/checker/testing/test_settings.h"
#include "reprise/checker/validate.h"

namespace reprise::checker {
namespace {

TEST(AgreementTest, TheCheckerAgreesWithBruteForce) {
  uint64_t violated = 0;
  CheckStatistics total;
  const uint64_t count = HistoryCount(20'000);
  for (uint64_t seed = 0; seed < count; ++seed) {
    Random random(seed);
    const History history = RandomHistory(random);
    const Verdict verdict = CheckKeyValue(history, Budget());
    const bool holds = IsLinearizableByBruteForce(history);
    ASSERT_EQ(verdict.outcome, holds ? Outcome::kHolds : Outcome::kViolated)
        << "seed " << seed << "\n"
        << ToText(history);
    if (holds) {
      ASSERT_TRUE(IsLinearization(history, Linearize(history, Budget()).order))
          << "seed " << seed << "\n"
          << ToText(history);
    } else {
      ++violated;
      ASSERT_TRUE(IsContradiction(history, verdict.contradiction.operations))
          << "seed " << seed << "\n"
          << ToText(history);
    }
    total.segments += verdict.statistics.segments;
    total.segments_searched += verdict.statistics.segments_searched;
  }
  std::printf("%llu histories, %llu violated; %llu segments, %llu searched\n",
              static_cast<unsigned long long>(count),
              static_cast<unsigned long long>(violated),
              static_cast<unsigned long long>(total.segments),
              static_cast<unsigned long long>(total.segments_searched));
  // Both verdicts and both algorithms were at work.
  EXPECT_GT(violated, count / 10);
  EXPECT_LT(violated, count / 2);
  EXPECT_GT(total.segments_searched, count / 10);
  EXPECT_LT(total.segments_searched, total.segments / 2);
}

}  // namespace
}  // namespace reprise::checker
