#include "reprise/sim/explore/testing/replay_corpus.h"

#include <filesystem>
#include <fstream>
#include <string>

#include "absl/status/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {
namespace {

using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

// A folder for the running test alone.
std::string NewFolder() {
  const std::string folder =
      testing::TempDir() + "/" +
      testing::UnitTest::GetInstance()->current_test_info()->name();
  std::filesystem::remove_all(folder);
  std::filesystem::create_directory(folder);
  return folder;
}

void WriteText(const std::string& path, const std::string& text) {
  std::ofstream(path) << text;
}

// A trial of "tally" in which the bug "counts-twice" shows.
ReplayFile SavedFailure() {
  TrialArena arena;
  return ToReplayFile(
      "tally", "counts-twice",
      RunRecordedTrial(Toy("tally"), {.seed = Seed(2), .bug = "counts-twice"},
                       arena));
}

std::string Save(const ReplayFile& file) {
  const std::string path = NewFolder() + "/saved.json";
  EXPECT_TRUE(WriteReplayFile(path, file).ok());
  return path;
}

TEST(ReplayCorpusTest, AFileOfABugMustStillViolateItsProperty) {
  EXPECT_TRUE(PlaysAsItShould(ToyCatalog(), Save(SavedFailure())));
}

TEST(ReplayCorpusTest, AFileWithoutABugMustHold) {
  ReplayFile mended = SavedFailure();
  mended.bug = "";
  EXPECT_TRUE(PlaysAsItShould(ToyCatalog(), Save(mended)));
}

TEST(ReplayCorpusTest, AnotherPropertyIsAFailureThatSaysWhatChanged) {
  ReplayFile file = SavedFailure();
  file.expected->property = "linearizability";
  file.expected->digest = 0x123;
  file.timeline.options.push_back({.name = "servers", .value = 3});
  file.timeline.edits.schedule.push_back({.entity = "client-9->server",
                                          .purpose = "request-loss",
                                          .index = 7,
                                          .value = 1});
  const std::string path = Save(file);
  Catalog catalog = ToyCatalog();
  catalog.program = "build/toys";

  const testing::AssertionResult result = PlaysAsItShould(catalog, path);

  EXPECT_FALSE(result);
  EXPECT_THAT(
      result.message(),
      AllOf(HasSubstr(path + ": the bug counts-twice must violate "
                             "linearizability, but the trial ended violated "
                             "exactly-once"),
            HasSubstr("saved:   violated linearizability, digest "
                      "0000000000000123\n"),
            HasSubstr("now:     violated exactly-once, digest "),
            HasSubstr("no longer asks for the option servers\n"),
            HasSubstr("; the first: client-9->server:request-loss:7\n"),
            HasSubstr("again:   build/toys replay " + path + " --trace\n")));
}

TEST(ReplayCorpusTest, AFailureThatIsNotMendedIsAFailure) {
  ReplayFile file;
  file.scenario = "parity";
  file.timeline.seed = Seed(3);

  const testing::AssertionResult result =
      PlaysAsItShould(ToyCatalog(), Save(file));

  EXPECT_FALSE(result);
  EXPECT_THAT(result.message(),
              AllOf(HasSubstr("must hold, but ended violated parity"),
                    Not(HasSubstr("saved:")), HasSubstr("again:")));
}

TEST(ReplayCorpusTest, AScenarioThatIsGoneIsAFailure) {
  ReplayFile file = SavedFailure();
  file.scenario = "tally-of-old";
  const testing::AssertionResult result =
      PlaysAsItShould(ToyCatalog(), Save(file));
  EXPECT_FALSE(result);
  EXPECT_THAT(result.message(), HasSubstr("tally-of-old"));
}

TEST(ReplayCorpusTest, FindsAllFilesOfAFolderInOrder) {
  const std::string folder = NewFolder();
  for (const char* name : {"/b.json", "/a.json", "/c.json"}) {
    WriteText(folder + name, "{}");
  }
  EXPECT_THAT(
      *FindReplayFiles({folder, folder + "/a.json"}),
      ElementsAre(folder + "/a.json", folder + "/b.json", folder + "/c.json"));
}

void ExpectRefused(const std::vector<std::string>& paths,
                   const std::string& problem) {
  const absl::Status status = FindReplayFiles(paths).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(std::string(status.message()), HasSubstr(problem));
}

TEST(ReplayCorpusTest, FindingNothingIsAnError) {
  const std::string folder = NewFolder();
  ExpectRefused({}, "found no replay file");
  ExpectRefused({folder}, folder + ": the folder is empty");
  ExpectRefused({folder + "/none"}, folder + "/none: is not there");
}

TEST(ReplayCorpusTest, WhatWouldBeLeftOutIsAnError) {
  const std::string folder = NewFolder();
  WriteText(folder + "/a.json", "{}");
  WriteText(folder + "/b.jsn", "{}");
  ExpectRefused({folder}, folder + "/b.jsn: found no replay file");
  std::filesystem::rename(folder + "/b.jsn", folder + "/b.json");
  std::filesystem::create_directory(folder + "/more.json");
  ExpectRefused({folder}, folder + "/more.json: found no replay file");
}

}  // namespace
}  // namespace reprise
