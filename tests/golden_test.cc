// One digest a scenario, pinned: the same with every compiler, in every mode
// and under every sanitizer. A scenario without one fails, as does a digest
// without its scenario. When a digest may change: docs/ARCHITECTURE.md,
// "Golden digests". The test prints the new lines.

#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <string>

#include "absl/strings/str_format.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "tests/scenarios/catalog.h"
#include "tests/small_trial.h"

namespace reprise {
namespace {

// Without the remarks. The order of the lines says nothing.
std::set<std::string> LinesOf(const std::string& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  std::set<std::string> lines;
  for (std::string line; std::getline(file, line);) {
    if (!line.starts_with("#")) lines.insert(line);
  }
  return lines;
}

TEST(GoldenTest, DigestsAreAsPinned) {
  const std::set<std::string> pinned = LinesOf("tests/golden_digests.txt");
  std::set<std::string> digests;
  std::string changed;
  for (const Scenario& scenario : LabCatalog().scenarios) {
    const TrialResult result = RunTrial(scenario, SmallTrial(Seed(1)));
    const std::string line =
        absl::StrFormat("%016x %s", result.digest, scenario.name);
    if (!pinned.contains(line)) changed += line + "\n";
    digests.insert(line);
  }
  EXPECT_EQ(pinned, digests) << "lines that are new:\n" << changed;
}

}  // namespace
}  // namespace reprise
