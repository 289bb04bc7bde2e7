// Replay files with reseeds: what was played is saved whole, and the decisions
// that a reseed answers can be named.

#include <filesystem>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/execute.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/world/edits.h"

namespace reprise::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class ReplayReseedsTest : public testing::Test {
 protected:
  ReplayReseedsTest() { std::filesystem::create_directories(folder_); }

  // A file of the scenario "tally" with these edits.
  std::string Save(const Edits& edits) const {
    const std::string path = folder_ + "/reseeded.json";
    const ReplayFile file{.scenario = "tally",
                          .timeline = {.seed = Seed(3), .edits = edits}};
    EXPECT_TRUE(WriteReplayFile(path, file).ok());
    return path;
  }
  // What the command has saved.
  ReplayFile Saved() const {
    const absl::StatusOr<ReplayFile> file =
        ReadReplayFile(folder_ + "/tally-3.json");
    EXPECT_TRUE(file.ok()) << file.status();
    return file.value_or(ReplayFile());
  }

  const std::string folder_ = testing::TempDir() + "/replay_reseeds";
};

TEST_F(ReplayReseedsTest, AreSavedWithWhatWasPlayed) {
  const std::vector<Reseed> reseeds = {
      {VirtualTime() + Milliseconds(20), Seed(9)}};
  Execute({"replay", Save({.reseeds = reseeds}), "--out=" + folder_});
  const ReplayFile saved = Saved();
  EXPECT_EQ(saved.timeline.edits.reseeds, reseeds);
  EXPECT_THAT(Execute({"replay", folder_ + "/tally-3.json"}).out,
              HasSubstr("plays alike"));
  // Its own seed would have answered otherwise.
  Execute({"replay", "--scenario=tally", "--seed=3", "--out=" + folder_});
  EXPECT_NE(Saved().timeline.edits.schedule, saved.timeline.edits.schedule);
}

TEST_F(ReplayReseedsTest, AnswerDecisionsThatCanBeNamed) {
  const std::string path =
      Save({.base = Base::kCalm, .reseeds = {{VirtualTime(), Seed(9)}}});
  const Execution done = Execute(
      {"replay", path, "--out=" + folder_, "--calm-except=request-delay"});
  EXPECT_EQ(done.status, kExitHolds) << done.err;
  const Schedule kept = Saved().timeline.edits.schedule;
  EXPECT_THAT(kept, Not(IsEmpty()));
  for (const Decision& decision : kept) {
    EXPECT_EQ(decision.purpose, "request-delay");
  }
}

}  // namespace
}  // namespace reprise::cli
