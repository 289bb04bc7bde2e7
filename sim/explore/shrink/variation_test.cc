#include "reprise/sim/explore/shrink/variation.h"

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/shrink/shrink_units.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

// Of each of three clients, `count` operations.
std::vector<BegunOperation> Operations(int64_t count) {
  std::vector<BegunOperation> operations;
  for (int client = 0; client < 3; ++client) {
    for (int64_t i = 0; i < count; ++i) {
      operations.push_back({client, i, VirtualTime() + Milliseconds(7 * i)});
    }
  }
  return operations;
}

ShrinkState SmallTrial() {
  ShrinkState state;
  state.timeline = {
      .seed = Seed(3),
      .edits = {.base = Base::kCalm,
                .schedule = {{"a", "crash", 1, 5}, {"b", "crash", 2, 5}}}};
  state.trial.operations = Operations(2);
  return state;
}

std::set<std::string> EntitiesOf(const Timeline& timeline,
                                 const std::string& purpose) {
  std::set<std::string> entities;
  for (const Decision& decision : timeline.edits.schedule) {
    if (decision.purpose == purpose) entities.insert(decision.entity);
  }
  return entities;
}

TEST(VariationTest, LeavesAtMostTwoClients) {
  const ShrinkState state = SmallTrial();
  for (uint64_t number = 0; number < 100; ++number) {
    const Timeline varied = VariationOf(state, Operations(40), number);
    const Timeline fresh = FreshTrialOf(state, number);
    EXPECT_GE(EntitiesOf(varied, "client-left-out").size(), 1u);
    EXPECT_GE(EntitiesOf(fresh, "client-left-out").size(), 1u);
    EXPECT_LE(EntitiesOf(fresh, "operations").size(), 2u);
  }
}

TEST(VariationTest, IsAFunctionOfItsNumber) {
  const ShrinkState state = SmallTrial();
  std::set<Schedule> schedules;
  for (uint64_t number = 0; number < 100; ++number) {
    const Timeline varied = VariationOf(state, Operations(40), number);
    EXPECT_EQ(varied, VariationOf(state, Operations(40), number));
    EXPECT_EQ(FreshTrialOf(state, number), FreshTrialOf(state, number));
    schedules.insert(varied.edits.schedule);
  }
  EXPECT_GT(schedules.size(), 90u);
}

// Otherwise the two would add up.
TEST(VariationTest, HasFaultsOfItsOwnOrOfAnotherSeed) {
  const ShrinkState state = SmallTrial();
  uint64_t of_its_own = 0;
  for (uint64_t number = 0; number < 100; ++number) {
    const Timeline varied = VariationOf(state, Operations(40), number);
    const size_t crashes = EntitiesOf(varied, "crash").size();
    EXPECT_EQ(crashes, varied.edits.reseeds.empty() ? 1u : 0u);
    of_its_own += crashes;
  }
  EXPECT_GT(of_its_own, 10u);
  EXPECT_LT(of_its_own, 50u);
}

}  // namespace
}  // namespace reprise
