#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

class FixedReplayTest : public testing::Test {
 protected:
  FixedReplayTest() { std::filesystem::create_directories(folder_); }

  // The failure of a client that adds once; with the bug or without.
  std::string Save(const std::string& bug, const std::string& lost,
                   std::optional<ExpectedTurn> turn = {}) const {
    const bool is_reply = lost == "reply-loss";
    const std::string path = folder_ + "/failure.json";
    const ReplayFile file{
        .scenario = "tally",
        .bug = bug,
        .timeline = {.seed = Seed(1),
                     .options = {{"clients", 1}, {"additions", 1}},
                     .edits = {.base = Base::kCalm,
                               .schedule = {{is_reply ? "server->client-0"
                                                      : "client-0->server",
                                             lost, 0, 1, "add 0 #0"}}}},
        .expected = ExpectedResult{.verdict = VerdictKind::kViolated,
                                   .property = "exactly-once",
                                   .turning_point = turn}};
    EXPECT_TRUE(WriteReplayFile(path, file).ok());
    return path;
  }

  const std::string folder_ = TestFolder();
  const ExpectedTurn turn_ = {9, VirtualTime() + Microseconds(50), 80, 160};
};

TEST_F(FixedReplayTest, SaysHowManyCleanRunsMakeItSure) {
  const Execution done =
      Execute({"replay", Save("", "reply-loss", turn_), "--fixed"});
  EXPECT_EQ(done.status, kExitHolds) << done.err;
  EXPECT_EQ(done.out,
            "tally · seed 1 · holds\n"
            "  re-seeded after 0.000 050 s, where it turned: of 100 runs 100 "
            "hold\n"
            "  before the fix 50 % failed there (95 %: 42 to 58): 9 clean runs "
            "make it 99 % sure that the\n"
            "  bug is gone\n");
}

TEST_F(FixedReplayTest, WithoutATurningPointItSaysWhatIsNotKnown) {
  const Execution done = Execute({"replay", Save("", "reply-loss"), "--fixed"});
  EXPECT_EQ(done.status, kExitHolds) << done.err;
  EXPECT_THAT(done.out, HasSubstr("  re-seeded after 0.000 050 s: of 500 runs "
                                  "500 hold\n"));
  EXPECT_THAT(done.out, HasSubstr("the file does not say how often it failed"));
  EXPECT_THAT(done.out, HasSubstr("fewer than 0.92 % of such runs fail"));
}

TEST_F(FixedReplayTest, ABugThatIsOnlyHiddenIsStatusOne) {
  // The request is lost, and no reply any more: the file itself holds.
  const std::string path = Save("counts-twice", "request-loss");
  const Execution done = Execute({"replay", path, "--fixed"});
  EXPECT_EQ(done.status, kExitViolated) << done.err;
  EXPECT_THAT(done.out, HasSubstr("tally · seed 1 · holds\n"));
  EXPECT_THAT(done.out,
              ContainsRegex("of 500 runs [0-9]+ hold, [0-9]+ fail\n"));
  EXPECT_THAT(done.out, HasSubstr("VIOLATED: exactly-once"));
  EXPECT_THAT(done.out, HasSubstr("--out=DIR saves it as a replay file"));
  EXPECT_THAT(done.out, Not(HasSubstr("sure")));
}

TEST_F(FixedReplayTest, TheFirstFailingRunCanBeSavedAndPlaysAgain) {
  const std::string path = Save("counts-twice", "request-loss");
  const std::string out = folder_ + "/out";
  const Execution done = Execute({"replay", path, "--fixed", "--out=" + out});
  const std::string saved = out + "/fixed-tally-counts-twice-1.json";
  EXPECT_THAT(done.err, HasSubstr("saved " + saved));
  const Execution again = Execute({"replay", saved});
  EXPECT_EQ(again.status, kExitViolated) << again.err;
  EXPECT_THAT(again.out, HasSubstr("plays alike"));
}

TEST_F(FixedReplayTest, WhatIsSavedDoesNotReplaceWhatIsPlayed) {
  const std::string path = folder_ + "/fixed-tally-counts-twice-1.json";
  std::filesystem::rename(Save("counts-twice", "request-loss"), path);
  const std::string before = FormatReplayFile(*ReadReplayFile(path));
  const Execution done =
      Execute({"replay", path, "--fixed", "--out=" + folder_ + "/."});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err, HasSubstr("--out=" + folder_ + "/. would replace " +
                                  path + ", which is read"));
  EXPECT_EQ(FormatReplayFile(*ReadReplayFile(path)), before);
}

TEST_F(FixedReplayTest, WhatIsSavedIsNamedWithItsOptions) {
  const Execution done =
      Execute({"replay", Save("counts-twice", "request-loss"), "--fixed",
               "--option=additions=2", "--out=" + folder_});
  EXPECT_THAT(done.err,
              HasSubstr("saved " + folder_ +
                        "/fixed-tally-counts-twice-additions=2-1.json\n"));
}

TEST_F(FixedReplayTest, AFileThatStillFailsIsStatusOne) {
  const Execution done =
      Execute({"replay", Save("counts-twice", "reply-loss", turn_), "--fixed"});
  EXPECT_EQ(done.status, kExitViolated) << done.err;
  EXPECT_THAT(done.out, HasSubstr("VIOLATED: exactly-once"));
  EXPECT_THAT(done.out, HasSubstr("does not hold, so nothing is re-seeded"));
}

TEST_F(FixedReplayTest, PrintsOneJsonObject) {
  const Execution done =
      Execute({"replay", Save("", "reply-loss", turn_), "--fixed", "--json"});
  const Json json = Json::parse(done.out, nullptr, false);
  ASSERT_FALSE(json.is_discarded()) << done.out;
  EXPECT_EQ(json["verdict"], "holds");
  EXPECT_EQ(json["fixed"]["runs"], 100);
  EXPECT_EQ(json["fixed"]["failures"], 0);
  EXPECT_EQ(json["fixed"]["needed"], 9);
  EXPECT_EQ(json["fixed"]["share_before"], 0.5);
  EXPECT_EQ(json["fixed"]["instants"], Json::array({0.00005}));
}

TEST_F(FixedReplayTest, BadInputIsStatusTwo) {
  const std::string path = Save("", "reply-loss");
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"replay", "--fixed", "--scenario=tally", "--seed=1"},
       "--fixed needs the FILE"},
      {{"replay", path, "--fixed", "--trace"},
       "--trace cannot be given with it"},
      {{"replay", folder_ + "/none.json", "--fixed"}, "cannot be read"}};
  for (const auto& [args, message] : cases) {
    const Execution done = Execute(args);
    EXPECT_EQ(done.status, kExitUsage) << message;
    EXPECT_THAT(done.err, HasSubstr(message));
  }
}

}  // namespace
}  // namespace reprise::cli
