// The command line as a process: what it does with its streams, its signals and
// the folder that it is started in.

#include <sys/wait.h>

#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/exit_status.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

struct Ended {
  int status = 0;
  std::string out;
  std::string err;
};

// Each test has a folder of its own, where its scripts run.
class ProcessTest : public testing::Test {
 protected:
  ProcessTest()
      : folder_(absl::StrCat(
            testing::TempDir(), "/",
            testing::UnitTest::GetInstance()->current_test_info()->name())) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    std::ofstream(folder_ + "/history.jsonl")
        << R"({"client":0,"op":"get","key":"k","output":"","call":1,)"
        << R"("return":2})";
  }

  // Runs a script of the shell, in which $toy is the program. One that does not
  // end in a minute ends with status 124 or 137.
  Ended Run(const std::string& script) const {
    std::ofstream(folder_ + "/script") << script << "\n";
    const std::string toy =
        fs::absolute("sim/explore/testing/toy_main").string();
    const std::string command =
        absl::StrCat("cd '", folder_, "' && toy='", toy,
                     "' timeout --kill-after=1 60 sh script >printed 2>errors");
    const int status = std::system(command.c_str());
    return {WEXITSTATUS(status), Content("printed"), Content("errors")};
  }

  std::string Content(const std::string& name) const {
    std::ifstream file(folder_ + "/" + name);
    std::ostringstream content;
    content << file.rdbuf();
    return content.str();
  }

  const std::string folder_;
};

// Each writes something when all is well.
std::vector<std::string> WritingCommands() {
  return {"--help",
          "--version",
          "sweep --help",
          "list",
          "list --json",
          "lab",
          "sweep --scenario=tally --seeds=3",
          "sweep --scenario=tally --seeds=3 --json",
          "sweep --scenario=leaky --seeds=3 --check-determinism",
          "replay --scenario=tally --seed=1 --trace",
          "replay --scenario=tally --seed=1 --check-determinism --trace",
          "check history.jsonl"};
}

TEST_F(ProcessTest, EndsWithStatusTwoWhereOutputIsClosed) {
  for (const std::string& command : WritingCommands()) {
    const Ended ended = Run("\"$toy\" " + command + " >&-");
    EXPECT_EQ(ended.status, kExitUsage) << command;
    EXPECT_THAT(ended.err, HasSubstr("could not be written")) << command;
  }
}

TEST_F(ProcessTest, EndsWithStatusTwoWhereNothingFits) {
  for (const std::string& command : WritingCommands()) {
    const Ended ended = Run("\"$toy\" " + command + " >/dev/full");
    EXPECT_EQ(ended.status, kExitUsage) << command;
    EXPECT_THAT(ended.err, HasSubstr("No space left on device")) << command;
  }
}

TEST_F(ProcessTest, WritesNoResultsIntoFiles) {
  Run("\"$toy\" replay --scenario=tally --seed=1 --out=saved <&- >&- 2>&-");
  const std::string saved = Content("saved/tally-1.json");
  EXPECT_FALSE(Json::parse(saved, nullptr, false).is_discarded()) << saved;
}

TEST_F(ProcessTest, NeedsNeitherInputNorErrorToBeOpen) {
  const Ended ended =
      Run("\"$toy\" sweep --scenario=tally --seeds=3 --check-determinism "
          "<&- 2>&-");
  EXPECT_EQ(ended.status, kExitHolds);
  EXPECT_THAT(ended.out, HasSubstr("3 repeated in a second process"));
  EXPECT_EQ(Run("\"$toy\" check - <&-").status, kExitUsage);
}

TEST_F(ProcessTest, ABrokenPipeIsQuiet) {
  const Ended ended =
      Run("\"$toy\" replay --scenario=tally --seed=1 --trace | head -n 1");
  EXPECT_EQ(ended.status, kExitHolds);
  EXPECT_THAT(ended.err, IsEmpty());
}

// Sends `signal` after a second; `timeout` sends it twice.
std::string Interrupted(const std::string& signal, const std::string& command) {
  return absl::StrCat("timeout --preserve-status --signal=", signal,
                      " 1 \"$toy\" ", command);
}

TEST_F(ProcessTest, ASignalEndsAnythingWithItsResultsSoFar) {
  for (const char* signal : {"INT", "TERM", "HUP"}) {
    for (const char* command :
         {"sweep --scenario=endless --seeds=1000 --json",
          "sweep --scenario=endless --option=none=1 --json",
          "replay --scenario=endless --seed=1 --json"}) {
      const Ended ended = Run(Interrupted(signal, command));
      EXPECT_EQ(ended.status, kExitInterrupted) << signal << " " << command;
      EXPECT_FALSE(Json::parse(ended.out, nullptr, false).is_discarded())
          << signal << " " << command << ":\n"
          << ended.out << ended.err;
    }
  }
}

TEST_F(ProcessTest, AnInterruptedReplayIsUndecided) {
  const Ended ended =
      Run(Interrupted("INT", "replay --scenario=endless --seed=7 --json"));
  const Json json = Json::parse(ended.out);
  EXPECT_EQ(json["scenario"], "endless");
  EXPECT_EQ(json["seed"], 7);
  EXPECT_EQ(json["verdict"], "undecided");
  EXPECT_THAT(json["message"], HasSubstr("interrupted"));
}

TEST_F(ProcessTest, AnInterruptedTraceEndsWithWholeLines) {
  const Ended ended = Run(
      "\"$toy\" replay --scenario=tally --seed=1 --out=. >/dev/null\n"
      "sed -i 's/\"additions\": 3/\"additions\": 100000000/' tally-1.json\n" +
      Interrupted("INT", "replay tally-1.json --trace | tail -n 3"));
  EXPECT_THAT(ended.out,
              testing::MatchesRegex(
                  " +[0-9. ]+ s .*\ntally · seed 1 · UNDECIDED\n  interrupted "
                  "before the trial had ended\n"));
}

TEST_F(ProcessTest, ACheckThatWaitsForItsInputCanBeInterrupted) {
  const Ended ended = Run("mkfifo pipe && exec 3<>pipe && " +
                          Interrupted("INT", "check - --json <&3"));
  EXPECT_EQ(ended.status, kExitInterrupted);
  EXPECT_EQ(Json::parse(ended.out)["verdict"], "undecided");
}

// Forty additions of even numbers at once, and a read of an odd one between
// them: each set of them is to be tried.
std::string HardHistory() {
  std::string text;
  for (int client = 0; client < 40; ++client) {
    absl::StrAppend(&text, "{\"client\":", client, R"(,"op":"add","value":)",
                    int64_t{2} << client, ",\"call\":1,\"return\":20}\n");
  }
  return text + R"({"client":99,"op":"read","output":1,"call":2,"return":19})" +
         "\n";
}

TEST_F(ProcessTest, ASearchCanBeInterruptedAndSaysWhatWasFoundBefore) {
  std::ofstream(folder_ + "/a.jsonl")
      << R"({"client":0,"op":"read","output":0,"call":1,"return":2})"
      << "\n";
  std::ofstream(folder_ + "/b.jsonl") << HardHistory();
  const Ended ended =
      Run(Interrupted("INT",
                      "check a.jsonl b.jsonl --model=counter --json "
                      "--budget-states=1000000000000 "
                      "--budget-bytes=1000000000000"));
  EXPECT_EQ(ended.status, kExitInterrupted) << ended.out << ended.err;
  const Json json = Json::parse(ended.out);
  EXPECT_EQ(json["results"][0]["verdict"], "holds");
  EXPECT_EQ(json["results"][1]["verdict"], "undecided");
  EXPECT_EQ(json["results"][1]["operations"], 41);
}

TEST_F(ProcessTest, AHangUpThatIsIgnoredStaysIgnored) {
  const Ended ended =
      Run("trap '' HUP; timeout --signal=HUP 0.5 \"$toy\" sweep "
          "--scenario=tally --seeds=100 --json");
  EXPECT_EQ(Json::parse(ended.out)["seeds"], 100);
}

TEST_F(ProcessTest, WorksWhereTheUserStandsUnderBazelRun) {
  fs::create_directories(folder_ + "/toy.runfiles/reprise");
  const Ended ended =
      Run("export BUILD_WORKING_DIRECTORY=\"$PWD\"; cd toy.runfiles/reprise && "
          "\"$toy\" replay --scenario=tally --seed=1 --out=saved");
  EXPECT_EQ(ended.status, kExitHolds);
  EXPECT_THAT(Content("saved/tally-1.json"), HasSubstr("reprise-replay"));
}

// A script that `bazel run` started may go elsewhere first.
TEST_F(ProcessTest, StaysOutsideOfRunfiles) {
  fs::create_directories(folder_ + "/elsewhere");
  const Ended ended =
      Run("export BUILD_WORKING_DIRECTORY=/; cd elsewhere && "
          "\"$toy\" replay --scenario=tally --seed=1 --out=saved");
  EXPECT_EQ(ended.status, kExitHolds);
  EXPECT_THAT(Content("elsewhere/saved/tally-1.json"),
              HasSubstr("reprise-replay"));
}

TEST_F(ProcessTest, AFolderThatRefusesIsFoundOutFirstAndNamedOnce) {
  std::ofstream(folder_ + "/out") << "a file";
  const Ended ended =
      Run("\"$toy\" sweep --scenario=parity --seeds=200 --json");
  EXPECT_EQ(ended.status, kExitViolated);
  const std::string once =
      "failures are not saved: out: cannot be made a folder: Not a directory.";
  EXPECT_THAT(ended.err, HasSubstr(once));
  EXPECT_EQ(ended.err.find(once, ended.err.find(once) + 1), std::string::npos);
  for (const Json& failure : Json::parse(ended.out)["failures"]) {
    EXPECT_TRUE(failure["replay_file"].is_null());
  }
}

}  // namespace
}  // namespace reprise::cli
