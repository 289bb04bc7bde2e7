#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/branch/causes.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/branch/failure_need.h"
#include "reprise/sim/explore/cli/branch_report.h"
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

class BranchCommandTest : public testing::Test {
 protected:
  BranchCommandTest() { std::filesystem::create_directories(folder_); }

  // A file in which a client adds once, and these decisions are not calm.
  std::string Save(const Schedule& schedule) const {
    const std::string path = folder_ + "/lost.json";
    const ReplayFile file{
        .scenario = "tally",
        .bug = "counts-twice",
        .timeline = {.seed = Seed(1),
                     .options = {{"clients", 1}, {"additions", 1}},
                     .edits = {.base = Base::kCalm, .schedule = schedule}},
        .expected = ExpectedResult{.verdict = VerdictKind::kViolated,
                                   .property = "exactly-once",
                                   .digest = 1}};
    EXPECT_TRUE(WriteReplayFile(path, file).ok());
    return path;
  }

  const Schedule lost_reply_ = {
      {"server->client-0", "reply-loss", 0, 1, "add 0 #0"}};
  const std::string folder_ = TestFolder();
};

TEST_F(BranchCommandTest, PrintsTheCurveAndWhereItTurns) {
  const Execution done = Execute({"branch", Save(lost_reply_)});
  EXPECT_EQ(done.status, kExitViolated) << done.err;
  EXPECT_THAT(done.out, HasSubstr("tally · seed 1 · VIOLATED: exactly-once"));
  EXPECT_THAT(done.out,
              ContainsRegex("\n +[0-9]+ +0\\.[0-9 ]+ s +#+[+]* +100 % "
                            "\\(98 to 100\\) +160  <- it turns\n"));
  EXPECT_THAT(done.out,
              ContainsRegex("  turns at event [0-9]+: [0-9. ]+ s server sends "
                            "reply to add \"done\" @1 -> client-0 LOST\n"
                            "    before it [0-9]+ % \\([0-9]+ to [0-9]+\\) "
                            "fail, after it 100 % \\(98 to 100\\)\n"));
  EXPECT_THAT(done.out,
              ContainsRegex("  of 1 fault, 1 alone, made calm, saves the run:\n"
                            "    server->client-0:reply-loss:add 0 #0\n"
                            "      event [0-9]+: .* LOST\n"));
  EXPECT_THAT(done.out, ContainsRegex("  [0-9]+ trials in [0-9.]+ s\n$"));
}

TEST_F(BranchCommandTest, JsonHasTheMembersThatStayFixed) {
  const Json json =
      JsonOf(Execute({"branch", Save(lost_reply_), "--json", "--jobs=2"}));
  EXPECT_EQ(json["property"], "exactly-once");
  ASSERT_GT(json["curve"].size(), 3u);
  const Json& first = json["curve"][0];
  EXPECT_EQ(first["event"], 0);
  EXPECT_EQ(first["virtual_seconds"], 0);
  EXPECT_GE(first["trials"], 32);
  EXPECT_LT(first["failures"], 10);
  const Json& turn = json["turning_point"];
  EXPECT_THAT(turn["text"], HasSubstr("LOST"));
  EXPECT_EQ(turn["after"]["failures"], 160);
  EXPECT_EQ(json["need"], "faults");
  ASSERT_EQ(json["necessary_faults"].size(), 1u);
  EXPECT_EQ(json["necessary_faults"][0]["decision"],
            "server->client-0:reply-loss:add 0 #0");
  EXPECT_EQ(json["necessary_faults"][0]["event"], turn["event"]);
}

TEST_F(BranchCommandTest, SaysTheSameWithAnyNumberOfProcesses) {
  const std::string path = Save(lost_reply_);
  Json one = JsonOf(Execute({"branch", path, "--json", "--jobs=1"}));
  Json four = JsonOf(Execute({"branch", path, "--json", "--jobs=4"}));
  one.erase("seconds");
  four.erase("seconds");
  EXPECT_EQ(one, four);
}

TEST_F(BranchCommandTest, TakesASeed) {
  // Seed 0 or one of the next fails.
  for (int seed = 0; seed < 20; ++seed) {
    const Execution done = Execute({"branch", "--bug=counts-twice",
                                    "--seed=" + std::to_string(seed),
                                    "--option=clients=1", "--trials=100"});
    if (done.status == kExitHolds) continue;
    EXPECT_EQ(done.status, kExitViolated) << done.err;
    EXPECT_THAT(done.out, HasSubstr("turns at event"));
    return;
  }
  FAIL() << "no seed fails";
}

TEST_F(BranchCommandTest, OfAFileThatDoesNotFailItSaysSo) {
  const Execution done = Execute({"branch", Save({})});
  EXPECT_EQ(done.status, kExitHolds) << done.err;
  EXPECT_THAT(done.out, HasSubstr("tally · seed 1 · holds\n"));
  EXPECT_THAT(done.out, ContainsRegex("it does not fail, so nothing is "
                                      "branched; digest [0-9a-f]{16}\n"));
  EXPECT_THAT(done.out, HasSubstr("the file expects violated exactly-once and "
                                  "digest 0000000000000001"));
  const Json json = JsonOf(Execute({"branch", Save({}), "--json"}));
  EXPECT_EQ(json["verdict"], "holds");
  EXPECT_EQ(json["curve"], Json::array());
  EXPECT_EQ(json["turning_point"], nullptr);
  EXPECT_EQ(json["necessary_faults"], Json::array());
}

TEST_F(BranchCommandTest, SavesTheTurningPoint) {
  const std::string path = Save(lost_reply_);
  const std::string out = folder_ + "/saved";
  const Execution done = Execute({"branch", path, "--out=" + out});
  EXPECT_THAT(done.err, HasSubstr("saved " + out + "/lost.json\n"));
  const absl::StatusOr<ReplayFile> saved = ReadReplayFile(out + "/lost.json");
  ASSERT_TRUE(saved.ok()) << saved.status();
  EXPECT_EQ(saved->timeline.edits.schedule, lost_reply_);
  ASSERT_TRUE(saved->expected && saved->expected->turning_point);
  EXPECT_EQ(saved->expected->turning_point->failures, 160u);
  EXPECT_GT(saved->expected->turning_point->instant, VirtualTime());
  EXPECT_THAT(Execute({"replay", out + "/lost.json"}).out,
              HasSubstr("plays alike"));
}

TEST_F(BranchCommandTest, ReplacesNoFile) {
  const std::string path = Save(lost_reply_);
  const Execution done = Execute({"branch", path, "--out=" + folder_});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err, HasSubstr("would replace"));
  EXPECT_THAT(done.out, Not(HasSubstr("turns")));
}

TEST_F(BranchCommandTest, BadInputIsStatusTwoAndSaysWhatIsWrong) {
  const std::string path = Save(lost_reply_);
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{"branch"}, "needs a FILE, or --scenario=NAME and --seed=N"},
      {{"branch", folder_ + "/none.json"}, "cannot be read"},
      {{"branch", path, "--seed=3"}, "--seed cannot be given with it"},
      {{"branch", path, "--trials=99"}, "100"},
      {{"branch", path, "--jobs=0"}, "jobs \"0\""},
      {{"branch", "--scenario=refused", "--seed=1"}, "network.request.loss"},
      {{"branch", "--scenario=none", "--seed=1"}, "none"}};
  for (const auto& [args, message] : cases) {
    const Execution done = Execute(args);
    EXPECT_EQ(done.status, kExitUsage) << message;
    EXPECT_THAT(done.err, HasSubstr(message));
  }
}

TEST(BranchReportTest, SaysWhatTheWholeWorkloadFailsWithout) {
  Causes causes;
  causes.turning.curve.points = {{.event = 0, .failures = 3, .trials = 20}};
  causes.turning.after = causes.turning.curve.points.front();
  causes.need = FailureNeed::kNothing;
  EXPECT_THAT(DescribeTurnAndFaults(causes, {}),
              HasSubstr("  turns at the start: the whole workload fails by "
                        "other seeds, too, when all is calm;\n"
                        "    what is left of it fails 15 % (5 to 36)\n"));
  causes.need = FailureNeed::kDelays;
  causes.run.keeps_faults = true;
  EXPECT_THAT(DescribeTurnAndFaults(causes, {}),
              HasSubstr("    the whole workload fails by other seeds without "
                        "any fault, too: its faults stay\n"));
}

// What `replay --fixed` plays keeps no faults.
TEST(BranchReportTest, ExpectsWhatFailsWithFaultsThatAreDrawn) {
  Causes causes;
  causes.turning.after = {.event = 4, .failures = 9, .trials = 10};
  causes.drawn = {.failures = 2, .trials = 10};
  EXPECT_EQ(ExpectedTurnOf(causes)->failures, 9u);
  causes.run.keeps_faults = true;
  EXPECT_EQ(ExpectedTurnOf(causes)->failures, 2u);
}

TEST(BarTest, ShowsTheShareAndItsInterval) {
  EXPECT_EQ(BarOf({.low = 0.2, .middle = 0.5, .high = 0.8}, 10), "##+++---  ");
  EXPECT_EQ(BarOf({.low = 0, .middle = 0, .high = 0.1}, 10), "-         ");
  EXPECT_EQ(BarOf({.low = 1, .middle = 1, .high = 1}, 4), "####");
}

}  // namespace
}  // namespace reprise::cli
