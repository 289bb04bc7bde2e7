#include "sim/explore/main.h"

#include <csignal>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "sim/explore/exit_status.h"
#include "sim/explore/replay_file.h"
#include "sim/explore/testing/toy_catalog.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using Json = nlohmann::json;

struct Outcome {
  int status = 0;
  std::string out;
  std::string err;
};

Outcome Execute(const std::vector<std::string>& args,
                const std::vector<Command>& more = {}) {
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  const int status = RunCommandLine(args, ToyCatalog(), console, more);
  return {status, out.str(), err.str()};
}

// A folder of the running test alone.
std::string Folder() {
  const std::string folder = absl::StrCat(
      testing::TempDir(), "/",
      testing::UnitTest::GetInstance()->current_test_info()->name());
  std::filesystem::remove_all(folder);
  return folder;
}

// The JSON on standard output, where nothing else is.
Json JsonOf(const Outcome& outcome) {
  const Json json = Json::parse(outcome.out, nullptr, false);
  EXPECT_FALSE(json.is_discarded()) << outcome.out << outcome.err;
  return json;
}

TEST(SweepCommandTest, HoldsWithStatusZero) {
  const Outcome outcome = Execute({"sweep", "--scenario=tally", "--seeds=30"});
  EXPECT_EQ(outcome.status, kExitHolds);
  EXPECT_THAT(outcome.out, HasSubstr("scenario  seeds  seeds/s"));
  EXPECT_THAT(outcome.out, HasSubstr("1 scenario, 30 seeds, all hold"));
  EXPECT_THAT(outcome.err, IsEmpty());
}

TEST(SweepCommandTest, AViolationIsPrintedAndSaved) {
  const std::string folder = Folder();
  const Outcome outcome =
      Execute({"sweep", "--scenario=tally", "--seeds=30", "--bug=counts-twice",
               "--max-failures=1", "--out=" + folder});
  EXPECT_EQ(outcome.status, kExitViolated);
  EXPECT_THAT(outcome.out,
              AllOf(StartsWith("tally · seed "),
                    HasSubstr("VIOLATED: exactly-once\n  the tally is "),
                    HasSubstr("  faults in this run: "),
                    HasSubstr("  again:   reprise replay " + folder),
                    HasSubstr("1 violated")));
  ASSERT_FALSE(std::filesystem::is_empty(folder));
  const std::string path =
      std::filesystem::directory_iterator(folder)->path().string();
  EXPECT_THAT(path, HasSubstr("tally-counts-twice-"));
  EXPECT_THAT(Execute({"replay", path}).out, HasSubstr("plays alike"));
}

TEST(SweepCommandTest, ABugIsSoughtInItsScenario) {
  const Outcome outcome =
      Execute({"sweep", "--bug=stale-read", "--json", "--out=" + Folder()});
  EXPECT_EQ(outcome.status, kExitViolated);
  const Json json = JsonOf(outcome);
  EXPECT_EQ(json["failures"][0]["scenario"], "register");
  EXPECT_EQ(json["failures"][0]["property"], "linearizability");
}

TEST(SweepCommandTest, JsonHasItsFieldsAndNothingElse) {
  const std::string folder = Folder();
  const Outcome outcome =
      Execute({"sweep", "--scenario=parity", "--seeds=7..20", "--json",
               "--out=" + folder});
  EXPECT_EQ(outcome.status, kExitViolated);
  const Json json = JsonOf(outcome);
  EXPECT_EQ(json["seeds"], 14);
  EXPECT_EQ(json["passed"], 10);
  EXPECT_EQ(json["violated"], 2);
  EXPECT_EQ(json["undecided"], 2);
  EXPECT_GT(json["seconds"], 0);
  EXPECT_GT(json["seeds_per_second"], 0);
  EXPECT_FALSE(json.contains("scenarios"));
  EXPECT_EQ(json.size(), 7u);
  ASSERT_EQ(json["failures"].size(), 2u);
  EXPECT_EQ(json["failures"][0],
            Json({{"scenario", "parity"},
                  {"seed", 10},
                  {"property", "parity"},
                  {"message", "the seed leaves 3"},
                  {"replay_file", folder + "/parity-10.json"}}));
  EXPECT_THAT(outcome.err, HasSubstr("parity · seed 12 · UNDECIDED"));
}

TEST(SweepCommandTest, WithoutAScenarioEachRunsItsOwnSeeds) {
  const Outcome outcome = Execute({"sweep", "--seeds=3", "--json"});
  const Json json = JsonOf(outcome);
  ASSERT_EQ(json["scenarios"].size(), 3u);
  EXPECT_EQ(json["seeds"], 9);
  EXPECT_EQ(json["scenarios"][1]["name"], "tally");
  EXPECT_EQ(json["scenarios"][1]["passed"], 3);
  EXPECT_TRUE(json["scenarios"][1].contains("seeds_per_second"));
}

TEST(SweepCommandTest, UndecidedIsStatusThree) {
  const Outcome outcome =
      Execute({"sweep", "--scenario=parity", "--seeds=5..5"});
  EXPECT_EQ(outcome.status, kExitUndecided);
  EXPECT_THAT(outcome.out, HasSubstr("UNDECIDED\n  the seed leaves 5\n"));
  EXPECT_THAT(outcome.out, HasSubstr("again:   reprise replay "
                                     "--scenario=parity --seed=5 --trace"));
}

TEST(SweepCommandTest, JobsDoNotChangeTheResult) {
  Json results[2];
  int next = 0;
  for (const char* jobs : {"--jobs=1", "--jobs=7"}) {
    Json json = JsonOf(Execute({"sweep", "--bug=counts-twice", "--seeds=200",
                                jobs, "--json", "--out=" + Folder()}));
    json.erase("seconds");
    json.erase("seeds_per_second");
    results[next++] = json;
  }
  EXPECT_EQ(results[0], results[1]);
}

TEST(SweepCommandTest, OptionsReachTheScenario) {
  const Json json = JsonOf(Execute({"sweep", "--scenario=tally", "--seeds=1",
                                    "--option=clients=0", "--json"}));
  EXPECT_EQ(json["passed"], 1);
  const Outcome outcome =
      Execute({"sweep", "--scenario=tally", "--option=x=1"});
  EXPECT_EQ(outcome.status, kExitUsage);
  EXPECT_THAT(outcome.err, HasSubstr("unknown option of tally \"x\""));
}

TEST(SweepCommandTest, ManyViolationsAreCounted) {
  const Outcome outcome = Execute(
      {"sweep", "--scenario=parity", "--seeds=700", "--out=" + Folder()});
  EXPECT_THAT(outcome.out, HasSubstr("parity · 95 more violations; the first "
                                     "20 are saved in "));
}

TEST(SweepCommandTest, AnInterruptedSweepPrintsItsResults) {
  Catalog catalog = ToyCatalog();
  catalog.scenarios = {{.name = "break", .run = [](Trial& trial) {
                          trial.Expect(true, "x", "");
                          if (trial.seed() == Seed(4)) std::raise(SIGINT);
                        }}};
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  const int status = RunCommandLine(
      {"sweep", "--seeds=1000", "--jobs=1", "--json"}, catalog, console);
  EXPECT_EQ(status, kExitInterrupted);
  EXPECT_EQ(Json::parse(out.str())["seeds"], 5);
}

TEST(SweepCommandTest, AFolderThatCannotBeMadeIsBadInput) {
  const Outcome outcome =
      Execute({"sweep", "--scenario=tally", "--out=/dev/null/x"});
  EXPECT_EQ(outcome.status, kExitUsage);
  EXPECT_THAT(outcome.err, HasSubstr("/dev/null/x"));
}

TEST(ReplayCommandTest, PlaysASeed) {
  const Outcome outcome =
      Execute({"replay", "--scenario=register", "--seed=7", "--json"});
  EXPECT_EQ(outcome.status, kExitHolds);
  const Json json = JsonOf(outcome);
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
  EXPECT_EQ(json.size(), 10u);
}

TEST(ReplayCommandTest, TracePrintsTheEvents) {
  const Outcome outcome =
      Execute({"replay", "--scenario=register", "--seed=7", "--trace"});
  EXPECT_THAT(outcome.out, HasSubstr("client-0  calls     Get(\"k\")"));
  EXPECT_THAT(outcome.out, HasSubstr("register · seed 7 · holds\n"));
}

TEST(ReplayCommandTest, WithJsonTheTraceGoesElsewhere) {
  const Outcome outcome = Execute(
      {"replay", "--scenario=register", "--seed=7", "--trace", "--json"});
  JsonOf(outcome);
  EXPECT_THAT(outcome.err, HasSubstr("client-0  calls"));
}

// Saves the first failure of "counts-twice" and returns the file's path.
std::string SavedFailure(const std::string& folder) {
  Execute(
      {"sweep", "--bug=counts-twice", "--max-failures=1", "--out=" + folder});
  return std::filesystem::directory_iterator(folder)->path().string();
}

TEST(ReplayCommandTest, AFilePlaysAlike) {
  const Outcome outcome = Execute({"replay", SavedFailure(Folder()), "--json"});
  EXPECT_EQ(outcome.status, kExitViolated);
  const Json json = JsonOf(outcome);
  EXPECT_EQ(json["property"], "exactly-once");
  EXPECT_EQ(json["plays_alike"], true);
  EXPECT_EQ(json["unused_decisions"], 0);
}

TEST(ReplayCommandTest, AnEditedFileSaysThatItDiffers) {
  const std::string path = SavedFailure(Folder());
  ReplayFile file = *ReadReplayFile(path);
  file.schedule = Schedule{{"client-9->server", "request-loss", 4, 1}};
  ASSERT_TRUE(WriteReplayFile(path, file).ok());
  const Outcome outcome = Execute({"replay", path});
  EXPECT_EQ(outcome.status, kExitHolds);
  EXPECT_THAT(outcome.out, HasSubstr("does not play alike"));
  EXPECT_THAT(outcome.out,
              HasSubstr("1 decision of the schedule no longer apply: "
                        "client-9->server:request-loss:4\n"));
}

TEST(ReplayCommandTest, CalmExceptPlaysASubset) {
  const std::string path = SavedFailure(Folder());
  EXPECT_EQ(Execute({"replay", path, "--calm-except=reply-loss"}).status,
            kExitViolated);
  const Outcome calm = Execute({"replay", path, "--calm-except="});
  EXPECT_EQ(calm.status, kExitHolds);
  EXPECT_THAT(calm.out, HasSubstr("faults in this run: none"));
  const Outcome wrong = Execute({"replay", path, "--calm-except=disk-loss"});
  EXPECT_EQ(wrong.status, kExitUsage);
  EXPECT_THAT(wrong.err, HasSubstr("\"disk-loss\" names no decision"));
}

TEST(ReplayCommandTest, CalmExceptWorksFromASeed) {
  const Outcome outcome = Execute({"replay", "--scenario=tally", "--seed=1",
                                   "--calm-except=client-0->server"});
  EXPECT_EQ(outcome.status, kExitHolds);
}

TEST(ReplayCommandTest, SavesWhatItPlayed) {
  const std::string folder = Folder();
  Execute({"replay", "--scenario=tally", "--seed=3", "--out=" + folder});
  const Outcome outcome = Execute({"replay", folder + "/tally-3.json"});
  EXPECT_EQ(outcome.status, kExitHolds);
  EXPECT_THAT(outcome.out, HasSubstr("plays alike"));
}

TEST(ReplayCommandTest, OptionsReplaceThoseOfTheFile) {
  const Outcome outcome =
      Execute({"replay", SavedFailure(Folder()), "--option=clients=0"});
  EXPECT_EQ(outcome.status, kExitHolds);
  EXPECT_THAT(outcome.out, HasSubstr("does not play alike"));
}

TEST(ReplayCommandTest, BadFilesAreStatusTwo) {
  const std::string folder = Folder();
  std::filesystem::create_directories(folder);
  const std::string path = folder + "/bad.json";
  const std::string good = FormatReplayFile({.scenario = "tally"});
  for (const std::string& text :
       {std::string("{"), std::string("[1]"),
        absl::StrReplaceAll(good, {{"\"version\": 1", "\"version\": 9"}}),
        absl::StrReplaceAll(good, {{"tally", "raft"}})}) {
    std::ofstream(path) << text;
    const Outcome outcome = Execute({"replay", path});
    EXPECT_EQ(outcome.status, kExitUsage) << text;
    EXPECT_THAT(outcome.err, StartsWith("reprise replay: ")) << text;
    EXPECT_THAT(outcome.out, IsEmpty()) << text;
  }
  EXPECT_THAT(Execute({"replay", folder + "/none.json"}).err,
              HasSubstr("none.json: cannot be read"));
}

TEST(LabCommandTest, SpeaksTheLabsFormat) {
  const Outcome outcome = Execute({"lab", "--seed=3"});
  EXPECT_EQ(outcome.status, kExitHolds);
  EXPECT_THAT(outcome.out,
              testing::ContainsRegex("Test: one key ...\n  ... Passed --  t +"
                                     "[0-9]+\\.[0-9] nrpc +10 ops +10\n"));
}

TEST(LabCommandTest, JsonHasItsFields) {
  const Json json = JsonOf(Execute({"lab", "--json"}));
  ASSERT_EQ(json["tests"].size(), 2u);
  const Json& test = json["tests"][1];
  EXPECT_EQ(test["name"], "register");
  EXPECT_EQ(test["title"], "one key");
  EXPECT_EQ(test["passed"], true);
  EXPECT_GT(test["seconds"], 0);
  EXPECT_EQ(test["rpcs"], 10);
  EXPECT_EQ(test["operations"], 10);
  EXPECT_EQ(test["held_bytes"], 0);
  EXPECT_EQ(test["limit_bytes"], 0);
}

TEST(ListCommandTest, ListsEverything) {
  const Outcome outcome = Execute({"list"});
  EXPECT_EQ(outcome.status, kExitHolds);
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("scenarios\n  parity    judges"),
                    HasSubstr("found in tally by exactly-once"),
                    HasSubstr("  harsh"), HasSubstr("  kv  keys and values")));
}

TEST(ListCommandTest, JsonHasItsFields) {
  const Json json = JsonOf(Execute({"list", "--json"}));
  EXPECT_EQ(json["scenarios"].size(), 7u);
  EXPECT_EQ(json["models"][0],
            Json({{"name", "kv"}, {"about", "keys and values"}}));
  EXPECT_EQ(json["bugs"][0], Json({{"name", "counts-twice"},
                                   {"about", "retries count again"},
                                   {"scenario", "tally"},
                                   {"property", "exactly-once"}}));
  EXPECT_GE(json["presets"].size(), 3u);
}

TEST(CommandLineTest, BadInputIsStatusTwoAndNamesTheChoices) {
  const std::vector<std::pair<std::vector<std::string>, std::string>> cases = {
      {{}, "no command"},
      {{"swep"}, "did you mean sweep?"},
      {{"sweep", "--scenario=taly"}, "did you mean tally?"},
      {{"sweep", "--scenario="}, "unknown scenario \"\""},
      {{"sweep", "--bug=count-twice"}, "did you mean counts-twice?"},
      {{"sweep", "--sed=3"}, "did you mean --seeds?"},
      {{"sweep", "--seeds=9..5"}, "runs backwards"},
      {{"sweep", "--seeds=0"}, "no seed to run"},
      {{"sweep", "--seeds=many"}, "\"many\""},
      {{"sweep", "--seeds=-4"}, "\"-4\""},
      {{"sweep", "--jobs=0"}, "from 1 to 1024"},
      {{"sweep", "--jobs=100000"}, "from 1 to 1024"},
      {{"sweep", "--max-failures=0"}, "max-failures \"0\""},
      {{"sweep", "--option=clients"}, "NAME=VALUE"},
      {{"sweep", "tally"}, "\"tally\""},
      {{"replay"}, "needs a FILE, or --scenario=NAME and --seed=N"},
      {{"replay", "--scenario=tally"}, "needs a FILE"},
      {{"replay", "--scenario=tally", "--seed=x"}, "seed \"x\""},
      {{"replay", "a.json", "--seed=1"}, "--seed cannot be given"},
      {{"lab", "--seed=-1"}, "seed \"-1\""},
      {{"list", "--yaml"}, "--yaml"},
  };
  for (const auto& [args, message] : cases) {
    const Outcome outcome = Execute(args);
    EXPECT_EQ(outcome.status, kExitUsage) << message;
    EXPECT_THAT(outcome.err, HasSubstr(message));
    EXPECT_THAT(outcome.err, StartsWith("reprise"));
    EXPECT_THAT(outcome.out, IsEmpty()) << message;
  }
}

TEST(CommandLineTest, HelpIsNoError) {
  const Outcome outcome = Execute({"--help"});
  EXPECT_EQ(outcome.status, kExitHolds);
  EXPECT_THAT(outcome.out, HasSubstr("sweep"));
  EXPECT_THAT(Execute({"sweep", "--help"}).out, HasSubstr("--max-failures"));
}

TEST(CommandLineTest, TakesMoreCommands) {
  const Command hello{.spec = {.name = "hello", .about = "greets"},
                      .run = [](const CommandCall& call) {
                        call.console.out << "hello\n";
                        return kExitHolds;
                      }};
  EXPECT_EQ(Execute({"hello"}, {hello}).out, "hello\n");
}

TEST(CommandLineTest, ResultsThatCannotBeWrittenAreAnError) {
  std::ostringstream out;
  std::ostringstream err;
  out.setstate(std::ios::badbit);
  Console console{.out = out, .err = err};
  EXPECT_EQ(RunCommandLine({"list"}, ToyCatalog(), console), kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("could not be written"));
}

}  // namespace
}  // namespace reprise
