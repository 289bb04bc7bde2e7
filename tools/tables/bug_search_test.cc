#include "tools/tables/bug_search.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <string>

#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"

namespace reprise {
namespace {

// With a bug, the property is violated by every fifth seed; where the servers
// are not judged, linearizability is by every tenth.
Scenario EveryFifth(const std::string& name) {
  return {
      .name = name, .run = [](Trial& trial) {
        trial.NewWorld({});
        trial.End();
        if (trial.bug().empty()) return;
        const uint64_t place = trial.seed().value() % 10;
        if (trial.Option("judge-servers", 1, {.first = 0, .last = 1}) == 0) {
          if (place == 9) trial.Violate("linearizability", "seen");
        } else if (place % 5 == 4) {
          trial.Violate("log-size", "measured");
        }
      }};
}

TEST(BugSearchTest, FindsTheFirstFailureOfEachRange) {
  const Scenario scenario = EveryFifth("lab-fifth");
  BugSearch search({.seeds = 12, .ranges = 3});
  const FoundBug found =
      search.Find(scenario, {.name = "bug", .property = "log-size"});
  ASSERT_EQ(found.failures.size(), 3u);
  EXPECT_EQ(found.failures[0]->seeds, 5u);
  EXPECT_EQ(found.failures[0]->property, "log-size");
  EXPECT_EQ(found.failures[1]->seeds, 3u);  // From 12 on.
  EXPECT_EQ(found.failures[2]->seeds, 1u);  // From 24 on.
  EXPECT_TRUE(found.IsFoundWithin(5));
  EXPECT_FALSE(found.IsFoundWithin(4));
  EXPECT_FALSE(found.is_history_asked);
  EXPECT_FALSE(found.by_history.has_value());
}

TEST(BugSearchTest, SaysWhereABugIsNotFound) {
  const Scenario scenario = EveryFifth("lab-fifth");
  BugSearch search({.seeds = 3, .ranges = 2});
  const FoundBug found =
      search.Find(scenario, {.name = "bug", .property = "log-size"});
  EXPECT_FALSE(found.failures[0].has_value());
  EXPECT_TRUE(found.failures[1].has_value());
  EXPECT_FALSE(found.IsFoundWithin(100));
}

TEST(BugSearchTest, AsksTheHistoryAlone) {
  const Scenario scenario = EveryFifth("raft-fifth");
  BugSearch search({.seeds = 20, .ranges = 1});
  const FoundBug found =
      search.Find(scenario, {.name = "bug", .property = "log-size"});
  EXPECT_TRUE(found.is_history_asked);
  ASSERT_TRUE(found.by_history.has_value());
  EXPECT_EQ(found.by_history->seeds, 10u);
  EXPECT_EQ(found.by_history->property, "linearizability");
}

TEST(BugSearchTest, SaysWhereTheHistoryAloneDoesNotShowIt) {
  const Scenario scenario = EveryFifth("raft-fifth");
  BugSearch search({.seeds = 9, .ranges = 1});
  const FoundBug found =
      search.Find(scenario, {.name = "bug", .property = "log-size"});
  EXPECT_TRUE(found.is_history_asked);
  EXPECT_FALSE(found.by_history.has_value());
}

// What counts is the failure, not which one the bug is listed with.
TEST(BugSearchTest, TheHistoryShowsWhatItWasFoundBy) {
  const Scenario scenario = {.name = "lab-seen", .run = [](Trial& trial) {
                               trial.NewWorld({});
                               trial.End();
                               if (trial.seed().value() == 3)
                                 trial.Violate("value-check", "seen");
                             }};
  BugSearch search({.seeds = 12, .ranges = 1});
  const FoundBug found =
      search.Find(scenario, {.name = "bug", .property = "log-size"});
  EXPECT_TRUE(found.is_history_asked);
  ASSERT_TRUE(found.by_history.has_value());
  EXPECT_EQ(found.by_history->seeds, 4u);
}

TEST(BugSearchTest, EndsWhenItIsToStop) {
  const Scenario scenario = EveryFifth("lab-fifth");
  uint64_t played = 0;
  BugSearch search({.seeds = 1'000'000,
                    .ranges = 1,
                    .should_stop = [] { return true; },
                    .look = [&played](uint64_t seeds) { played = seeds; }});
  const FoundBug found = search.Find(scenario, {.name = ""});
  EXPECT_FALSE(found.failures[0].has_value());
  EXPECT_LT(played, 1'000'000u);
}

TEST(BugSearchTest, KnowsWhatClientsSee) {
  EXPECT_TRUE(IsOfHistory("linearizability"));
  EXPECT_TRUE(IsOfHistory("liveness"));
  EXPECT_TRUE(IsOfHistory("no-lost-update"));
  EXPECT_FALSE(IsOfHistory("mutual-exclusion"));
  EXPECT_FALSE(IsOfHistory("durable-commit"));
  EXPECT_FALSE(IsOfHistory(""));
}

}  // namespace
}  // namespace reprise
