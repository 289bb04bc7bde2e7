#include "reprise/checker/models/fenced_lease.h"

#include <cstdint>

#include "gtest/gtest.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/check_model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/testing/lease_history.h"
#include "reprise/checker/testing/named_lease.h"

namespace reprise::checker {
namespace {

TEST(FencedLeaseTest, AServiceWhoseLeasesExpireUnseenIsRight) {
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const auto history = SimulateLease({.seed = seed});
    EXPECT_EQ(CheckModel(history, Budget()).verdict.outcome, Outcome::kHolds)
        << "seed " << seed;
  }
}

TEST(FencedLeaseTest, FindsATokenThatIsGrantedTwice) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const auto history =
        SimulateLease({.bug = LeaseBug::kGrantsTwice, .seed = seed});
    const ModelVerdict found = CheckModel(history, Budget());
    EXPECT_EQ(found.verdict.outcome, Outcome::kViolated) << "seed " << seed;
    EXPECT_EQ(found.explanation.operations.size(), 2u) << "seed " << seed;
  }
}

TEST(FencedLeaseTest, FindsAnOldTokenThatIsAccepted) {
  for (uint64_t seed = 0; seed < 50; ++seed) {
    const auto history =
        SimulateLease({.bug = LeaseBug::kTakesOld, .seed = seed});
    const ModelVerdict found = CheckModel(history, Budget());
    EXPECT_EQ(found.verdict.outcome, Outcome::kViolated) << "seed " << seed;
    EXPECT_EQ(found.explanation.operations.size(), 2u) << "seed " << seed;
  }
}

// A user's model, which has no check of its own, decides as well.
TEST(FencedLeaseTest, AModelThatNamesItsHolderIsDecidedInFewStates) {
  for (const LeaseBug bug :
       {LeaseBug::kNone, LeaseBug::kGrantsTwice, LeaseBug::kTakesOld}) {
    for (uint64_t seed = 1; seed < 4; ++seed) {
      const auto history = SimulateLease({.bug = bug, .seed = seed});
      const ModelVerdict found = CheckModel(AsNamedLease(history), Budget());
      EXPECT_EQ(found.verdict.outcome,
                bug == LeaseBug::kNone ? Outcome::kHolds : Outcome::kViolated);
      EXPECT_LT(found.verdict.statistics.states, 1'000'000u);
    }
  }
}

}  // namespace
}  // namespace reprise::checker
