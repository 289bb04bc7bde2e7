// tidy: allow-file(environment) It is how Bazel speaks to a test.

#include "reprise/sim/explore/testing/test_environment.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/sweep/seed_range.h"

namespace reprise {
namespace {

constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max();

std::optional<std::string> Variable(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr) return std::nullopt;
  return value;
}

// Leaves `number` as it is where the variable is not set.
absl::Status ReadNumber(const char* name, uint64_t minimum, uint64_t& number) {
  const std::optional<std::string> text = Variable(name);
  if (!text) return absl::OkStatus();
  const absl::StatusOr<uint64_t> value =
      ParseNumber(name, *text, minimum, kLargest);
  if (value.ok()) number = *value;
  return value.status();
}

// Since the first call.
double SecondsOfProcess() {
  static const Stopwatch stopwatch;
  return stopwatch.Seconds();
}

// What a test leaves of its time for printing and for its last trial.
double UsableSeconds(double timeout) {
  return timeout - std::max(2.0, timeout / 10);
}

absl::Status ReadShards(TestEnvironment& environment) {
  // GoogleTest deals out whole tests itself, unless BeginSweepTests() was
  // called.
  if (Variable("GTEST_TOTAL_SHARDS")) return absl::OkStatus();
  absl::Status status =
      ReadNumber("TEST_TOTAL_SHARDS", 0, environment.shard_total);
  if (status.ok()) {
    status = ReadNumber("TEST_SHARD_INDEX", 0, environment.shard_index);
  }
  if (environment.shard_total == 0) environment.shard_total = 1;
  if (status.ok() && environment.shard_index >= environment.shard_total) {
    return absl::InvalidArgumentError(
        "TEST_SHARD_INDEX is not below TEST_TOTAL_SHARDS.");
  }
  return status;
}

absl::Status ReadSeeds(TestEnvironment& environment) {
  const std::optional<std::string> text = Variable("REPRISE_SEEDS");
  if (!text) return absl::OkStatus();
  std::string_view share = *text;
  if (share.ends_with('%')) {
    share.remove_suffix(1);
    const absl::StatusOr<uint64_t> percent =
        ParseNumber("a share of REPRISE_SEEDS", share, 1, 100);
    if (percent.ok()) environment.percent = *percent;
    return percent.status();
  }
  const absl::StatusOr<SeedRange> range = ParseSeeds(*text);
  if (range.ok()) environment.seeds = *range;
  return range.status();
}

}  // namespace

absl::StatusOr<TestEnvironment> ReadTestEnvironment() {
  TestEnvironment environment;
  absl::Status status = ReadSeeds(environment);
  if (status.ok()) status = ReadShards(environment);
  if (status.ok()) {
    // Bazel writes the number of a run into one or the other.
    status = ReadNumber("TEST_RANDOM_SEED", 1, environment.run_number);
  }
  if (status.ok()) {
    status = ReadNumber("TEST_RUN_NUMBER", 1, environment.run_number);
  }
  uint64_t timeout = 0;
  if (status.ok()) status = ReadNumber("TEST_TIMEOUT", 0, timeout);
  if (!status.ok()) return status;
  if (timeout > 0) {
    environment.seconds_left =
        UsableSeconds(static_cast<double>(timeout)) - SecondsOfProcess();
  }
  environment.outputs_folder =
      Variable("TEST_UNDECLARED_OUTPUTS_DIR").value_or("");
  return environment;
}

void BeginSweepTests() {
  SecondsOfProcess();
  if (const auto path = Variable("TEST_SHARD_STATUS_FILE"); path) {
    std::ofstream touched(*path, std::ios::app);
  }
  for (const char* name :
       {"GTEST_TOTAL_SHARDS", "GTEST_SHARD_INDEX", "GTEST_SHARD_STATUS_FILE"}) {
    unsetenv(name);
  }
}

}  // namespace reprise
