#include "reprise/sim/explore/cli/trial_file.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/execute.h"
#include "reprise/sim/explore/trial/replay_file.h"

namespace reprise::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;

TEST(TrialFileTest, AnOptionThatIsUnknownIsRefusedWithAFileToo) {
  const std::string folder = TestFolder();
  Execute({"replay", "--scenario=tally", "--seed=3", "--out=" + folder});
  const std::string file = folder + "/tally-3.json";
  for (const char* command : {"replay", "shrink", "branch"}) {
    const Execution done = Execute({command, file, "--option=foo=1"});
    EXPECT_EQ(done.status, kExitUsage) << command;
    EXPECT_THAT(done.err, AllOf(HasSubstr("unknown option of tally \"foo\""),
                                HasSubstr("clients")));
    EXPECT_THAT(done.out, IsEmpty()) << command;
  }
}

TEST(TrialFileTest, AnOldOptionOfTheFileIsNone) {
  const std::string folder = TestFolder();
  std::filesystem::create_directories(folder);
  const std::string path = folder + "/old.json";
  std::ofstream(path) << FormatReplayFile(
      {.scenario = "tally", .timeline = {.options = {{"gone", 1}}}});
  EXPECT_EQ(Execute({"replay", path, "--option=clients=1"}).status, kExitHolds);
  EXPECT_EQ(Execute({"replay", path, "--option=gone=2"}).status, kExitUsage);
}

}  // namespace
}  // namespace reprise::cli
