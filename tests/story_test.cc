// The stories of planted bugs, word for word: each file NAME.json below
// stories/ is a failure that was reduced to little, NAME.txt what is told of
// it. A test that fails prints the text as it would be now.

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/page/run_story.h"
#include "reprise/sim/explore/sweep/replay.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event_list.h"
#include "tests/scenarios/catalog.h"

namespace reprise {
namespace {

constexpr char kFolder[] = "tests/stories";

std::vector<std::string> StoryNames() {
  std::vector<std::string> names;
  for (const auto& each : std::filesystem::directory_iterator(kFolder)) {
    if (each.path().extension() == ".json") {
      names.push_back(each.path().stem().string());
    }
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string ContentOf(const std::string& path) {
  std::ostringstream content;
  content << std::ifstream(path).rdbuf();
  return content.str();
}

class StoryTest : public testing::TestWithParam<std::string> {};

TEST_P(StoryTest, IsToldWordForWord) {
  const std::string path = std::string(kFolder) + "/" + GetParam();
  const Catalog catalog = LabCatalog();
  const absl::StatusOr<ReplayFile> file = ReadReplayFile(path + ".json");
  ASSERT_TRUE(file.ok()) << file.status();
  EventList list;
  PlayOptions options;
  options.shows_asides = true;
  KeepEvents(list, options);
  const absl::StatusOr<Replay> replay = Play(catalog, *file, options);
  ASSERT_TRUE(replay.ok()) << replay.status();
  EXPECT_TRUE(replay->trial.unused.empty());
  const Verdict& verdict = replay->trial.result.verdict;
  EXPECT_EQ(verdict.kind, VerdictKind::kViolated);
  std::string story;
  for (const std::string& line : TellStory({.events = list.events(),
                                 .verdict = verdict,
                                 .asides = list.asides(),
                                 .text = catalog.text})) {
    story += line + "\n";
  }
  EXPECT_EQ(story, ContentOf(path + ".txt"));
}

INSTANTIATE_TEST_SUITE_P(All, StoryTest, testing::ValuesIn(StoryNames()),
                         [](const auto& info) {
                           std::string name = info.param;
                           std::erase(name, '-');
                           return name;
                         });

TEST(StoriesTest, AreThere) { EXPECT_GE(StoryNames().size(), 3u); }

}  // namespace
}  // namespace reprise
