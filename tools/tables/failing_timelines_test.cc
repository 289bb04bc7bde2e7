#include "tools/tables/failing_timelines.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

// Every third seed fails: 2, 5, 8 ...
void FailEveryThird(Trial& trial) {
  trial.NewWorld({});
  trial.End();
  if (trial.seed().value() % 3 == 2) trial.Violate("log-size", "measured");
}

Catalog TwoBugs() {
  return {
      .scenarios = {{.name = "lab-third", .run = FailEveryThird},
                    {.name = "raft-third", .run = FailEveryThird}},
      .bugs = {
          {.name = "one", .scenario = "lab-third", .property = "log-size"},
          {.name = "two", .scenario = "raft-third", .property = "log-size"}}};
}

std::vector<uint64_t> FailingSeeds(SoughtFailures sought) {
  sought.is_failure = [](const Verdict& verdict) {
    return verdict.kind == VerdictKind::kViolated;
  };
  const Catalog catalog = TwoBugs();
  std::vector<uint64_t> seeds;
  for (const Timeline& timeline :
       FailingTimelines(catalog.scenarios[0], catalog.bugs[0], sought)) {
    seeds.push_back(timeline.seed.value());
  }
  return seeds;
}

// As "bug in scenario".
std::vector<std::string> NamesOf(const ChosenBugs& chosen) {
  std::vector<std::string> names;
  const absl::Status status = ForEachBug(
      TwoBugs(), chosen, [&](const Scenario& scenario, const PlantedBug& bug) {
        names.push_back(bug.name + " in " + scenario.name);
      });
  EXPECT_TRUE(status.ok()) << status;
  return names;
}

// The error, which comes before any bug.
std::string ErrorOf(const ChosenBugs& chosen) {
  const absl::Status status =
      ForEachBug(TwoBugs(), chosen, [](const Scenario&, const PlantedBug& bug) {
        ADD_FAILURE() << bug.name << " is chosen";
      });
  EXPECT_FALSE(status.ok());
  return std::string(status.message());
}

using Names = std::vector<std::string>;
using Seeds = std::vector<uint64_t>;

TEST(FailingTimelinesTest, AreTheFirstOnesThatFail) {
  EXPECT_EQ(FailingSeeds({.count = 2, .seeds_max = 100}), (Seeds{2, 5}));
  EXPECT_EQ(FailingSeeds({.count = 9, .seeds_max = 9}), (Seeds{2, 5, 8}));
}

TEST(FailingTimelinesTest, PassOverThoseThatAreSkipped) {
  EXPECT_EQ(FailingSeeds({.count = 2, .seeds_max = 100, .skipped = 1}),
            (Seeds{5, 8}));
  EXPECT_EQ(FailingSeeds({.count = 2, .seeds_max = 9, .skipped = 2}),
            (Seeds{8}));
  EXPECT_EQ(FailingSeeds({.count = 2, .seeds_max = 9, .skipped = 7}),
            (Seeds{}));
}

TEST(ForEachBugTest, TakesTheBugsThatAreChosen) {
  EXPECT_EQ(NamesOf({}), (Names{"one in lab-third", "two in raft-third"}));
  EXPECT_EQ(NamesOf({.only = "two"}), (Names{"two in raft-third"}));
  EXPECT_EQ(NamesOf({.of = "raft-"}), (Names{"two in raft-third"}));
  EXPECT_EQ(NamesOf({.without = {"raft-*"}}), (Names{"one in lab-third"}));
  EXPECT_EQ(NamesOf({.only = "two", .scenario = "lab-third"}),
            (Names{"two in lab-third"}));
}

TEST(ForEachBugTest, SaysWhatNobodyHas) {
  EXPECT_NE(ErrorOf({.only = "three"}).find("three"), std::string::npos);
  EXPECT_NE(ErrorOf({.of = "disk-"}).find("\"disk-\""), std::string::npos);
  EXPECT_NE(ErrorOf({.without = {"disk-*"}}).find("\"disk-*\""),
            std::string::npos);
  EXPECT_NE(ErrorOf({.scenario = "nowhere"}).find("nowhere"),
            std::string::npos);
  ErrorOf({.only = "one", .of = "raft-"});
  ErrorOf({.without = {"*-third"}});
}

}  // namespace
}  // namespace reprise
