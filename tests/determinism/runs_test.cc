// The same result for a seed wherever and however often it runs in a process.

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "tests/determinism/leaks.h"
#include "tests/scenarios/catalog.h"
#include "tests/small_trial.h"

namespace reprise {
namespace {

// Small, and with a crowd that is smaller still: each is run many times.
TrialOptions RepeatedTrial(Seed seed) {
  TrialOptions options = SmallTrial(seed);
  for (OptionValue& option : options.options) {
    if (option.name == "crowd") option.value = 100;
  }
  return options;
}

void ExpectAlike(const TrialResult& a, const TrialResult& b) {
  EXPECT_EQ(a.seed, b.seed);
  EXPECT_EQ(a.digest, b.digest) << "seed " << a.seed.value();
  EXPECT_EQ(a.events, b.events);
  EXPECT_EQ(a.virtual_time, b.virtual_time);
  EXPECT_EQ(a.operations, b.operations);
  EXPECT_EQ(a.held_bytes, b.held_bytes);
  EXPECT_TRUE(a.verdict == b.verdict) << a.verdict.message << "\n"
                                      << b.verdict.message;
}

class RunsTest : public testing::TestWithParam<Scenario> {};

TEST_P(RunsTest, ATrialRepeatsItself) {
  const TrialOptions options = RepeatedTrial(Seed(3));
  const TrialResult first = RunTrial(GetParam(), options);
  ExpectAlike(first, RunTrial(GetParam(), options));
  EXPECT_NE(first.digest, RunTrial(GetParam(), RepeatedTrial(Seed(4))).digest);
}

TEST_P(RunsTest, ATrialIsAlikeAfterAnyOthers) {
  constexpr uint64_t kSeeds = 3;
  std::vector<TrialResult> alone;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    alone.push_back(RunTrial(GetParam(), RepeatedTrial(Seed(seed))));
  }
  TrialArena shared;
  for (uint64_t seed = 0; seed < kSeeds; ++seed) {
    ExpectAlike(alone[seed],
                RunTrial(GetParam(), RepeatedTrial(Seed(seed)), shared));
  }
  for (uint64_t seed = kSeeds; seed-- > 0;) {
    ExpectAlike(alone[seed],
                RunTrial(GetParam(), RepeatedTrial(Seed(seed)), shared));
  }
}

// A sweep tells the digests of violations only: every trial becomes one.
TEST_P(RunsTest, ATrialIsAlikeInASweepWithAnyJobs) {
  const Scenario told{.name = GetParam().name, .run = [](Trial& trial) {
                        GetParam().run(trial);
                        trial.Violate("told", "whatever its verdict");
                      }};
  SweepOptions options{.seeds = {.first = 5, .count = 3},
                       .trial = RepeatedTrial(Seed(0))};
  const SweepResult one = Sweep(told, options);
  ASSERT_EQ(one.violated.size(), 3u);
  for (const int jobs : {2, 8}) {
    options.jobs = jobs;
    const SweepResult many = Sweep(told, options);
    ASSERT_EQ(many.violated.size(), one.violated.size()) << jobs;
    for (size_t i = 0; i < one.violated.size(); ++i) {
      ExpectAlike(one.violated[i], many.violated[i]);
    }
  }
  // From another seed on, each is at another place.
  options.seeds = {.first = 7, .count = 1};
  const SweepResult later = Sweep(told, options);
  ASSERT_EQ(later.violated.size(), 1u);
  ExpectAlike(one.violated[2], later.violated[0]);
}

TEST_P(RunsTest, WatchingChangesNothing) {
  class Watcher : public TraceSink {
    void OnEvent(const TraceEvent&, std::string_view) override { ++events; }

   public:
    uint64_t events = 0;
  };
  TrialOptions options = RepeatedTrial(Seed(3));
  const TrialResult unwatched = RunTrial(GetParam(), options);
  Watcher watcher;
  options.sink = &watcher;
  options.record_decisions = true;
  ExpectAlike(unwatched, RunTrial(GetParam(), options));
  EXPECT_EQ(watcher.events, unwatched.events);
}

std::string TestName(const testing::TestParamInfo<Scenario>& info) {
  std::string name = info.param.name;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
}

// The canary's world is the same for every seed.
std::vector<Scenario> SeededScenarios() {
  std::vector<Scenario> scenarios = LabCatalog().scenarios;
  std::erase_if(scenarios,
                [](const Scenario& s) { return s.name == "canary"; });
  return scenarios;
}

INSTANTIATE_TEST_SUITE_P(Scenarios, RunsTest,
                         testing::ValuesIn(SeededScenarios()), TestName);

// A bug makes trials fail, and failures are what a sweep tells one by one.
TEST(SweepDeterminismTest, JobsChangeNothing) {
  const Catalog catalog = LabCatalog();
  const absl::StatusOr<const Scenario*> scenario =
      FindScenario(catalog, "lab-random-keys");
  ASSERT_TRUE(scenario.ok());
  SweepOptions options{.seeds = {.first = 10, .count = 100},
                       .trial = {.bug = "put-not-deduplicated"}};
  const SweepResult one = Sweep(**scenario, options);
  ASSERT_GT(one.violated.size(), 10u);
  for (int jobs = 2; jobs <= 8; ++jobs) {
    options.jobs = jobs;
    const SweepResult many = Sweep(**scenario, options);
    EXPECT_TRUE(many.totals == one.totals) << jobs;
    ASSERT_EQ(many.violated.size(), one.violated.size()) << jobs;
    for (size_t i = 0; i < one.violated.size(); ++i) {
      ExpectAlike(one.violated[i], many.violated[i]);
    }
  }
  for (const TrialResult& violated : one.violated) {
    TrialOptions alone = options.trial;
    alone.seed = violated.seed;
    ExpectAlike(violated, RunTrial(**scenario, alone));
  }
}

// The clock moves on between two runs of one process.
TEST(LeakTest, AWallClockIsCaughtInOneProcess) {
  const Scenario leaky = LeakyScenarios().front();
  const uint64_t digest = RunTrial(leaky, RepeatedTrial(Seed(3))).digest;
  int alike = 0;
  for (int i = 0; i < 10; ++i) {
    if (RunTrial(leaky, RepeatedTrial(Seed(3))).digest == digest) ++alike;
  }
  EXPECT_LT(alike, 10);
}

}  // namespace
}  // namespace reprise
