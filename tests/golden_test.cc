// One digest a scenario, pinned: the same with every compiler, in every mode
// and under every sanitizer. A scenario without one fails, as does a digest
// without its scenario. When a digest may change: docs/ARCHITECTURE.md,
// "Golden digests". The test prints the new lines.

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "absl/strings/str_format.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "tests/scenarios/catalog.h"
#include "tests/small_trial.h"

namespace reprise {
namespace {

// Without the remarks.
std::string FileContent(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  std::string content;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("#")) content += line + "\n";
  }
  return content;
}

TEST(GoldenTest, DigestsAreAsPinned) {
  std::string digests;
  for (const Scenario& scenario : LabCatalog().scenarios) {
    const TrialResult result = RunTrial(scenario, SmallTrial(Seed(1)));
    digests += absl::StrFormat("%016x %s\n", result.digest, scenario.name);
  }
  EXPECT_EQ(FileContent("tests/golden_digests.txt"), digests)
      << "below its remarks, the file should be:\n"
      << digests;
}

}  // namespace
}  // namespace reprise
