// README.md shows code that compiles, runs and holds.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "tests/readme/shared_keys.h"

namespace reprise {
namespace {

std::string FileContent(const std::string& path) {
  const std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

// What stands between the namespace's braces.
std::string ShownCode() {
  const std::string source = FileContent("tests/readme/shared_keys.cc");
  const std::string begin = "namespace reprise {\n\n";
  const size_t first = source.find(begin) + begin.size();
  return source.substr(first, source.find("\n}  // namespace") - first);
}

TEST(ReadmeTest, ShowsTheScenarioAsItIs) {
  ASSERT_GT(ShownCode().size(), 500u);
  EXPECT_NE(FileContent("README.md").find("```cpp\n" + ShownCode() + "```"),
            std::string::npos);
}

TEST(ReadmeTest, TheScenarioHolds) {
  const Scenario scenario{.name = "shared-keys", .run = SharedKeys};
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const TrialResult result = RunTrial(scenario, {.seed = Seed(seed)});
    EXPECT_EQ(result.verdict.kind, VerdictKind::kHolds)
        << result.verdict.message;
    EXPECT_EQ(result.operations, 500u);
  }
}

TEST(ReadmeTest, TheScenarioFindsAPlantedBug) {
  const Scenario scenario{.name = "shared-keys", .run = SharedKeys};
  bool is_found = false;
  for (uint64_t seed = 0; seed < 20 && !is_found; ++seed) {
    const TrialResult result = RunTrial(
        scenario, {.seed = Seed(seed), .bug = "reply-matched-to-wrong-call"});
    is_found = result.verdict.property == "linearizability";
  }
  EXPECT_TRUE(is_found);
}

}  // namespace
}  // namespace reprise
