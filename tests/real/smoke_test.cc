// The everyday test of what the drills test at length: `kv serve` under the
// load of `kv load`, with one kill -9, and the verdict on what was seen.

#include <gtest/gtest.h>

#include "tests/real/drill.h"
#include "tests/real/finding.h"
#include "tests/real/kills.h"
#include "tests/real/kv_server.h"
#include "tests/real/testing.h"

namespace reprise {
namespace {

TEST(SmokeTest, NothingIsLostByAKill) {
  const Finding finding = RunKills({.program = ProgramAt("tools/kv_main"),
                                    .folder = EmptyFolder("smoke"),
                                    .seed = SeedOfRun(),
                                    .rounds = 1,
                                    .storage = Storage::kUnsyncedDisk});

  EXPECT_TRUE(finding.result == DrillResult::kHolds)
      << finding.property << ": " << finding.text;
  EXPECT_GT(finding.operations, 0u);
}

}  // namespace
}  // namespace reprise
