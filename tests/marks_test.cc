// The marks of the project's own systems are reached by sweeps of its catalog.

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/explore/report/reached_marks.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "tests/scenarios/catalog.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::IsEmpty;
using testing::Not;

[[maybe_unused]] void NobodyCallsThis() {
  Reached("marks-test.never-reached"_mark);
}

Scenario Find(const Catalog& catalog, std::string_view name) {
  const absl::StatusOr<const Scenario*> scenario = FindScenario(catalog, name);
  EXPECT_TRUE(scenario.ok()) << scenario.status();
  return **scenario;
}

TEST(MarksTest, EachScenarioReachesItsOwn) {
  const Catalog catalog = LabCatalog();
  for (const char* name :
       {"harsh-random-keys", "swarm-random-keys", "server-restart"}) {
    const Scenario scenario = Find(catalog, name);
    const SweepResult result =
        Sweep(scenario, {.seeds = {.first = 0, .count = 300}});
    const ReachedMarks marks = FindReachedMarks({scenario.marks}, result.marks);
    EXPECT_THAT(marks.not_reached, IsEmpty()) << name;
    EXPECT_THAT(marks.reached, Not(IsEmpty())) << name;
  }
}

// Nothing is left out because no scenario names it.
TEST(MarksTest, EachMarkIsNamedByAScenario) {
  std::vector<std::vector<std::string>> to_reach;
  for (const Scenario& scenario : LabCatalog().scenarios) {
    if (scenario.sweep_seeds > 0) to_reach.push_back(scenario.marks);
  }
  const std::vector<std::string> named =
      FindReachedMarks(to_reach, {}).not_reached;
  for (const Mark* mark : Marks()) {
    const std::string name(mark->name());
    if (!mark->IsToBeReached() || name.starts_with("marks-test.")) continue;
    EXPECT_THAT(named, Contains(name));
  }
}

TEST(MarksTest, AMarkThatIsNotReachedIsMissed) {
  const SweepResult result =
      Sweep(Find(LabCatalog(), "lab-basic"), {.seeds = {.count = 2}});
  EXPECT_THAT(FindReachedMarks({{"marks-test."}}, result.marks).not_reached,
              Contains("marks-test.never-reached"));
}

}  // namespace
}  // namespace reprise
