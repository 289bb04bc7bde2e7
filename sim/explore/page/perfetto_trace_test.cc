#include "reprise/sim/explore/page/perfetto_trace.h"

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include "gtest/gtest.h"
#include "reprise/sim/explore/page/run_page_sample.h"

namespace reprise {
namespace {

using Json = nlohmann::json;

// The rules are those of the format's description.
class PerfettoTraceTest : public testing::Test {
 protected:
  PerfettoTraceTest() {
    std::ostringstream text;
    WritePerfettoTrace(text, sample_.list().events(), {});
    events_ = Json::parse(text.str())["traceEvents"];
  }

  int Count(const std::string& phase) const {
    int count = 0;
    for (const Json& each : events_) count += each["ph"] == phase ? 1 : 0;
    return count;
  }

  SampleRun sample_;
  Json events_;
};

TEST_F(PerfettoTraceTest, EachEventHasWhatItsPhaseNeeds) {
  const std::set<std::string> phases = {"M", "X", "b", "e", "s", "f", "i"};
  for (const Json& each : events_) {
    EXPECT_TRUE(phases.contains(each["ph"])) << each;
    EXPECT_TRUE(each["pid"].is_number_integer()) << each;
    EXPECT_TRUE(each["tid"].is_number_integer()) << each;
    EXPECT_TRUE(each["ts"].is_number()) << each;
    EXPECT_TRUE(each["name"].is_string()) << each;
    if (each["ph"] == "X") {
      EXPECT_GE(each["dur"], 0) << each;
    }
    if (each["ph"] == "i") {
      EXPECT_TRUE(each["s"] == "g" || each["s"] == "p") << each;
    }
    if (each["ph"] == "f") {
      EXPECT_EQ(each["bp"], "e") << each;
    }
  }
}

TEST_F(PerfettoTraceTest, TimesAscendOnEachThread) {
  std::map<std::pair<int, int>, double> last;
  for (const Json& each : events_) {
    double& before = last[{each["pid"], each["tid"]}];
    EXPECT_GE(each["ts"].get<double>(), before) << each;
    before = each["ts"];
  }
}

TEST_F(PerfettoTraceTest, EachBeginningHasItsEnd) {
  std::map<std::string, int> open;
  for (const Json& each : events_) {
    const std::string phase = each["ph"];
    if (phase != "s" && phase != "f" && phase != "b" && phase != "e") continue;
    const bool begins = phase == "s" || phase == "b";
    int& count = open[each["cat"].get<std::string>() + each["id"].dump()];
    count += begins ? 1 : -1;
    EXPECT_GE(count, 0) << each;
  }
  for (const auto& [id, count] : open) EXPECT_EQ(count, 0) << id;
  EXPECT_GT(Count("s"), 4);
  EXPECT_GT(Count("b"), 2);
}

TEST_F(PerfettoTraceTest, NodesAreProcessesWithNames) {
  std::set<std::string> names;
  std::set<int> named;
  std::set<int> used;
  for (const Json& each : events_) {
    used.insert(each["pid"].get<int>());
    if (each["name"] != "process_name") continue;
    named.insert(each["pid"].get<int>());
    names.insert(each["args"]["name"]);
  }
  EXPECT_EQ(used, named);
  EXPECT_TRUE(names.contains("server"));
  EXPECT_TRUE(names.contains("clerk-0"));
}

TEST_F(PerfettoTraceTest, ALostMessageIsMarkedAndHasNoFlow) {
  int lost = 0;
  for (const Json& each : events_) {
    if (each["ph"] == "X" && each.contains("args") &&
        each["args"].contains("fault") && each["args"]["fault"] == "LOST") {
      ++lost;
    }
  }
  EXPECT_EQ(lost, 1);
}

}  // namespace
}  // namespace reprise
