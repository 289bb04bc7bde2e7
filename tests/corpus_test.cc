// Each replay file in tests/corpus is a regression test: one with a planted bug
// must fail as it did, one without must hold.

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/explore/sweep/replay.h"
#include "tests/scenarios/catalog.h"

namespace reprise {
namespace {

std::vector<std::string> SavedFailures() {
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::directory_iterator("tests/corpus")) {
    if (entry.path().extension() == ".json") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

class CorpusTest : public testing::TestWithParam<std::string> {};

TEST_P(CorpusTest, PlaysAsItShould) {
  const absl::Status status = CheckSavedFailure(LabCatalog(), GetParam());
  EXPECT_TRUE(status.ok()) << status;
}

std::string TestName(const testing::TestParamInfo<std::string>& info) {
  std::string name = std::filesystem::path(info.param).stem();
  std::replace_if(
      name.begin(), name.end(),
      [](char c) { return (c < '0' || c > '9') && (c < 'a' || c > 'z'); }, '_');
  return name;
}

INSTANTIATE_TEST_SUITE_P(Corpus, CorpusTest, testing::ValuesIn(SavedFailures()),
                         TestName);

}  // namespace
}  // namespace reprise
