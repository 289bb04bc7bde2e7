#include "reprise/sim/explore/cli/check_run.h"

#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/interrupt.h"

namespace reprise::cli {
namespace {

using testing::StartsWith;

TEST(CheckRunTest, SaysWhatItIsAt) {
  const std::string path = testing::TempDir() + "/a.jsonl";
  std::ofstream(path)
      << R"({"client":0,"op":"put","key":"k","value":"a","call":1,"return":2})"
      << "\n"
      << R"({"client":0,"op":"get","key":"k","output":"a","call":3,"return":4})"
      << "\n";
  const CheckPlan plan = {.files = {path, path}};
  CheckRun run(plan);
  EXPECT_EQ(run.DescribeProgress(0.25),
            "file 0 of 2 · reading · 0 judged, 0 states so far · 0.2 s");
  const InterruptGuard guard;
  run.Run();
  EXPECT_THAT(run.DescribeProgress(61), StartsWith("file 2 of 2 · "));
  EXPECT_THAT(run.DescribeProgress(61),
              testing::EndsWith(" · 4 judged, 0 states so far · 61.0 s"));
  EXPECT_EQ(run.Report(WorkEnd::kDone).histories.size(), 2u);
}

}  // namespace
}  // namespace reprise::cli
