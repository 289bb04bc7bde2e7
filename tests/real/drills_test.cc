// The right server holds in every drill.

#include "tests/real/drills.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <ostream>

#include "tests/real/drill.h"
#include "tests/real/finding.h"
#include "tests/real/testing.h"

namespace reprise {

void PrintTo(const Drill& drill, std::ostream* out) { *out << drill.name; }

namespace {

class DrillTest : public testing::TestWithParam<Drill> {};

TEST_P(DrillTest, FindsNothingWrong) {
  const Drill& drill = GetParam();
  const DrillOptions options = {.program = ProgramAt("tools/kv_main"),
                                .folder = EmptyFolder(drill.name),
                                .seed = SeedOfRun(),
                                .rounds = drill.rounds,
                                .storage = drill.storage};

  const Finding finding = drill.run(options);

  if (finding.result == DrillResult::kSkipped) GTEST_SKIP() << finding.text;
  EXPECT_TRUE(finding.result == DrillResult::kHolds)
      << finding.property << ": " << finding.text << "\n"
      << options.folder << " has the history and what the processes said";
  // Otherwise nothing was tested.
  EXPECT_GT(finding.operations, static_cast<uint64_t>(20 * drill.rounds));
  std::printf("%d rounds, %d operations, %d requests sent again\n",
              drill.rounds, static_cast<int>(finding.operations),
              static_cast<int>(finding.repeated));
}

INSTANTIATE_TEST_SUITE_P(Drills, DrillTest, testing::ValuesIn(AllDrills()),
                         [](const auto& info) {
                           return TestName(info.param.name);
                         });

TEST(DrillsTest, AreFoundByName) {
  EXPECT_EQ(FindDrill("kills")->name, "kills");
  EXPECT_FALSE(FindDrill("floods"));
}

}  // namespace
}  // namespace reprise
