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

using testing::AllOf;
using testing::HasSubstr;
using testing::IsEmpty;
using Json = nlohmann::json;
namespace fs = std::filesystem;

// The file of the first failure of tally's bug, and its sweep's output.
struct Failure {
  Failure()
      : folder(TestFolder()),
        sweep(Execute({"sweep", "--bug=counts-twice", "--seeds=30",
                       "--shrink=0", "--json", "--out=" + folder})),
        file(Json::parse(sweep.out)["failures"][0]["replay_file"]) {}

  const std::string folder;
  const Execution sweep;
  const std::string file;
};

TEST(ShrinkCommandTest, TellsWhatIsLeftAsAStory) {
  const Failure failure;
  const Execution done = Execute({"shrink", failure.file});
  EXPECT_EQ(done.status, kExitViolated);
  EXPECT_THAT(done.out,
              AllOf(HasSubstr("VIOLATED: exactly-once"), HasSubstr("  1. 0."),
                    HasSubstr(".shrunk.json --trace"), HasSubstr("  look:    "),
                    HasSubstr("shrunk from "),
                    HasSubstr("leaving out any one thing more loses")));
  EXPECT_THAT(done.err, IsEmpty());
}

TEST(ShrinkCommandTest, JsonHasItsFieldsAndTheFilesAreThere) {
  const Failure failure;
  const Execution done = Execute({"shrink", failure.file, "--json"});
  EXPECT_EQ(done.status, kExitViolated);
  const Json json = Json::parse(done.out);
  EXPECT_EQ(json["scenario"], "tally");
  EXPECT_EQ(json["property"], "exactly-once");
  for (const char* member :
       {"clients", "operations", "faults", "delays", "events"}) {
    EXPECT_LE(json["after"][member], json["before"][member]) << member;
  }
  EXPECT_LT(json["after"]["events"], json["before"]["events"]);
  EXPECT_EQ(json["is_minimal"], true);
  EXPECT_GT(json["trials"], 10);
  EXPECT_GE(json["seconds"], 0);
  EXPECT_GT(json["story"].size(), 1u);
  const std::string shrunk = json["replay_file"];
  EXPECT_THAT(shrunk, HasSubstr(".shrunk.json"));
  EXPECT_THAT(Execute({"replay", shrunk}).out, HasSubstr("plays alike"));
  EXPECT_TRUE(fs::exists(std::string(json["report"])));
}

TEST(ShrinkCommandTest, ItsCommandsKeepTheWatchdog) {
  const Failure failure;
  const std::string page = failure.folder + "/a.html";
  const Execution done =
      Execute({"shrink", failure.file, "--watchdog=60", "--html=" + page});
  EXPECT_THAT(done.out,
              AllOf(HasSubstr(".shrunk.json --watchdog=60 --trace\n"),
                    HasSubstr(".shrunk.json --watchdog=60 --until=")));
  EXPECT_THAT(ContentOf(page), HasSubstr(".shrunk.json --watchdog=60 --trace"));
}

TEST(ShrinkCommandTest, ASeedIsAsGoodAsItsFile) {
  const Failure failure;
  const Json by_file =
      Json::parse(Execute({"shrink", failure.file, "--json"}).out);
  const std::string seed = std::to_string(uint64_t(by_file["seed"]));
  const Json by_seed = Json::parse(
      Execute({"shrink", "--bug=counts-twice", "--seed=" + seed, "--jobs=3",
               "--json", "--out=" + failure.folder + "/more"})
          .out);
  EXPECT_EQ(by_seed["after"], by_file["after"]);
  EXPECT_EQ(by_seed["story"], by_file["story"]);
}

TEST(ShrinkCommandTest, SaysThatATrialHolds) {
  const std::string folder = TestFolder();
  const Execution done =
      Execute({"shrink", "--scenario=tally", "--seed=1", "--out=" + folder});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out, HasSubstr("nothing to shrink: the trial holds"));
  EXPECT_FALSE(fs::exists(folder));
}

TEST(ShrinkCommandTest, JsonHasTheSameFieldsWhereATrialHolds) {
  const Failure failure;
  const Json whole =
      Json::parse(Execute({"shrink", failure.file, "--json"}).out);
  const Execution done = Execute({"shrink", "--scenario=tally", "--seed=1",
                                  "--json", "--out=" + failure.folder});
  EXPECT_EQ(done.status, kExitHolds);
  const Json empty = Json::parse(done.out);
  EXPECT_EQ(empty.size(), whole.size());
  for (const auto& [member, value] : whole.items()) {
    ASSERT_TRUE(empty.contains(member)) << member;
  }
  EXPECT_EQ(empty["story"], Json::array());
  EXPECT_TRUE(empty["after"].is_null());
  EXPECT_EQ(empty["is_minimal"], false);
}

TEST(ShrinkCommandTest, SaysThatAFileNoLongerFails) {
  const Failure failure;
  std::string text = ContentOf(failure.file);
  const size_t bug = text.find("counts-twice");
  ASSERT_NE(bug, std::string::npos);
  text.erase(bug, std::string("counts-twice").size());
  const std::string fixed = failure.folder + "/fixed.json";
  std::ofstream(fixed) << text;
  const Execution done = Execute({"shrink", fixed});
  EXPECT_EQ(done.status, kExitHolds);
  EXPECT_THAT(done.out, HasSubstr("expects that it violates exactly-once"));
}

TEST(ShrinkCommandTest, RefusesBadInput) {
  EXPECT_EQ(Execute({"shrink"}).status, kExitUsage);
  EXPECT_EQ(Execute({"shrink", "/nowhere.json"}).status, kExitUsage);
  const Failure failure;
  for (const char* flag : {"--shrink=some", "--shrink-seconds=0",
                           "--out=/dev/null/x", "--html=/dev/null/x.html"}) {
    const Execution done = Execute({"shrink", failure.file, flag});
    EXPECT_EQ(done.status, kExitUsage) << flag;
    EXPECT_THAT(done.out, IsEmpty()) << flag;
  }
}

TEST(ShrinkCommandTest, APageReplacesNoReplayFile) {
  const Failure failure;
  const std::string before = ContentOf(failure.file);
  const fs::path file(failure.file);
  const std::string link = failure.folder + "/link.html";
  fs::create_symlink(fs::absolute(file), link);
  for (const std::string& path : {failure.file, link}) {
    const Execution done = Execute({"shrink", failure.file, "--html=" + path});
    EXPECT_EQ(done.status, kExitUsage);
    EXPECT_THAT(done.err, HasSubstr("--html=" + path + " would replace " +
                                    failure.file + ", which is read"));
  }
  EXPECT_EQ(ContentOf(failure.file), before);
  const std::string shrunk =
      failure.folder + "/./" + file.stem().string() + ".shrunk.json";
  const Execution done = Execute({"shrink", failure.file, "--html=" + shrunk});
  EXPECT_EQ(done.status, kExitUsage);
  EXPECT_THAT(done.err, HasSubstr(" and --html=" + shrunk +
                                  " would both write " + shrunk));
  EXPECT_FALSE(fs::exists(shrunk));
}

TEST(ShrinkCommandTest, ASweepEndsWithOneShrunkEntryForEachClass) {
  const std::string folder = TestFolder();
  const Execution done =
      Execute({"sweep", "--bug=counts-twice", "--seeds=30", "--out=" + folder});
  EXPECT_EQ(done.status, kExitViolated);
  EXPECT_THAT(done.out, AllOf(HasSubstr("of this class, the fastest seed "),
                              HasSubstr("shrunk from ")));
  const Json json =
      Json::parse(Execute({"sweep", "--bug=counts-twice", "--seeds=30",
                           "--json", "--out=" + folder})
                      .out);
  ASSERT_EQ(json["classes"].size(), 1u);
  const Json& found = json["classes"][0];
  EXPECT_EQ(found["scenario"], "tally");
  EXPECT_EQ(found["property"], "exactly-once");
  EXPECT_EQ(found["count"], json["violated"]);
  EXPECT_EQ(found["first_seed"], json["failures"][0]["seed"]);
  EXPECT_EQ(found["is_minimal"], true);
  EXPECT_TRUE(fs::exists(std::string(found["replay_file"])));
  EXPECT_TRUE(fs::exists(std::string(found["report"])));
  EXPECT_TRUE(json["failures"][0]["replay_file"].is_string());
  EXPECT_TRUE(json["failures"][1]["replay_file"].is_null());
}

}  // namespace
}  // namespace reprise::cli
