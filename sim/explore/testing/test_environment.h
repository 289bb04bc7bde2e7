// What Bazel tells a test program, as far as sweeps need it.
//
//   TestEnvironment environment = ReadTestEnvironment();

#ifndef REPRISE_SIM_EXPLORE_TESTING_TEST_ENVIRONMENT_H_
#define REPRISE_SIM_EXPLORE_TESTING_TEST_ENVIRONMENT_H_

#include <cstdint>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/sim/explore/sweep/seed_range.h"

namespace reprise {

struct TestEnvironment {
  // From --test_env=REPRISE_SEEDS=FROM..TO or COUNT: these and no others.
  std::optional<SeedRange> seeds = {};
  // From --test_env=REPRISE_SEEDS=25%: so many in a hundred of a sweep's own
  // seeds, where it has a hundred or more.
  uint64_t percent = 100;
  // The part of the seeds that falls to this process.
  uint64_t shard_index = 0;
  uint64_t shard_total = 1;
  // 1, 2, ... with --runs_per_test.
  uint64_t run_number = 1;
  // Where files for people go; may be empty.
  std::string outputs_folder = {};
  // Until the test has to end; counted from now.
  std::optional<double> seconds_left = {};
};

// InvalidArgument for a variable that cannot be understood.
absl::StatusOr<TestEnvironment> ReadTestEnvironment();

// Starts the clock that TEST_TIMEOUT is measured by, touches the status file of
// the shard protocol and takes the sharding away from GoogleTest, so that every
// shard runs every test on its own part of the seeds. Call first in main().
void BeginSweepTests();

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TESTING_TEST_ENVIRONMENT_H_
