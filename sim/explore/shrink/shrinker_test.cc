#include "reprise/sim/explore/shrink/shrinker.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/clock.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/explore/shrink/shrink_options.h"
#include "reprise/sim/explore/testing/deadly_catalog.h"
#include "reprise/sim/explore/trial/begun_operation.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::HasSubstr;
using testing::Le;

// Clients send numbers to a server, on a network that loses packets. Their
// operations are noted as the server meets them; a client's is a retry where
// its first request or reply was lost.
struct Meeting {
  int client = 0;
  int64_t operation = 0;
  bool is_retry = false;
};

// `judge` says what is wrong with what the server has met; "": nothing.
Scenario Meetings(
    std::function<void(Trial&, const std::vector<Meeting>&)> judge) {
  return {.name = "meetings", .run = [judge](Trial& trial) {
            const auto clients =
                static_cast<int>(trial.Option("clients", 4, {1, 10}));
            const int64_t operations = trial.Option("operations", 10);
            World& world = trial.NewWorld(fault::Lab{.reliable = false});
            std::vector<Meeting> met;
            std::set<std::pair<int, int64_t>> seen;
            Node& server = world.AddNode("server");
            server.Spawn([&](Env& env) {
              env.network().Serve("meet", [&](NodeId, Bytes request) {
                const std::string text(request);
                const int client = text[0] - '0';
                const int64_t operation = text[1] - 'a';
                met.push_back({client, operation,
                               !seen.emplace(client, operation).second});
                return Bytes("");
              });
            });
            for (int c = 0; c < clients; ++c) {
              world.AddNode(absl::StrCat("client-", c)).Spawn([&, c](Env& env) {
                for (const int64_t i : trial.Operations(c, operations)) {
                  const std::string request = {static_cast<char>('0' + c),
                                               static_cast<char>('a' + i)};
                  while (!env.network()
                              .Call(server.id(), "meet", Bytes(request))
                              .ok()) {
                  }
                }
              });
            }
            trial.Run();
            judge(trial, met);
            trial.Expect(true, "judged", "");
          }};
}

// Somebody's retry is met after anybody's operation 3.
Scenario RetryAfterThree() {
  return Meetings([](Trial& trial, const std::vector<Meeting>& met) {
    bool has_three = false;
    for (const Meeting& meeting : met) {
      has_three |= meeting.operation == 3;
      trial.Expect(!(has_three && meeting.is_retry), "no-late-retry",
                   "a retry came after operation 3");
    }
  });
}

Timeline FirstFailure(const Scenario& scenario) {
  for (uint64_t seed = 0;; ++seed) {
    const TrialResult result = RunTrial(scenario, {.seed = Seed(seed)});
    if (result.verdict.kind == VerdictKind::kViolated) {
      return {.seed = Seed(seed)};
    }
  }
}

TEST(Shrink, LeavesWhatTheFailureNeeds) {
  const Scenario scenario = RetryAfterThree();
  const Timeline timeline = FirstFailure(scenario);
  const absl::StatusOr<Shrunk> shrunk = Shrink(scenario, "", timeline, {});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->end, ShrinkEnd::kMinimal);
  EXPECT_GT(shrunk->before.operations, 20u);
  // Operation 3 itself may be the retry.
  EXPECT_EQ(shrunk->after.clients, 1u);
  EXPECT_EQ(shrunk->after.operations, 1u);
  EXPECT_EQ(shrunk->after.faults, 1u);
  EXPECT_EQ(shrunk->after.delays, 0u);
}

TEST(Shrink, GivesATimelineThatPlaysToTheFailure) {
  const Scenario scenario = RetryAfterThree();
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(scenario, "", FirstFailure(scenario), {});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  const TrialResult again =
      RunTrial(scenario, {.seed = shrunk->timeline.seed,
                          .options = shrunk->timeline.options,
                          .edits = &shrunk->timeline.edits});
  EXPECT_EQ(DescribeResult(again), DescribeResult(shrunk->trial.result));
  EXPECT_EQ(again.verdict.property, "no-late-retry");
}

TEST(Shrink, DoesNotDependOnTheNumberOfProcesses) {
  const Scenario scenario = RetryAfterThree();
  const Timeline timeline = FirstFailure(scenario);
  const absl::StatusOr<Shrunk> one = Shrink(scenario, "", timeline, {});
  const absl::StatusOr<Shrunk> four =
      Shrink(scenario, "", timeline, {.jobs = 4});
  ASSERT_TRUE(one.ok() && four.ok());
  EXPECT_EQ(one->timeline, four->timeline);
  EXPECT_EQ(one->trials, four->trials);
}

// Two bugs in one system: every run meets the common one, too.
TEST(Shrink, StaysWithTheFailureThatItBeganWith) {
  const Scenario scenario =
      Meetings([](Trial& trial, const std::vector<Meeting>& met) {
        const auto retries =
            std::count_if(met.begin(), met.end(),
                          [](const Meeting& m) { return m.is_retry; });
        const auto fives = std::count_if(
            met.begin(), met.end(),
            [](const Meeting& m) { return m.is_retry && m.operation == 5; });
        if (fives >= 1) {
          trial.Violate("once", "the fifth operation was met again");
        } else if (retries >= 1) {
          trial.Violate("once", "a client was met again");
        }
      });
  for (uint64_t seed = 0, found = 0; found < 2; ++seed) {
    const TrialResult first = RunTrial(scenario, {.seed = Seed(seed)});
    if (first.verdict.message.find("fifth") == std::string::npos) continue;
    ++found;
    const absl::StatusOr<Shrunk> shrunk =
        Shrink(scenario, "", {.seed = Seed(seed)}, {});
    ASSERT_TRUE(shrunk.ok()) << shrunk.status();
    EXPECT_EQ(shrunk->trial.result.verdict.message,
              "the fifth operation was met again");
    EXPECT_EQ(shrunk->after.operations, 1u);
  }
}

// The true minimum of what the edits can leave out, by trying every set.
TEST(Shrink, FindsTheSmallestSetOfThreeThatAreNeeded) {
  const Scenario scenario =
      Meetings([](Trial& trial, const std::vector<Meeting>& met) {
        std::set<std::pair<int, int64_t>> pairs;
        for (const Meeting& meeting : met) {
          pairs.emplace(meeting.client, meeting.operation);
        }
        const bool has_all = pairs.contains({0, 2}) && pairs.contains({1, 7}) &&
                             pairs.contains({2, 4});
        trial.Expect(!has_all, "not-all-three", "all three were met");
      });
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(scenario, "", {.seed = Seed(1)}, {});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->end, ShrinkEnd::kMinimal);
  std::vector<std::string> left;
  for (const BegunOperation& each : shrunk->trial.operations) {
    left.push_back(absl::StrCat(each.client, ".", each.index));
  }
  EXPECT_THAT(left, testing::UnorderedElementsAre("0.2", "1.7", "2.4"));
  EXPECT_EQ(shrunk->after.faults, 0u);
}

// Nothing can be left out of five operations and a retry. The retry of another
// operation alone is enough, but the run has none.
TEST(Shrink, FindsASmallerFailureThatTheRunDoesNotHave) {
  bool has_retry_of_nine = false;
  const Scenario scenario =
      Meetings([&](Trial& trial, const std::vector<Meeting>& met) {
        std::set<int64_t> of_first;
        bool has_retry = false;
        has_retry_of_nine = false;
        for (const Meeting& meeting : met) {
          if (meeting.client == 0) of_first.insert(meeting.operation);
          has_retry |= meeting.is_retry;
          has_retry_of_nine |=
              meeting.is_retry && meeting.client == 0 && meeting.operation == 9;
        }
        const bool has_five = of_first.contains(0) && of_first.contains(2) &&
                              of_first.contains(4) && of_first.contains(6) &&
                              of_first.contains(8);
        trial.Expect(!has_retry_of_nine && !(has_five && has_retry),
                     "no-such-retry", "there was such a retry");
      });
  uint64_t seed = 0;
  do {
    RunTrial(scenario, {.seed = Seed(seed++)});
  } while (has_retry_of_nine);
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(scenario, "", {.seed = Seed(seed - 1)}, {});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->after.operations, 1u);
  EXPECT_EQ(shrunk->after.faults, 1u);
  EXPECT_EQ(shrunk->end, ShrinkEnd::kMinimal);
}

// It holds in calm, but not where its operations begin when they began.
TEST(Shrink, KeepsAFailureOfInstantsAlone) {
  const Scenario scenario{
      .name = "late", .run = [](Trial& trial) {
        World& world = trial.NewWorld(fault::Lab{.reliable = false});
        Node& server = world.AddNode("server");
        server.Spawn([](Env& env) {
          env.network().Serve("meet", [](NodeId, Bytes) { return Bytes(""); });
        });
        world.AddNode("client").Spawn([&](Env& env) {
          for (const int64_t i : trial.Operations(0, 3)) {
            trial.Expect(
                i == 0 || env.clock().Now() < VirtualTime() + Milliseconds(5),
                "soon", "an operation began late");
            while (!env.network().Call(server.id(), "meet", Bytes("")).ok()) {
            }
          }
        });
        trial.Run();
      }};
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(scenario, "", FirstFailure(scenario), {});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->after.operations, 1u);
  EXPECT_EQ(shrunk->after.faults + shrunk->after.delays, 0u);
}

// A workload that is left out would violate this by itself.
TEST(Shrink, DoesNotTakeWhatIsLeftOutForTheFailure) {
  const Scenario scenario =
      Meetings([](Trial& trial, const std::vector<Meeting>& met) {
        trial.Expect(met.size() == 40, "all-met",
                     absl::StrCat(met.size(), " were met, not 40"));
      });
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(scenario, "", FirstFailure(scenario), {});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->after.operations, 40u);
  EXPECT_EQ(shrunk->after.faults, 1u);
}

// A crowd of which one is enough; nothing but the option says how many come.
TEST(Shrink, MakesOptionsSmallerWhileTheSeedAnswers) {
  const Scenario scenario = {
      .name = "crowd", .run = [](Trial& trial) {
        const int64_t crowd = trial.Option("crowd", 1000);
        World& world = trial.NewWorld(fault::Lab{});
        world.AddNode("tester").Spawn([crowd](Env& env) {
          for (int64_t i = 0; i < crowd; ++i) env.tasks().Yield();
        });
        trial.Run();
        trial.Expect(crowd == 0, "nobody", "somebody came");
      }};
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(scenario, "", FirstFailure(scenario), {});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  ASSERT_EQ(shrunk->timeline.options.size(), 1u);
  EXPECT_EQ(shrunk->timeline.options[0].value, 1);
  // None of them plays the thousand again.
  EXPECT_THAT(shrunk->trials, Le(10u));
}

// Without its fault the run fails in the same way, but long after.
TEST(Shrink, TakesNoRunThatIsMuchLonger) {
  const Scenario scenario = {
      .name = "patience", .run = [](Trial& trial) {
        World& world = trial.NewWorld(fault::Lab{.reliable = false});
        Node& server = world.AddNode("server");
        server.Spawn([](Env& env) {
          env.network().Serve("meet", [](NodeId, Bytes) { return Bytes(); });
        });
        world.AddNode("client").Spawn([&server](Env& env) {
          const auto meets = [&] {
            return env.network().Call(server.id(), "meet", Bytes()).ok();
          };
          if (!meets()) return;
          for (int i = 0; i < 5000; ++i) static_cast<void>(meets());
        });
        trial.Run();
        trial.Expect(false, "never", "it ended");
      }};
  Timeline timeline = {.seed = Seed(0)};
  while (RunTrial(scenario, {.seed = timeline.seed}).events > 100) {
    timeline.seed = Seed(timeline.seed.value() + 1);
  }
  const absl::StatusOr<Shrunk> shrunk = Shrink(scenario, "", timeline, {});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->after.faults, 1u);
  EXPECT_THAT(shrunk->after.events, Le(100u));
}

TEST(Shrink, SaysWhenTheBudgetRanOut) {
  const Scenario scenario = RetryAfterThree();
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(scenario, "", FirstFailure(scenario), {.trials = 20});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->end, ShrinkEnd::kTrials);
  EXPECT_THAT(shrunk->trials, Le(22u));
  EXPECT_EQ(shrunk->trial.result.verdict.property, "no-late-retry");
}

TEST(Shrink, EndsWithTheSmallestSoFarWhenItIsStopped) {
  const Scenario scenario = RetryAfterThree();
  bool should_stop = false;
  ShrinkOptions options;
  options.should_stop = [&] { return should_stop; };
  options.on_progress = [&](const ShrinkProgress& progress) {
    should_stop = progress.trials >= 10;
  };
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(scenario, "", FirstFailure(scenario), options);
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->end, ShrinkEnd::kStopped);
}

TEST(Shrink, RefusesATrialThatHolds) {
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(Meetings([](Trial&, const std::vector<Meeting>&) {}), "",
             {.seed = Seed(1)}, {});
  EXPECT_TRUE(absl::IsFailedPrecondition(shrunk.status()));
  EXPECT_THAT(std::string(shrunk.status().message()),
              HasSubstr("the trial holds"));
}

TEST(Shrink, SurvivesFailuresThatEndTheirProcess) {
  const Scenario scenario = Deadly("aborts");
  const absl::StatusOr<Shrunk> shrunk =
      Shrink(scenario, "", {.seed = Seed(5)}, {.trials = 100});
  ASSERT_TRUE(shrunk.ok()) << shrunk.status();
  EXPECT_EQ(shrunk->failure.property, "no-crash");
  EXPECT_EQ(shrunk->after.delays, 0u);
}

}  // namespace
}  // namespace reprise
