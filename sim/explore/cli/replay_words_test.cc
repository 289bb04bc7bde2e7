// Replay files whose partitions stand there in words, as they are recorded and
// as people edit them, and where a run differs from what its file expects.

#include <cstdint>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/execute.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/world/edits.h"

namespace reprise::cli {
namespace {

using testing::AllOf;
using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

// A partition of the scenario "parted" that cuts these nodes at the first tick.
Schedule Cutting(const std::string& words) {
  return {{"world", "partition", 1, 500'000'000},
          {"world", "partition-shape", 1, 0, "", words}};
}

std::string Save(const Schedule& schedule) {
  const std::string path = absl::StrCat(
      testing::TempDir(), "/",
      testing::UnitTest::GetInstance()->current_test_info()->name(), ".json");
  const ReplayFile file{
      .scenario = "parted",
      .timeline = {.seed = Seed(3),
                   .edits = {.base = Base::kCalm, .schedule = schedule}}};
  EXPECT_TRUE(WriteReplayFile(path, file).ok());
  return path;
}

// A file that the command has saved of a seed.
std::string Recorded() {
  const std::string folder = TestFolder();
  const Execution done =
      Execute({"replay", "--scenario=parted", "--seed=3", "--out=" + folder});
  EXPECT_EQ(done.status, kExitViolated) << done.out;
  return folder + "/parted-3.json";
}

TEST(ReplayWordsTest, AFileSaysWhoIsCutOff) {
  const std::string path = Recorded();
  std::stringstream text;
  text << std::ifstream(path).rdbuf();
  EXPECT_THAT(text.str(),
              ContainsRegex("\"partition-shape\", [0-9]+, \"\\{server-"));
  const Execution done = Execute({"replay", path});
  EXPECT_EQ(done.status, kExitViolated);
  EXPECT_THAT(done.out, HasSubstr("plays alike"));
}

TEST(ReplayWordsTest, WhatIsEditedIsCut) {
  const Execution first =
      Execute({"replay", Save(Cutting("server-0 | server-1")), "--trace"});
  EXPECT_EQ(first.status, kExitViolated);
  EXPECT_THAT(first.out, HasSubstr("{server-0} | {server-1}"));
  for (const char* words : {"server-1 | server-2", "nothing",
                            "{client} | {server-0 server-1 server-2}"}) {
    EXPECT_EQ(Execute({"replay", Save(Cutting(words))}).status, kExitHolds);
  }
}

TEST(ReplayWordsTest, ANumberDrawsWhoIsCutOff) {
  Schedule schedule = Cutting("");
  schedule.back().value = 5;
  const Execution done = Execute({"replay", Save(schedule), "--trace"});
  EXPECT_THAT(done.out, ContainsRegex("\\{server-.\\}.* \\| \\{server-"));
}

TEST(ReplayWordsTest, WordsThatCannotBeReadAreStatusTwo) {
  const Execution done =
      Execute({"replay", Save(Cutting("server-0 server-1"))});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err,
              AllOf(HasSubstr("line 11: decision 2 of \"schedule\": "
                              "world:partition-shape:1 is \"server-0 "
                              "server-1\", expected what is cut, such as "),
                    HasSubstr("expected \"|\" or \"-/->\", found the end.")));
}

TEST(ReplayWordsTest, AnUnknownNodeIsStatusTwo) {
  const std::string path = Save(Cutting("server-0 | sevrer-1"));
  const Execution done = Execute({"replay", path});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(
      done.err,
      HasSubstr(path + ": line 11: decision 2 of \"schedule\": "
                       "world:partition-shape:1 names \"sevrer-1\", expected "
                       "nodes of the run: server-0, server-1, server-2, "
                       "client."));
}

TEST(ReplayWordsTest, OtherOptionsMayHaveOtherNodes) {
  const std::string path = Save(Cutting("server-0 | server-1 server-2"));
  const Execution done = Execute({"replay", path, "--option=servers=2"});
  EXPECT_EQ(done.status, kExitViolated) << done.err;
  EXPECT_THAT(done.out, HasSubstr("  world:partition-shape:1 names "
                                  "\"server-2\", expected nodes of the run"));
}

TEST(ReplayWordsTest, SaysWhereAllThatIsCutIsLeftOut) {
  Schedule schedule = Cutting("server-0 | server-1");
  schedule.push_back({"server-1", "node-left-out", 0, 1});
  const Execution done = Execute({"replay", Save(schedule)});
  EXPECT_EQ(done.status, kExitHolds) << done.err;
  EXPECT_THAT(done.out,
              HasSubstr("  world:partition-shape:1 cuts nothing, because its "
                        "nodes are left out\n"));
}

TEST(ReplayWordsTest, AShapeGoesWithItsPartition) {
  for (const char* kept : {"partition", "world", "world:partition:1"}) {
    EXPECT_EQ(Execute({"replay", Save(Cutting("server-0 | server-1")),
                       absl::StrCat("--calm-except=", kept)})
                  .status,
              kExitViolated)
        << kept;
  }
}

TEST(ReplayWordsTest, UnknownEntitiesAreTold) {
  Schedule schedule = Cutting("server-0 | server-1");
  schedule.push_back({"client 9", "operation-left-out", 3, 1});
  const Execution done = Execute({"replay", Save(schedule)});
  EXPECT_EQ(done.status, kExitViolated) << done.err;
  EXPECT_THAT(done.out, HasSubstr("1 decision of the schedule names nothing of "
                                  "this run: client 9:operation-left-out:3\n"));
}

// How many events came before the first partition of the run.
uint64_t EventsBeforeTheFirstPartition(const std::string& path) {
  const std::string events = testing::TempDir() + "/events.jsonl";
  Execute({"replay", path, "--events=" + events});
  std::ifstream lines(events);
  uint64_t count = 0;
  for (std::string line; std::getline(lines, line); ++count) {
    if (line.find("partition") != std::string::npos) return count;
  }
  return 0;
}

TEST(ReplayWordsTest, SaysWhereTheRunDiffersFirst) {
  const std::string path = Recorded();
  const uint64_t before = EventsBeforeTheFirstPartition(path);
  EXPECT_GT(before, 0u);
  ReplayFile file = *ReadReplayFile(path);
  EXPECT_GE(file.expected->digests.size(), 16u);
  for (Decision& decision : file.timeline.edits.schedule) {
    if (decision.purpose == "partition-shape") decision.words = "nothing";
  }
  ASSERT_TRUE(WriteReplayFile(path, file).ok());
  const Execution done = Execute({"replay", path});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out,
              AllOf(HasSubstr("does not play alike"),
                    ContainsRegex("the first event that differs is one of "
                                  "[0-9]+ to [0-9]+; ")));
  const Json json = Json::parse(Execute({"replay", path, "--json"}).out);
  EXPECT_LE(json["first_difference"][0], before + 1);
  EXPECT_GE(json["first_difference"][1], before + 1);
  EXPECT_LE(json["first_difference"][1].get<uint64_t>() -
                json["first_difference"][0].get<uint64_t>(),
            json["events"].get<uint64_t>() / 8);
}

TEST(ReplayWordsTest, AFileWithoutDigestsDoesNotTellWhereItDiffers) {
  const std::string path = Recorded();
  ReplayFile file = *ReadReplayFile(path);
  file.timeline.edits.schedule.clear();
  file.expected->digests.clear();
  ASSERT_TRUE(WriteReplayFile(path, file).ok());
  const Execution done = Execute({"replay", path});
  EXPECT_THAT(done.out, AllOf(HasSubstr("does not play alike"),
                              Not(HasSubstr("first event that differs"))));
}

TEST(ReplayWordsTest, WhatIsStoppedIsNotCompared) {
  const Execution done = Execute({"replay", Recorded(), "--until=20"});
  EXPECT_EQ(done.status, kExitUndecided);
  EXPECT_THAT(done.out, AllOf(HasSubstr("stopped on the way"),
                              Not(HasSubstr("differs"))));
}

}  // namespace
}  // namespace reprise::cli
