// The command line as a process: what it does with its streams, its signals and
// the folder that it is started in.

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/script.h"

namespace reprise::cli {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

// Each test has a folder of its own, where its scripts run; $toy is the
// program.
class ProcessTest : public testing::Test {
 protected:
  ProcessTest() {
    std::ofstream(folder_.path() + "/history.jsonl")
        << R"({"client":0,"op":"get","key":"k","output":"","call":1,)"
        << R"("return":2})";
  }

  Ended Run(const std::string& script) const { return folder_.Run(script); }
  std::string Content(const std::string& name) const {
    return folder_.Content(name);
  }

  const ScriptFolder folder_{"toy", "sim/explore/testing/toy_main"};
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

// Also in the middle of much output, and where whoever started it, as some
// programs do, ignores the signal.
TEST_F(ProcessTest, ALongTraceEndsWithItsPager) {
  Run("\"$toy\" replay --scenario=tally --seed=1 --out=.\n"
      "sed -i 's/\"additions\": 3/\"additions\": 100000000/' tally-1.json");
  for (const char* before : {"", "trap '' PIPE; "}) {
    for (const char* more : {"", " --in-process"}) {
      const Ended ended = Run(absl::StrCat(
          before, "{ timeout 20 \"$toy\" replay tally-1.json --trace", more,
          "; echo $? >status; } | head -n 1"));
      EXPECT_EQ(ended.status, 0) << before << more;
      EXPECT_THAT(ended.err, IsEmpty()) << before << more;
      EXPECT_THAT(ended.out, HasSubstr("server"));
      // The signal of a pipe that nobody reads.
      EXPECT_EQ(Content("status"), "141\n") << before << more;
    }
  }
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

// With the scenario and the seed, also where the options of the scenario were
// still being asked for.
TEST_F(ProcessTest, WhatIsInterruptedIsUndecidedAndNamed) {
  Run("\"$toy\" replay --scenario=tally --seed=7 --out=. >/dev/null\n"
      "sed -i 's/tally/endless/' tally-7.json");
  for (const char* command :
       {"replay --scenario=endless --option=none=1 --seed=7 --json",
        "branch --scenario=endless --option=none=1 --seed=7 --json",
        "shrink --scenario=endless --option=none=1 --seed=7 --json",
        "replay tally-7.json --fixed --json"}) {
    const Ended ended = Run(Interrupted("INT", command));
    EXPECT_EQ(ended.status, kExitInterrupted) << command;
    const Json json = Json::parse(ended.out, nullptr, false);
    ASSERT_FALSE(json.is_discarded()) << command << ":\n" << ended.out;
    EXPECT_EQ(json["scenario"], "endless") << command;
    EXPECT_EQ(json["seed"], 7) << command;
    EXPECT_THAT(json["message"], HasSubstr("interrupted")) << command;
  }
  EXPECT_EQ(Run(Interrupted("INT", "replay tally-7.json --fixed")).out,
            "endless · seed 7 · UNDECIDED\n"
            "  interrupted before the trial had ended\n");
}

TEST_F(ProcessTest, BranchesOfALongRunAreLeftAtOnce) {
  Run("\"$toy\" replay --scenario=tally --seed=1 --option=additions=3000 "
      "--out=. && mv tally-*.json long.json");
  const Ended ended = Run(Interrupted("INT", "replay long.json --fixed"));
  EXPECT_EQ(ended.status, kExitInterrupted);
  EXPECT_THAT(ended.out, HasSubstr("tally · seed 1 · "));
  EXPECT_LT(ended.seconds, 2.5);
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
  std::ofstream(folder_.path() + "/a.jsonl")
      << R"({"client":0,"op":"read","output":0,"call":1,"return":2})"
      << "\n";
  std::ofstream(folder_.path() + "/b.jsonl") << HardHistory();
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
      Run("trap '' HUP\n"
          "\"$toy\" sweep --scenario=endless --seeds=1000 --json & toy_id=$!\n"
          "sleep 0.5; kill -HUP $toy_id\n"
          "sleep 0.5; kill -0 $toy_id && echo yes >lives\n"
          "kill -TERM $toy_id; wait $toy_id");
  EXPECT_EQ(Content("lives"), "yes\n");
  EXPECT_EQ(ended.status, kExitInterrupted);
}

TEST_F(ProcessTest, WorksWhereTheUserStandsUnderBazelRun) {
  fs::create_directories(folder_.path() + "/toy.runfiles/reprise");
  const Ended ended =
      Run("export BUILD_WORKING_DIRECTORY=\"$PWD\"; cd toy.runfiles/reprise && "
          "\"$toy\" replay --scenario=tally --seed=1 --out=saved");
  EXPECT_EQ(ended.status, kExitHolds);
  EXPECT_THAT(Content("saved/tally-1.json"), HasSubstr("reprise-replay"));
}

// A script that `bazel run` started may go elsewhere first.
TEST_F(ProcessTest, StaysOutsideOfRunfiles) {
  fs::create_directories(folder_.path() + "/elsewhere");
  const Ended ended =
      Run("export BUILD_WORKING_DIRECTORY=/; cd elsewhere && "
          "\"$toy\" replay --scenario=tally --seed=1 --out=saved");
  EXPECT_EQ(ended.status, kExitHolds);
  EXPECT_THAT(Content("elsewhere/saved/tally-1.json"),
              HasSubstr("reprise-replay"));
}

TEST_F(ProcessTest, AFolderThatRefusesIsFoundOutFirstAndNamedOnce) {
  std::ofstream(folder_.path() + "/out") << "a file";
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
