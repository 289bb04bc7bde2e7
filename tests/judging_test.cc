// How the scenarios' histories are judged: without a search where values
// identify their writes, and while they happen.

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/recorder/key_value_recording.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "tests/scenarios/catalog.h"
#include "tests/small_trial.h"

namespace reprise {
namespace {

// How many of a hundred segments may need a search.
uint64_t PercentSearched(const std::string& scenario) {
  // Its values are short, often the same and now and then empty.
  if (scenario == "harsh-binary-keys") return 50;
  // Here the items of an iteration repeat those of the one before, which may
  // have left one of them in its key.
  if (scenario == "lab-random-keys" || scenario == "harsh-random-keys") {
    return 5;
  }
  return 0;
}

// Null where the trial recorded a history of another model, or none.
const checker::KeyValueRecording* KeyValues(const TrialArena& arena) {
  if (arena.recordings().empty()) return nullptr;
  return dynamic_cast<const checker::KeyValueRecording*>(
      arena.recordings().front());
}

class JudgingTest : public testing::TestWithParam<Scenario> {};

TEST_P(JudgingTest, SearchesOnlyWhereValuesRepeat) {
  TrialArena arena;
  checker::CheckStatistics sum;
  for (uint64_t seed = 0; seed < 4; ++seed) {
    const TrialOptions options = SmallTrial(Seed(seed));
    Trial trial(options, arena);
    GetParam().run(trial);
    const checker::KeyValueRecording* recording = KeyValues(arena);
    if (recording == nullptr) continue;
    sum += checker::CheckKeyValue(recording->history(), {}).statistics;
  }
  RecordProperty("segments", std::to_string(sum.segments));
  RecordProperty("segments_searched", std::to_string(sum.segments_searched));
  RecordProperty("keys_searched", std::to_string(sum.keys_searched));
  EXPECT_LE(100 * sum.segments_searched,
            PercentSearched(GetParam().name) * sum.segments);
}

std::string TestName(const testing::TestParamInfo<Scenario>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Catalog, JudgingTest,
                         testing::ValuesIn(LabCatalog().scenarios), TestName);

// A bug that breaks linearizability ends its trial when a client sees it.
TEST(EarlyEndTest, AViolatingTrialEndsAtTheFirstIllegalResponse) {
  const Catalog catalog = LabCatalog();
  int ended_early = 0;
  for (const PlantedBug& bug : catalog.bugs) {
    if (bug.property != "linearizability") continue;
    TrialArena arena;  // In which there is nothing of other models.
    const absl::StatusOr<const Scenario*> scenario =
        FindScenario(catalog, bug.scenario);
    ASSERT_TRUE(scenario.ok()) << scenario.status();
    TrialOptions options = {.seed = Seed(0), .bug = bug.name};
    TrialResult found = RunTrial(**scenario, options, arena);
    for (uint64_t seed = 1;
         found.verdict.kind != VerdictKind::kViolated && seed < 10'000;
         ++seed) {
      options.seed = Seed(seed);
      found = RunTrial(**scenario, options, arena);
    }
    ASSERT_EQ(found.verdict.kind, VerdictKind::kViolated) << bug.name;
    // Histories of other models are judged at the end.
    if (KeyValues(arena) == nullptr) continue;
    if (found.verdict.message.find("the trial ended at") == std::string::npos) {
      // Where values repeat, some violations show only in the whole history.
      EXPECT_GT(PercentSearched(bug.scenario), 0u) << found.verdict.message;
      continue;
    }
    ++ended_early;
    options.bug.clear();
    const TrialResult right = RunTrial(**scenario, options, arena);
    EXPECT_LT(found.virtual_time, right.virtual_time) << bug.name;
    EXPECT_LT(found.operations, right.operations) << bug.name;
  }
  EXPECT_GE(ended_early, 3);
}

}  // namespace
}  // namespace reprise
