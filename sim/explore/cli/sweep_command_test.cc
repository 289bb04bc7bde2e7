#include <signal.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "absl/strings/str_split.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/console.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/cli/main.h"
#include "reprise/sim/explore/testing/execute.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise::cli {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;
using Json = nlohmann::json;

TEST(SweepCommandTest, HoldsWithStatusZero) {
  const Execution done = Execute({"sweep", "--scenario=tally", "--seeds=30"});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out, HasSubstr("scenario  seeds  seeds/s"));
  EXPECT_THAT(done.out, HasSubstr("1 scenario, 30 seeds, all hold"));
  EXPECT_THAT(done.err, IsEmpty());
}

TEST(SweepCommandTest, NamesTheMarksThatNoSeedHasReached) {
  const std::vector<std::string> sweep = {"sweep", "--scenario=tally",
                                          "--seeds=30"};
  const Execution text = Execute(sweep);
  EXPECT_EQ(text.status, kExitHolds);
  EXPECT_THAT(text.out,
              HasSubstr("marks: 1 of 2 reached; never: tally.many-clients\n"));
  const Json json =
      JsonOf(Execute({"sweep", "--scenario=tally", "--seeds=30", "--json"}));
  EXPECT_GT(json["reached"]["tally.repeated"], 0);
  EXPECT_EQ(json["not_reached"], Json({"tally.many-clients"}));
}

TEST(SweepCommandTest, SumsMarksOverProcesses) {
  const auto reached = [](const std::string& jobs) {
    return JsonOf(Execute({"sweep", "--scenario=tally", "--seeds=60",
                           "--jobs=" + jobs, "--json"}))["reached"];
  };
  EXPECT_EQ(reached("1"), reached("3"));
}

TEST(SweepCommandTest, AGapIsAViolationWhereItIsRequired) {
  const Execution gap =
      Execute({"sweep", "--scenario=tally", "--seeds=30", "--require-reached"});
  EXPECT_EQ(gap.status, kExitViolated);
  EXPECT_THAT(gap.out, HasSubstr("VIOLATED: reached\n  1 mark was reached in "
                                 "none of 30 seeds: tally.many-clients."));
  const Json json = JsonOf(Execute({"sweep", "--scenario=tally", "--seeds=30",
                                    "--require-reached", "--json"}));
  EXPECT_EQ(json["violated"], 0);
  EXPECT_EQ(json["failures"][0]["property"], "reached");
  const Execution whole = Execute({"sweep", "--scenario=tally", "--seeds=30",
                                   "--option=clients=3", "--require-reached"});
  EXPECT_EQ(whole.status, kExitHolds);
  EXPECT_THAT(whole.out, HasSubstr("marks: all 2 reached\n"));
}

TEST(SweepCommandTest, AViolationIsPrintedAndSaved) {
  const std::string folder = TestFolder();
  const Execution done =
      Execute({"sweep", "--scenario=tally", "--seeds=30", "--bug=counts-twice",
               "--max-failures=1", "--out=" + folder});
  EXPECT_EQ(done.status, kExitViolated);
  EXPECT_THAT(done.out,
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
  const Execution done =
      Execute({"sweep", "--bug=stale-read", "--json", "--out=" + TestFolder()});
  EXPECT_EQ(done.status, kExitViolated);
  const Json json = JsonOf(done);
  EXPECT_EQ(json["failures"][0]["scenario"], "register");
  EXPECT_EQ(json["failures"][0]["property"], "linearizability");
}

TEST(SweepCommandTest, JsonHasItsFieldsAndNothingElse) {
  const std::string folder = TestFolder();
  const Execution done = Execute({"sweep", "--scenario=parity", "--seeds=7..20",
                                  "--json", "--out=" + folder});
  EXPECT_EQ(done.status, kExitViolated);
  const Json json = JsonOf(done);
  EXPECT_EQ(json["seeds"], 14);
  EXPECT_EQ(json["passed"], 10);
  EXPECT_EQ(json["violated"], 2);
  EXPECT_EQ(json["undecided"], 2);
  EXPECT_GT(json["seconds"], 0);
  EXPECT_GT(json["seeds_per_second"], 0);
  EXPECT_FALSE(json.contains("scenarios"));
  EXPECT_EQ(json.size(), 12u);
  ASSERT_EQ(json["failures"].size(), 2u);
  EXPECT_EQ(json["failures"][0],
            Json({{"scenario", "parity"},
                  {"seed", 10},
                  {"property", "parity"},
                  {"message", "the seed leaves 3"},
                  {"replay_file", folder + "/parity-10.json"}}));
  EXPECT_THAT(done.err, HasSubstr("parity · seed 12 · UNDECIDED"));
}

TEST(SweepCommandTest, WithoutAScenarioEachRunsItsOwnSeeds) {
  const Execution done = Execute({"sweep", "--seeds=3", "--json"});
  const Json json = JsonOf(done);
  ASSERT_EQ(json["scenarios"].size(), 3u);
  EXPECT_EQ(json["seeds"], 9);
  EXPECT_EQ(json["scenarios"][1]["name"], "tally");
  EXPECT_EQ(json["scenarios"][1]["passed"], 3);
  EXPECT_TRUE(json["scenarios"][1].contains("seeds_per_second"));
}

TEST(SweepCommandTest, UndecidedIsStatusThree) {
  const Execution done =
      Execute({"sweep", "--scenario=parity", "--seeds=5..5"});
  EXPECT_EQ(done.status, kExitUndecided);
  EXPECT_THAT(done.out, HasSubstr("UNDECIDED\n  the seed leaves 5\n"));
  EXPECT_THAT(done.out, HasSubstr("again:   reprise replay "
                                  "--scenario=parity --seed=5 --trace"));
}

// The command that stands behind "again:", without its program.
std::vector<std::string> AgainOf(const std::string& out) {
  const std::string before = "again:   reprise ";
  const size_t first = out.find(before);
  if (first == std::string::npos) return {};
  std::istringstream words(out.substr(first + before.size()));
  std::string line;
  std::getline(words, line);
  return absl::StrSplit(line, ' ');
}

TEST(SweepCommandTest, TheCommandForAgainKeepsTheBudgets) {
  for (const std::string budget : {"--max-steps=2", "--max-time=1"}) {
    const Execution done = Execute(
        {"sweep", "--scenario=endless", "--seeds=1", "--watchdog=60", budget});
    EXPECT_EQ(done.status, kExitUndecided) << done.out;
    const std::vector<std::string> again = AgainOf(done.out);
    ASSERT_THAT(again, ElementsAre("replay", "--scenario=endless", "--seed=0",
                                   budget, "--watchdog=60", "--trace"));
    const Execution replay = Execute(again);
    EXPECT_EQ(replay.status, kExitUndecided);
    EXPECT_THAT(replay.out, HasSubstr("its budget of "));
  }
}

TEST(SweepCommandTest, TheCommandForASavedFailureKeepsThemToo) {
  const Execution done =
      Execute({"sweep", "--bug=counts-twice", "--seeds=30", "--max-steps=5000",
               "--watchdog=60", "--max-time=100000", "--out=" + TestFolder()});
  EXPECT_EQ(done.status, kExitViolated);
  EXPECT_THAT(AgainOf(done.out),
              ElementsAre("replay", HasSubstr("tally-counts-twice-"),
                          "--max-steps=5000", "--watchdog=60", "--trace"));
  // What is shrunk may take what is usual.
  EXPECT_THAT(done.out, HasSubstr(".shrunk.json --watchdog=60 --trace\n"));
}

TEST(SweepCommandTest, JobsDoNotChangeTheResult) {
  Json results[2];
  int next = 0;
  for (const char* jobs : {"--jobs=1", "--jobs=7"}) {
    Json json = JsonOf(Execute({"sweep", "--bug=counts-twice", "--seeds=200",
                                jobs, "--json", "--out=" + TestFolder()}));
    json.erase("seconds");
    json.erase("seeds_per_second");
    for (Json& found : json["classes"]) {
      EXPECT_TRUE(found["is_minimal"]);
      for (const char* member : {"seconds", "replay_file", "report"}) {
        found.erase(member);
      }
    }
    results[next++] = json;
  }
  EXPECT_EQ(results[0], results[1]);
}

TEST(SweepCommandTest, OptionsReachTheScenario) {
  const Json json = JsonOf(Execute({"sweep", "--scenario=tally", "--seeds=1",
                                    "--option=clients=0", "--json"}));
  EXPECT_EQ(json["passed"], 1);
  const Execution done = Execute({"sweep", "--scenario=tally", "--option=x=1"});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err, HasSubstr("unknown option of tally \"x\""));
}

TEST(SweepCommandTest, ManyViolationsAreCounted) {
  const Execution done = Execute(
      {"sweep", "--scenario=parity", "--seeds=700", "--out=" + TestFolder()});
  EXPECT_THAT(done.out, HasSubstr("parity · 100 violations of 1 class\n"));
}

TEST(SweepCommandTest, AnInterruptedSweepPrintsItsResults) {
  Catalog catalog = ToyCatalog();
  catalog.bugs.clear();
  catalog.scenarios = {{.name = "break", .run = [](Trial& trial) {
                          trial.Expect(true, "x", "");
                          // As a terminal would, to the command itself.
                          if (trial.seed() == Seed(4)) kill(getppid(), SIGINT);
                          while (trial.seed() > Seed(4))
                            std::this_thread::yield();
                        }}};
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  const int status = RunCommandLine(
      {"sweep", "--seeds=1000", "--jobs=1", "--json"}, catalog, console);
  EXPECT_EQ(status, kExitInterrupted);
  EXPECT_EQ(Json::parse(out.str())["seeds"], 5);
}

TEST(SweepCommandTest, JsonHasNullForFilesThatAreNotWritten) {
  const Json json = JsonOf(Execute({"sweep", "--scenario=parity", "--seeds=200",
                                    "--json", "--out=" + TestFolder()}));
  ASSERT_GT(json["failures"].size(), 21u);
  EXPECT_TRUE(json["failures"][0]["replay_file"].is_string());
  EXPECT_TRUE(json["failures"][1]["replay_file"].is_null());
}

// Such a name is known before any trial has run.
TEST(SweepCommandTest, AFileNameThatIsTooLongIsBadInput) {
  Catalog catalog = ToyCatalog();
  int runs = 0;
  catalog.bugs.clear();
  catalog.scenarios = {
      {.name = std::string(250, 'x'), .run = [&](Trial&) { ++runs; }}};
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  EXPECT_EQ(
      RunCommandLine({"sweep", "--out=" + TestFolder()}, catalog, console),
      kExitUsage);
  EXPECT_THAT(err.str(), HasSubstr("File name too long"));
  EXPECT_EQ(runs, 0);
}

TEST(SweepCommandTest, AFolderThatCannotBeMadeIsBadInput) {
  const Execution done =
      Execute({"sweep", "--scenario=tally", "--out=/dev/null/x"});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err, HasSubstr("/dev/null/x"));
}

// A folder that is lost before the first failure is saved.
Execution SweepIntoLostFolder(const std::string& folder, bool is_usual) {
  Catalog catalog = ToyCatalog();
  catalog.bugs.clear();
  catalog.scenarios = {{.name = "loses", .run = [&](Trial& trial) {
                          std::filesystem::remove_all(folder);
                          std::ofstream(folder) << "a file";
                          trial.Expect(false, "x", "");
                        }}};
  std::ostringstream out;
  std::ostringstream err;
  Console console{.out = out, .err = err};
  std::vector<std::string> args = {"sweep", "--seeds=1"};
  if (!is_usual) args.push_back("--out=" + folder);
  const int status = RunCommandLine(args, catalog, console);
  return {status, out.str(), err.str()};
}

TEST(SweepCommandTest, AFolderThatIsLostIsStatusTwoWhereItWasAskedFor) {
  const Execution done = SweepIntoLostFolder(TestFolder(), false);
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.out, HasSubstr("VIOLATED: x"));
  EXPECT_THAT(done.err, StartsWith("failures are not saved: "));
  const std::filesystem::path before = std::filesystem::current_path();
  const std::string elsewhere = TestFolder() + "-usual";
  std::filesystem::create_directories(elsewhere);
  std::filesystem::current_path(elsewhere);
  const Execution usual = SweepIntoLostFolder("out", true);
  std::filesystem::current_path(before);
  EXPECT_EQ(usual.status, kExitViolated);
  EXPECT_THAT(usual.err, StartsWith("failures are not saved: "));
}

TEST(SweepCommandTest, AShrunkFileThatCannotBeWrittenIsStatusTwo) {
  const std::string folder = TestFolder();
  const std::vector<std::string> sweep = {
      "sweep", "--bug=counts-twice", "--seeds=30", "--json", "--out=" + folder};
  const Json whole = JsonOf(Execute(sweep));
  const std::string shrunk = whole["classes"][0]["replay_file"];
  std::filesystem::remove(shrunk);
  std::filesystem::create_directory(shrunk);
  const Execution done = Execute(sweep);
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err, HasSubstr("is not shrunk: " + shrunk));
  EXPECT_EQ(JsonOf(done)["violated"], whole["violated"]);
}

TEST(SweepCommandTest, AShareOfTrialsIsAPercentage) {
  for (const char* share : {"101", "-1", "some"}) {
    const Execution done =
        Execute({"sweep", "--scenario=tally",
                 std::string("--check-determinism=") + share});
    EXPECT_EQ(done.status, kExitUsage);
    EXPECT_THAT(done.err, HasSubstr(share));
  }
}

// Execute() does not say how to start this program again.
TEST(SweepCommandTest, TrialsCannotBeRepeatedWithoutASecondProcess) {
  const Execution done =
      Execute({"sweep", "--scenario=tally", "--check-determinism"});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err, HasSubstr("cannot be started a second time"));
  EXPECT_EQ(
      Execute({"replay", "--scenario=tally", "--seed=1", "--check-determinism"})
          .status,
      kExitUsage);
}

}  // namespace
}  // namespace reprise::cli
