// The verdicts of published histories. Their folder is given by the environment
// (test_settings.h); it holds EXPECTED.tsv: file, verdict.

#include <fstream>
#include <sstream>
#include <string>

#include "checker/history.h"
#include "checker/linearizability.h"
#include "checker/recorded.h"
#include "checker/test_settings.h"
#include "checker/validate.h"
#include "checker/verdict.h"
#include "gtest/gtest.h"

namespace reprise::checker {
namespace {

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  EXPECT_TRUE(file.good()) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TEST(RecordedHistoriesTest, KeepTheirVerdicts) {
  const std::string folder = HistoriesFolder();
  if (folder.empty()) GTEST_SKIP() << "REPRISE_HISTORIES is not set";
  std::istringstream expected(ReadFile(folder + "/EXPECTED.tsv"));
  int judged = 0;
  for (std::string file, word; expected >> file >> word; ++judged) {
    const std::string text = ReadFile(folder + "/" + file);
    const History history =
        file.starts_with("etcd/") ? ReadEtcdLog(text) : ReadKvLog(text);
    const Linearization result = Linearize(history, Budget());
    const Verdict& verdict = result.verdict;
    if (word == "holds") {
      EXPECT_EQ(verdict.outcome, Outcome::kHolds) << file;
      EXPECT_TRUE(IsLinearization(history, result.order)) << file;
    } else {
      EXPECT_EQ(verdict.outcome, Outcome::kViolated) << file;
      EXPECT_TRUE(IsContradiction(history, verdict.contradiction.operations))
          << file;
    }
  }
  EXPECT_GT(judged, 0);
}

}  // namespace
}  // namespace reprise::checker
