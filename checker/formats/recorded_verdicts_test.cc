// The verdicts of published histories, through the readers. Their folder is
// given by REPRISE_HISTORIES; it holds EXPECTED.tsv: file, verdict.

#include <fstream>
#include <string>

#include "gtest/gtest.h"
#include "reprise/checker/formats/reader.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/linearizability.h"
#include "reprise/checker/testing/judge.h"
#include "reprise/checker/testing/test_settings.h"

namespace reprise::checker {
namespace {

TEST(RecordedVerdictsTest, AreReadAndJudgedRight) {
  const std::string folder = HistoriesFolder();
  if (folder.empty()) GTEST_SKIP() << "REPRISE_HISTORIES is not set";
  std::ifstream expected(folder + "/EXPECTED.tsv");
  int judged = 0;
  for (std::string file, word; expected >> file >> word; ++judged) {
    absl::StatusOr<HistoryReader> reader =
        HistoryReader::Open(folder + "/" + file, {});
    ASSERT_TRUE(reader.ok()) << reader.status();
    RecordedHistory recorded;
    const absl::StatusOr<bool> more = reader->Next(recorded);
    ASSERT_TRUE(more.ok() && *more) << more.status();
    const Linearization result = Linearize(recorded.history, Budget());
    const Verdict& verdict = result.verdict;
    if (word == "holds") {
      EXPECT_EQ(verdict.outcome, Outcome::kHolds) << file;
      EXPECT_TRUE(IsLinearization(recorded.history, result.order)) << file;
    } else {
      EXPECT_EQ(verdict.outcome, Outcome::kViolated) << file;
      EXPECT_TRUE(
          IsContradiction(recorded.history, verdict.contradiction.operations))
          << file;
    }
    EXPECT_FALSE(*reader->Next(recorded)) << file;
  }
  EXPECT_GT(judged, 0);
}

}  // namespace
}  // namespace reprise::checker
