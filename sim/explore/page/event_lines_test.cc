#include "reprise/sim/explore/page/event_lines.h"

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "reprise/sim/explore/page/run_page_sample.h"
#include "reprise/sim/trace/event_list.h"

namespace reprise {
namespace {

using Json = nlohmann::json;

std::vector<Json> LinesOf(const EventList& list) {
  std::stringstream text;
  WriteEventLines(text, list.events(), {});
  std::vector<Json> lines;
  for (std::string line; std::getline(text, line);) {
    lines.push_back(Json::parse(line));
  }
  return lines;
}

TEST(EventLinesTest, HasALineForEveryEventThatBringsMoreThanAName) {
  const SampleRun sample;
  const std::vector<Json> lines = LinesOf(sample.list());
  size_t expected = 0;
  for (const ListedEvent& each : sample.list().events()) {
    const bool names = each.event.kind == EventKind::kNodeNamed ||
                       each.event.kind == EventKind::kMethodNamed;
    expected += names ? 0 : 1;
  }
  EXPECT_EQ(lines.size(), expected);
}

TEST(EventLinesTest, EndsWhatWentBefore) {
  const SampleRun sample;
  std::set<int> seen;
  int ends = 0;
  for (const Json& line : LinesOf(sample.list())) {
    if (line.contains("ends")) {
      EXPECT_TRUE(seen.contains(line["ends"].get<int>())) << line;
      ++ends;
    }
    seen.insert(line["event"].get<int>());
  }
  EXPECT_GT(ends, 10);
}

TEST(EventLinesTest, SaysWhatHappenedToAMessage) {
  const SampleRun sample;
  int lost = 0;
  for (const Json& line : LinesOf(sample.list())) {
    if (line["kind"] != "reply-lost") continue;
    ++lost;
    EXPECT_EQ(line["fault"], "LOST");
    EXPECT_EQ(line["node"], "server");
    EXPECT_EQ(line["peer"], "clerk-0");
  }
  EXPECT_EQ(lost, 1);
}

}  // namespace
}  // namespace reprise
