// One digest a scenario, pinned: the same with every compiler, in every mode
// and under every sanitizer. A change of what is simulated changes them, and
// then belongs into the commit that made it; the test prints the new file.

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "absl/strings/str_format.h"
#include "sim/explore/scenario.h"
#include "sim/explore/trial_runner.h"
#include "tests/scenarios/catalog.h"
#include "tests/small_trial.h"

namespace reprise {
namespace {

std::string FileContent(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  std::string content;
  for (std::string line; std::getline(file, line);) content += line + "\n";
  return content;
}

TEST(GoldenTest, DigestsAreAsPinned) {
  std::string digests;
  for (const Scenario& scenario : LabCatalog().scenarios) {
    const TrialResult result = RunTrial(scenario, SmallTrial(Seed(1)));
    digests += absl::StrFormat("%016x %s\n", result.digest, scenario.name);
  }
  EXPECT_EQ(FileContent("tests/golden_digests.txt"), digests)
      << "the file should be:\n"
      << digests;
}

}  // namespace
}  // namespace reprise
