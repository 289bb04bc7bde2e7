#include "reprise/sim/explore/sweep/replay.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The file of the first trial in which the tally counts twice.
ReplayFile SavedFailure() {
  ReplayFile file;
  SweepOptions options{.seeds = {.first = 0, .count = 100},
                       .max_failures = 1,
                       .trial = {.bug = "counts-twice"},
                       .schedules_max = 1};
  options.on_failure = [&](const RecordedTrial& trial) {
    file = ToReplayFile("tally", "counts-twice", trial);
  };
  Sweep(Toy("tally"), options);
  EXPECT_EQ(file.scenario, "tally");
  return file;
}

std::string Save(const std::string& name, const ReplayFile& file) {
  const std::string path = testing::TempDir() + "/" + name;
  EXPECT_TRUE(WriteReplayFile(path, file).ok());
  return path;
}

TEST(ReplayTest, PlaysAlike) {
  const absl::StatusOr<Replay> replay = Play(ToyCatalog(), SavedFailure());
  ASSERT_TRUE(replay.ok()) << replay.status();
  EXPECT_TRUE(replay->IsAlike());
  EXPECT_EQ(replay->trial.result.verdict.property, "exactly-once");
  EXPECT_THAT(replay->trial.unused, IsEmpty());
  EXPECT_THAT(replay->unused_options, IsEmpty());
}

enum class Says { kNothing, kLog, kNote };

// Two nodes on a network that loses messages; what they say beside that.
Catalog TalkingCatalog(Says says) {
  const auto run = [says](Trial& trial) {
    World& world = trial.NewWorld(fault::Lab{.reliable = false});
    Node& server = world.AddNode("server");
    server.OnBoot([&](Env& env) {
      env.network().Serve("ask", [&](NodeId from, Bytes request) {
        if (says == Says::kLog) {
          env.Log(LogLevel::kError, "was asked",
                  {{"what", request}, {"by", from.value()}});
        }
        if (says == Says::kNote) world.Note("was asked");
        return request;
      });
      env.tasks().WaitUntilStopped();
    });
    world.AddNode("client").Spawn([&](Env& env) {
      for (int i = 0; i < 5; ++i) {
        static_cast<void>(env.network().Call(server.id(), "ask", "a"));
      }
      if (says == Says::kLog) trial.Log(LogLevel::kInfo, "asked all");
    });
    trial.Run();
    trial.Expect(false, "canary", "this is always violated");
  };
  return {.scenarios = {{.name = "talk", .run = run}}};
}

TEST(ReplayTest, AFileFromBeforeALogWasAddedPlaysAlike) {
  ReplayFile file{.scenario = "talk", .timeline = {.seed = Seed(5)}};
  const Replay before = *Play(TalkingCatalog(Says::kNothing), file);
  file = ToReplayFile("talk", "", before.trial);
  std::vector<std::string> lines;
  const PlayOptions options = {
      .on_line = [&](std::string_view line) { lines.emplace_back(line); }};
  const Replay after = *Play(TalkingCatalog(Says::kLog), file, options);
  EXPECT_TRUE(after.IsAlike());
  EXPECT_EQ(after.trial.result.events, before.trial.result.events);
  EXPECT_THAT(after.trial.result.log,
              HasSubstr("  server  error: was asked what=a by=1\n"));
  EXPECT_THAT(after.trial.result.log, HasSubstr("  scenario  asked all\n"));
  EXPECT_THAT(lines, testing::Contains(testing::ContainsRegex(
                         "server    logs      was asked what=a by=1 +ERROR")));
  // What is digested makes it another run.
  EXPECT_FALSE(Play(TalkingCatalog(Says::kNote), file)->IsAlike());
}

TEST(ReplayTest, ATrialThatDiesWhileItIsToldKeepsItsLog) {
  const auto run = [](Trial& trial) {
    trial.NewWorld(fault::Calm()).AddNode("server").Spawn([](Env& env) {
      env.Log(LogLevel::kInfo, "gives up");
      std::abort();
    });
    trial.Run();
  };
  const Catalog catalog = {.scenarios = {{.name = "dies", .run = run}}};
  const ReplayFile file{.scenario = "dies", .timeline = {.seed = Seed(5)}};
  const PlayOptions told = {.on_line = [](std::string_view) {}};
  for (const PlayOptions& options : {PlayOptions(), told}) {
    EXPECT_EQ(Play(catalog, file, options)->trial.result.log,
              "0.000 000 s  server  gives up\n");
  }
}

TEST(ReplayTest, NobodyPaysForALogThatNobodyHears) {
  const PlayOptions options = {.log_level = LogLevel::kOff};
  const Replay replay =
      *Play(TalkingCatalog(Says::kLog),
            {.scenario = "talk", .timeline = {.seed = Seed(5)}}, options);
  EXPECT_EQ(replay.trial.result.log, "");
}

TEST(ReplayTest, ScheduleAndSeedGiveOneDigest) {
  ReplayFile file = SavedFailure();
  file.timeline.edits = {};
  EXPECT_TRUE(Play(ToyCatalog(), file)->IsAlike());
}

TEST(ReplayTest, WhatIsCutOutOfAFileIsCalm) {
  ReplayFile file = SavedFailure();
  file.timeline.edits.schedule.clear();
  const absl::StatusOr<Replay> replay = Play(ToyCatalog(), file);
  EXPECT_EQ(replay->trial.result.verdict.kind, VerdictKind::kHolds);
  EXPECT_FALSE(replay->IsAlike());
}

TEST(ReplayTest, EachPartOfTheExpectationCounts) {
  for (int part = 0; part < 3; ++part) {
    ReplayFile file = SavedFailure();
    if (part == 0) file.expected->verdict = VerdictKind::kUndecided;
    if (part == 1) file.expected->property = "parity";
    if (part == 2) file.expected->digest ^= 1;
    EXPECT_FALSE(Play(ToyCatalog(), file)->IsAlike()) << part;
  }
}

TEST(ReplayTest, NothingExpectedIsAlwaysAlike) {
  EXPECT_TRUE(Play(ToyCatalog(), {.scenario = "tally"})->IsAlike());
}

TEST(ReplayTest, SaysWhatNoLongerApplies) {
  ReplayFile file = SavedFailure();
  file.timeline.options.push_back({"colour", 3});
  file.timeline.edits.schedule.push_back(
      {"client-7->server", "request-loss", 0, 1});
  const absl::StatusOr<Replay> replay = Play(ToyCatalog(), file);
  EXPECT_THAT(replay->unused_options, ElementsAre("colour"));
  EXPECT_THAT(replay->trial.unused,
              ElementsAre(file.timeline.edits.schedule.back()));
  EXPECT_TRUE(replay->IsAlike());
}

TEST(ReplayTest, NeedsItsScenarioAndBug) {
  ReplayFile file = SavedFailure();
  file.bug = "counts-thrice";
  EXPECT_THAT(Play(ToyCatalog(), file).status().message(),
              HasSubstr("unknown bug \"counts-thrice\""));
  file.scenario = "tallies";
  EXPECT_THAT(Play(ToyCatalog(), file).status().message(),
              HasSubstr("unknown scenario \"tallies\""));
}

TEST(KeepOnlyTest, SelectsByEntityPurposeAndIndex) {
  const Decision a{"a->b", "request-loss", 1, 1};
  const Decision b{"a->b", "request-loss", 2, 1};
  const Decision c{"a->b", "request-delay", 2, 700};
  const Decision d{"b->a", "reply-loss", 2, 1};
  const Schedule all{a, b, c, d};
  EXPECT_THAT(*KeepOnly(all, "a->b"), ElementsAre(a, b, c));
  EXPECT_THAT(*KeepOnly(all, "reply-loss"), ElementsAre(d));
  EXPECT_THAT(*KeepOnly(all, "a->b:request-loss"), ElementsAre(a, b));
  EXPECT_THAT(*KeepOnly(all, "a->b:request-loss:2"), ElementsAre(b));
  EXPECT_THAT(*KeepOnly(all, "a->b:request-loss:0..1"), ElementsAre(a));
  EXPECT_THAT(*KeepOnly(all, "reply-loss, a->b:request-loss:1"),
              ElementsAre(a, d));
  EXPECT_THAT(*KeepOnly(all, ""), IsEmpty());
}

TEST(KeepOnlyTest, RefusesASelectorThatNamesNothing) {
  const Schedule schedule{{"a->b", "request-loss", 1, 1}};
  EXPECT_EQ(KeepOnly(schedule, "a->c").status().message(),
            "\"a->c\" names no decision of this run. There are: "
            "a->b:request-loss.");
  EXPECT_FALSE(KeepOnly(schedule, "a->b:request-loss:0").ok());
  EXPECT_FALSE(KeepOnly(schedule, "a->b:request-loss:x").ok());
  EXPECT_FALSE(KeepOnly(schedule, "a->b:request-loss:1:2").ok());
  EXPECT_FALSE(KeepOnly({}, "a->b").ok());
}

TEST(CheckSavedFailureTest, APlantedBugMustBeFoundAgain) {
  const std::string path = Save("found.json", SavedFailure());
  EXPECT_TRUE(CheckSavedFailure(ToyCatalog(), path).ok());

  ReplayFile calm = SavedFailure();
  calm.timeline.edits.schedule.clear();
  const std::string lost = Save("lost.json", calm);
  EXPECT_THAT(
      CheckSavedFailure(ToyCatalog(), lost).message(),
      HasSubstr("must violate exactly-once, but the trial ended holds"));
}

TEST(CheckSavedFailureTest, AMendedFailureMustHold) {
  ReplayFile mended = SavedFailure();
  mended.bug.clear();
  EXPECT_TRUE(
      CheckSavedFailure(ToyCatalog(), Save("mended.json", mended)).ok());

  const std::string path =
      Save("back.json", {.scenario = "parity", .timeline = {.seed = Seed(3)}});
  EXPECT_THAT(CheckSavedFailure(ToyCatalog(), path).message(),
              HasSubstr("must hold, but ended violated parity"));
  const std::string unsure = Save(
      "unsure.json", {.scenario = "parity", .timeline = {.seed = Seed(5)}});
  EXPECT_FALSE(CheckSavedFailure(ToyCatalog(), unsure).ok());
}

TEST(CheckSavedFailureTest, RefusesWhatCannotPlay) {
  EXPECT_FALSE(CheckSavedFailure(ToyCatalog(), "/nowhere.json").ok());
  const std::string path = Save("foreign.json", {.scenario = "elsewhere"});
  EXPECT_THAT(CheckSavedFailure(ToyCatalog(), path).message(),
              HasSubstr("foreign.json: unknown scenario"));
  const std::string vague =
      Save("vague.json", {.scenario = "tally", .bug = "counts-twice"});
  EXPECT_THAT(CheckSavedFailure(ToyCatalog(), vague).message(),
              HasSubstr("expects no property"));
}

TEST(PlayTest, TellsEveryEventOnce) {
  for (const bool in_process : {false, true}) {
    uint64_t events = 0;
    PlayOptions options{.in_process = in_process};
    options.on_event = [&](const TraceEvent&, std::string_view, bool is_shown) {
      events += is_shown ? 0 : 1;
    };
    const absl::StatusOr<Replay> replay =
        Play(ToyCatalog(),
             {.scenario = "register", .timeline = {.seed = Seed(7)}}, options);
    ASSERT_TRUE(replay.ok()) << replay.status();
    EXPECT_EQ(events, replay->trial.result.events);
  }
}

}  // namespace
}  // namespace reprise
