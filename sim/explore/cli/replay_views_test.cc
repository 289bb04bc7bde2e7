#include "reprise/sim/explore/cli/replay_views.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/cli/exit_status.h"
#include "reprise/sim/explore/testing/execute.h"

namespace reprise::cli {
namespace {

using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;

// An empty folder of the running test.
std::string MadeFolder() {
  const std::string folder = TestFolder();
  std::filesystem::create_directories(folder);
  return folder;
}

TEST(ReplayViewsTest, WritesThePageOfATrial) {
  const std::string page = MadeFolder() + "/run.html";
  const Execution done =
      Execute({"replay", "--scenario=register", "--seed=7", "--html=" + page});
  EXPECT_EQ(done.status, kExitHolds) << done.err;
  EXPECT_THAT(done.out, EndsWith("report: " + page + "\n"));
  const std::string text = ContentOf(page);
  EXPECT_THAT(text, HasSubstr("<!doctype html>"));
  EXPECT_THAT(text, HasSubstr("register"));
  EXPECT_THAT(text,
              HasSubstr("replay --scenario=register --seed=7 --trace</code>"));
  Execute({"replay", "--scenario=register", "--seed=7", "--max-steps=50",
           "--html=" + page});
  EXPECT_THAT(ContentOf(page), HasSubstr("--seed=7 --max-steps=50"));
  EXPECT_THAT(text, HasSubstr("client-0"));
}

TEST(ReplayViewsTest, ThePageOfAFailureTellsItsProperty) {
  const std::string folder = TestFolder();
  const std::string file = SavedFailure(folder);
  const std::string page = folder + "/run.html";
  const Execution done = Execute({"replay", file, "--html=" + page});
  EXPECT_EQ(done.status, kExitViolated);
  EXPECT_THAT(ContentOf(page), HasSubstr("exactly-once"));
  EXPECT_THAT(ContentOf(page), HasSubstr("<li>This violates exactly-once: "));
  EXPECT_THAT(ContentOf(page), HasSubstr("gdb -ex run --args "));
  EXPECT_THAT(ContentOf(page), HasSubstr("replay " + file + " --trace"));
}

TEST(ReplayViewsTest, WritesALineForEachEvent) {
  const std::string path = MadeFolder() + "/run.jsonl";
  const Execution done = Execute({"replay", "--scenario=register", "--seed=7",
                                  "--json", "--events=" + path});
  const Json json = JsonOf(done);
  EXPECT_THAT(done.err, HasSubstr("report: " + path + "\n"));
  std::ifstream lines(path);
  uint64_t last = 0;
  for (std::string line; std::getline(lines, line);) {
    const Json event = Json::parse(line, nullptr, false);
    ASSERT_FALSE(event.is_discarded()) << line;
    EXPECT_GT(event["event"], last);
    last = event["event"];
  }
  EXPECT_EQ(last, json["events"]);
}

TEST(ReplayViewsTest, WritesATraceForPerfetto) {
  const std::string path = MadeFolder() + "/run.trace";
  Execute({"replay", "--scenario=register", "--seed=7", "--in-process",
           "--perfetto=" + path});
  const Json trace = Json::parse(ContentOf(path), nullptr, false);
  ASSERT_FALSE(trace.is_discarded());
  EXPECT_GT(trace["traceEvents"].size(), 20u);
}

TEST(ReplayViewsTest, AReportThatCannotBeWrittenIsStatusTwo) {
  const std::string folder = MadeFolder();
  for (const char* flag : {"--html=", "--perfetto=", "--events="}) {
    for (const std::string& path : {folder, folder + "/none/run"}) {
      const Execution done =
          Execute({"replay", "--scenario=register", "--seed=7", flag + path});
      EXPECT_EQ(done.status, kExitUsage) << flag << path;
      EXPECT_THAT(done.err, HasSubstr(path + ": cannot be written: "));
      EXPECT_THAT(done.out, IsEmpty());
    }
  }
  EXPECT_TRUE(std::filesystem::is_empty(folder));
}

TEST(ReplayViewsTest, AReportReplacesNeitherTheFileNorAnother) {
  const std::string folder = TestFolder();
  const std::string file = SavedFailure(folder);
  const std::string before = ContentOf(file);
  EXPECT_THAT(Execute({"replay", file, "--events=" + file}).err,
              HasSubstr("--events=" + file + " would replace " + file));
  EXPECT_EQ(ContentOf(file), before);
  const std::string same = folder + "/one";
  EXPECT_THAT(
      Execute({"replay", file, "--html=" + same, "--events=" + same}).err,
      HasSubstr("--html=" + same + " and --events=" + same +
                " would both write "));
  EXPECT_FALSE(std::filesystem::exists(same));
}

TEST(ReplayViewsTest, AReportDoesNotReplaceWhatIsSaved) {
  const std::string folder = TestFolder();
  const std::string saved = folder + "/register-7.json";
  for (const char* flag : {"--html=", "--perfetto=", "--events="}) {
    for (const char* is_there : {"old", ""}) {
      std::filesystem::remove_all(folder);
      std::filesystem::create_directories(folder);
      if (*is_there != '\0') std::ofstream(saved) << is_there;
      const Execution done =
          Execute({"replay", "--scenario=register", "--seed=7",
                   "--out=" + folder, flag + folder + "/./register-7.json"});
      EXPECT_EQ(done.status, kExitUsage) << flag;
      EXPECT_THAT(done.err, HasSubstr("would both write ")) << flag;
      EXPECT_EQ(ContentOf(saved), is_there) << flag;
    }
  }
}

TEST(ReplayViewsTest, WhatIsRefusedLeavesAnOldReport) {
  const std::string path = MadeFolder() + "/run.html";
  std::ofstream(path) << "old";
  EXPECT_EQ(
      Execute({"replay", "--scenario=refused", "--seed=7", "--html=" + path})
          .status,
      kExitUsage);
  EXPECT_EQ(ContentOf(path), "old");
}

TEST(ReplayViewsTest, AFolderThatIsALinkToNowhereStaysOne) {
  const std::string link = MadeFolder() + "/link";
  std::filesystem::create_symlink("nowhere", link);
  const Execution done = Execute({"replay", "--bug=counts-twice", "--seed=0",
                                  "--html=" + link + ".html", "--out=" + link});
  EXPECT_EQ(done.status, kExitUsage) << done.err;
  EXPECT_TRUE(std::filesystem::is_symlink(link));
}

}  // namespace
}  // namespace reprise::cli
