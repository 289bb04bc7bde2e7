// Sweeps inside GoogleTest, for users of `bazel test`.
//
//   class LabSweep : public testing::TestWithParam<Scenario> {};
//   TEST_P(LabSweep, Holds) {
//     EXPECT_TRUE(HoldsForSeeds(GetParam(), {.seeds = 1000}));
//   }
//   INSTANTIATE_TEST_SUITE_P(Lab, LabSweep,
//                            testing::ValuesIn(LabCatalog().scenarios),
//                            [](const auto& info) {
//                              return TestName(info.param.name);
//                            });
//
// Link sim/explore/testing:sweep_main in place of gtest_main. Then
//   --test_env=REPRISE_SEEDS=FROM..TO runs these seeds and no others;
//   shard_count = N gives each shard a part of every test's seeds;
//   --runs_per_test=N gives each run seeds of its own;
//   TEST_TIMEOUT ends a sweep in time, as a failure that names the seeds left;
//   a trial runs in a process of its own; one that crashes is a failure of its
//   seed, as is one in which an assertion of GoogleTest fails;
//   a failure prints seed, evidence and the command that replays it, and leaves
//   a replay file among the test's undeclared outputs;
//   the XML has the properties seeds, seeds_planned, seeds_per_second and
//   failing_seed, or found_seed where a bug was sought.

#ifndef REPRISE_SIM_EXPLORE_TESTING_SEED_SWEEP_H_
#define REPRISE_SIM_EXPLORE_TESTING_SEED_SWEEP_H_

#include <cstdint>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/testing/test_environment.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/trace/text.h"

namespace reprise {

struct SeedSweepOptions {
  // 0..seeds-1, unless the environment names others.
  uint64_t seeds = 100;
  // Bazel runs shards in parallel; a test of its own may want more processes.
  int jobs = 1;
  // Runs the trials in the test's own process, for a debugger.
  bool in_process = false;
  // When a trial that does not suspend is given up.
  WatchOptions watch = {};
  // Bug, options and budgets; its seed is not used.
  TrialOptions trial = {};
  // As Catalog::program and Catalog::text.
  std::string program = "tools/reprise";
  TextOptions text = {};
  // Whether HoldsForSeeds() also fails where a mark that the scenario is to
  // reach (Scenario::marks) is reached by none of the test's seeds. The first
  // shard judges that for all: it goes on with the seeds of the others until
  // nothing is missed. Where REPRISE_SEEDS names the seeds, or the test runs
  // out of time, it is not judged.
  bool requires_reached = false;
  // How many of a hundred seeds HoldsForSeeds() runs a second time, in another
  // process that comes to the same call, and compares.
  int repeated_percent = 100;
  // HoldsForSeeds() shrinks its violation for so long at most, and no longer
  // than half of the time that the test has left; 0: not at all.
  double shrink_seconds = 10;
};

// Whether `scenario` holds for every seed: one violation, one undecided seed or
// one seed that there was no time for is a failure. To be called by a test,
// which may be entered once more in a second process.
testing::AssertionResult HoldsForSeeds(const Scenario& scenario,
                                       const SeedSweepOptions& options = {});

// Whether the bug is found in its scenario: some seed violates the property
// that the bug is listed with. Ends at the first such seed. Where seeds are
// sharded, the first shard seeks alone.
testing::AssertionResult FindsBug(const Catalog& catalog, const PlantedBug& bug,
                                  SeedSweepOptions options = {});

// The seeds that fall to this process.
SeedRange SeedsOfTest(uint64_t seeds, const TestEnvironment& environment);

// What HoldsForSeeds() finds under `environment`.
struct SeedSweepFindings {
  SweepResult result = {};
  uint64_t seeds_planned = 0;
  double seconds = 0;
  // Empty: everything holds.
  std::string failure = {};
};
SeedSweepFindings SweepSeeds(const Scenario& scenario,
                             const SeedSweepOptions& options,
                             const TestEnvironment& environment,
                             Determinism* determinism = nullptr);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TESTING_SEED_SWEEP_H_
