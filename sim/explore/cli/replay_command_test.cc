#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/execute.h"
#include "reprise/sim/explore/trial/replay_file.h"

namespace reprise::cli {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using Json = nlohmann::json;

TEST(ReplayCommandTest, PlaysASeed) {
  const Execution done =
      Execute({"replay", "--scenario=register", "--seed=7", "--json"});
  EXPECT_EQ(done.status, kExitHolds);
  const Json json = JsonOf(done);
  EXPECT_EQ(json["scenario"], "register");
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["verdict"], "holds");
  EXPECT_EQ(json["property"], "");
  EXPECT_EQ(json["message"], "");
  EXPECT_EQ(json["digest"].get<std::string>().size(), 16u);
  EXPECT_GT(json["events"], 10);
  EXPECT_GT(json["virtual_seconds"], 0);
  EXPECT_EQ(json["rpcs"], 10);
  EXPECT_EQ(json["operations"], 10);
  EXPECT_EQ(json["faults"]["requests_lost"], 0);
  EXPECT_EQ(json["mix"],
            Json({"requests: 25 us to 75 us", "replies: 25 us to 75 us",
                  "calls: callers learn of losses"}));
  EXPECT_EQ(json.size(), 15u);
}

TEST(ReplayCommandTest, PrintsTheMixThatWasUsed) {
  const Execution done = Execute({"replay", "--scenario=tally", "--seed=7"});
  EXPECT_THAT(done.out, HasSubstr("  drawn from:\n"
                                  "    requests: 25 us to 26.1 ms, lost 10 %\n"
                                  "    replies: 25 us to 75 us, lost 10 %\n"
                                  "    calls: callers learn of losses\n"));
}

TEST(ReplayCommandTest, AnImpossibleMixIsBadInput) {
  const Execution done = Execute({"replay", "--scenario=refused", "--seed=7"});
  EXPECT_EQ(done.status, cli::kExitUsage);
  EXPECT_THAT(
      done.err,
      HasSubstr("reprise replay: seed 7: faults: network.request.loss is "
                "11/10, expected a ratio from 0 to 1"));
}

TEST(ReplayCommandTest, TracePrintsTheEvents) {
  const Execution done =
      Execute({"replay", "--scenario=register", "--seed=7", "--trace"});
  EXPECT_THAT(done.out, HasSubstr("client-0  calls     Get(\"k\")"));
  EXPECT_THAT(done.out, HasSubstr("register · seed 7 · holds\n"));
}

// Its lines, without the report.
std::string TraceOf(const std::string& filter) {
  const Execution done = Execute(
      {"replay", "--scenario=register", "--seed=7", "--trace=" + filter});
  EXPECT_EQ(done.status, kExitHolds) << done.err;
  return done.out.substr(0, done.out.find("register · seed"));
}

TEST(ReplayCommandTest, TraceShowsPayloadsWithoutAnyDescription) {
  EXPECT_THAT(TraceOf("all"),
              testing::ContainsRegex("sends     put \"[01]\\.[0-9]\" @"));
}

TEST(ReplayCommandTest, AFilterChoosesLines) {
  const std::string lines = TraceOf("node:client-0,kind:operation");
  EXPECT_THAT(lines, HasSubstr("client-0  calls"));
  EXPECT_THAT(lines, testing::Not(HasSubstr("client-1")));
  EXPECT_THAT(lines, testing::Not(HasSubstr("sends")));
  EXPECT_THAT(TraceOf("method:put,kind:message"),
              testing::Not(HasSubstr("get")));
  EXPECT_THAT(TraceOf("time:900s-"), IsEmpty());
}

TEST(ReplayCommandTest, ABadFilterIsStatusTwoAndNamesWhatThereIs) {
  const std::pair<const char*, const char*> expected[] = {
      {"client-0", "--trace: \"client-0\" filters no trace; expected node:"},
      {"kind:crush", "no kind of event is called \"crush\"; there are: "},
      {"time:1s", "is no span of time"},
      {"node:client-7",
       "no node of this run is called \"client-7\"; there "
       "are: client-0, client-1, server."},
      {"method:post", "there are: get, put."}};
  for (const auto& [filter, message] : expected) {
    const Execution done = Execute({"replay", "--scenario=register", "--seed=7",
                                    std::string("--trace=") + filter});
    EXPECT_EQ(done.status, kExitUsage) << filter;
    EXPECT_THAT(done.err, HasSubstr(message));
  }
}

TEST(ReplayCommandTest, LinesOfLogsShowFromTheirLevelOn) {
  const auto lines = [](std::vector<std::string> more) {
    std::vector<std::string> args = {"replay", "--scenario=tally", "--seed=1",
                                     "--trace=kind:log*"};
    args.insert(args.end(), more.begin(), more.end());
    return Execute(args).out;
  };
  EXPECT_THAT(lines({"--log-level=debug"}),
              HasSubstr("server    logs      debug: adds request=0.0 tally="));
  EXPECT_THAT(lines({}), testing::Not(HasSubstr("logs")));
  const Execution wrong =
      Execute({"replay", "--scenario=tally", "--seed=1", "--log-level=loud"});
  EXPECT_EQ(wrong.status, kExitUsage);
  EXPECT_THAT(wrong.err,
              HasSubstr("--log-level is \"loud\", expected debug, info, "
                        "warning, error, off."));
}

TEST(ReplayCommandTest, TheEvidenceHasTheLastLinesOfLogs) {
  const std::string path = SavedFailure(TestFolder());
  const Execution done = Execute({"replay", path, "--log-level=debug"});
  EXPECT_THAT(done.out,
              testing::ContainsRegex("\n  logged at last:\n    [0-9. ]+ s  "
                                     "server  debug: adds request="));
  const Json json =
      JsonOf(Execute({"replay", path, "--log-level=debug", "--json"}));
  EXPECT_GT(json["log"].size(), 1u);
  EXPECT_EQ(json["plays_alike"], true);
  EXPECT_FALSE(JsonOf(Execute({"replay", path, "--json"})).contains("log"));
}

TEST(ReplayCommandTest, UntilStopsAndSaysWhere) {
  const Execution done = Execute(
      {"replay", "--scenario=register", "--seed=7", "--trace", "--until=12"});
  EXPECT_EQ(done.status, kExitUndecided);
  EXPECT_THAT(done.out, HasSubstr("it was stopped after event 12 ("));
  const Execution late = Execute({"replay", "--scenario=register", "--seed=7",
                                  "--trace=time:300us-", "--until=200us"});
  EXPECT_EQ(late.status, kExitUndecided);
  EXPECT_THAT(late.out, StartsWith("register · seed 7 · UNDECIDED"));
  for (const char* wrong : {"0", "-3", "soon", "1.2"}) {
    const Execution refused =
        Execute({"replay", "--scenario=register", "--seed=7",
                 std::string("--until=") + wrong});
    EXPECT_EQ(refused.status, kExitUsage) << wrong;
    EXPECT_THAT(refused.err, HasSubstr("expected the number of an event"));
  }
}

TEST(ReplayCommandTest, InThisProcessItPlaysTheSame) {
  std::vector<std::string> args = {"replay", "--scenario=tally", "--seed=3",
                                   "--trace"};
  const Execution apart = Execute(args);
  args.emplace_back("--in-process");
  const Execution here = Execute(args);
  EXPECT_EQ(here.status, apart.status);
  EXPECT_EQ(here.out, apart.out);
}

TEST(ReplayCommandTest, WithJsonTheTraceGoesElsewhere) {
  const Execution done = Execute(
      {"replay", "--scenario=register", "--seed=7", "--trace", "--json"});
  JsonOf(done);
  EXPECT_THAT(done.err, HasSubstr("client-0  calls"));
}

TEST(ReplayCommandTest, AFilePlaysAlike) {
  const Execution done =
      Execute({"replay", SavedFailure(TestFolder()), "--json"});
  EXPECT_EQ(done.status, kExitViolated);
  const Json json = JsonOf(done);
  EXPECT_EQ(json["property"], "exactly-once");
  EXPECT_EQ(json["plays_alike"], true);
  EXPECT_EQ(json["unused_decisions"], 0);
}

TEST(ReplayCommandTest, AnEditedFileSaysThatItDiffers) {
  const std::string path = SavedFailure(TestFolder());
  ReplayFile file = *ReadReplayFile(path);
  file.timeline.edits.schedule = {{"client-9->server", "request-loss", 4, 1}};
  ASSERT_TRUE(WriteReplayFile(path, file).ok());
  const Execution done = Execute({"replay", path});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out, HasSubstr("does not play alike"));
  EXPECT_THAT(done.out,
              HasSubstr("1 decision of the schedule names nothing of "
                        "this run: client-9->server:request-loss:4\n"));
}

TEST(ReplayCommandTest, AnImpossibleDecisionIsStatusTwo) {
  const std::string path = SavedFailure(TestFolder());
  ReplayFile file = *ReadReplayFile(path);
  for (const Decision& decision :
       {Decision{"client-0->server", "reply-loss", 0, 2},
        Decision{"script", "clock-jump", 0, uint64_t{1} << 63},
        Decision{"client-0->server", "reply-los", 0, 1}}) {
    file.timeline.edits.schedule = {decision};
    ASSERT_TRUE(WriteReplayFile(path, file).ok());
    const Execution done = Execute({"replay", path});
    EXPECT_EQ(done.status, kExitUsage) << decision.purpose;
    EXPECT_THAT(done.err, HasSubstr("line ")) << decision.purpose;
  }
}

TEST(ReplayCommandTest, CalmExceptPlaysASubset) {
  const std::string path = SavedFailure(TestFolder());
  EXPECT_EQ(Execute({"replay", path, "--calm-except=reply-loss"}).status,
            kExitViolated);
  const Execution calm = Execute({"replay", path, "--calm-except="});
  EXPECT_EQ(calm.status, kExitHolds);
  EXPECT_THAT(calm.out, HasSubstr("faults in this run: none"));
  const Execution wrong = Execute({"replay", path, "--calm-except=disk-loss"});
  EXPECT_EQ(wrong.status, kExitUsage);
  EXPECT_THAT(wrong.err, HasSubstr("\"disk-loss\" names no decision"));
}

TEST(ReplayCommandTest, CalmExceptWorksFromASeed) {
  const Execution done = Execute({"replay", "--scenario=tally", "--seed=1",
                                  "--calm-except=client-0->server"});
  EXPECT_EQ(done.status, kExitHolds);
}

TEST(ReplayCommandTest, SavesWhatItPlayed) {
  const std::string folder = TestFolder();
  Execute({"replay", "--scenario=tally", "--seed=3", "--out=" + folder});
  const Execution done = Execute({"replay", folder + "/tally-3.json"});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out, HasSubstr("plays alike"));
}

TEST(ReplayCommandTest, DoesNotReplaceTheFileThatItPlays) {
  const std::string folder = TestFolder();
  Execute({"replay", "--scenario=tally", "--seed=3", "--out=" + folder});
  const Execution done =
      Execute({"replay", folder + "/tally-3.json", "--out=" + folder});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err, HasSubstr("expected another place"));
}

TEST(ReplayCommandTest, OptionsReplaceThoseOfTheFile) {
  const Execution done =
      Execute({"replay", SavedFailure(TestFolder()), "--option=clients=0"});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out, HasSubstr("does not play alike"));
}

TEST(ReplayCommandTest, BadFilesAreStatusTwo) {
  const std::string folder = TestFolder();
  std::filesystem::create_directories(folder);
  const std::string path = folder + "/bad.json";
  const std::string good = FormatReplayFile({.scenario = "tally"});
  for (const std::string& text :
       {std::string("{"), std::string("[1]"),
        absl::StrReplaceAll(good, {{"\"version\": 2", "\"version\": 9"}}),
        absl::StrReplaceAll(good, {{"tally", "raft"}})}) {
    std::ofstream(path) << text;
    const Execution done = Execute({"replay", path});
    EXPECT_EQ(done.status, kExitUsage) << text;
    EXPECT_THAT(done.err, StartsWith("reprise replay: ")) << text;
    EXPECT_THAT(done.out, IsEmpty()) << text;
  }
  EXPECT_THAT(Execute({"replay", folder + "/none.json"}).err,
              HasSubstr("none.json: cannot be read"));
}

}  // namespace
}  // namespace reprise::cli
