#include "reprise/sim/explore/branch/timed_run.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/testing/toy_catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// One client adds once; the reply is lost.
Timeline OneLostReply() {
  return {.seed = Seed(1),
          .options = {{"clients", 1}, {"additions", 1}},
          .edits = {.base = Base::kCalm,
                    .schedule = {
                        {"server->client-0", "reply-loss", 0, 1, "add 0 #0"}}}};
}

TimedRun Record(const Timeline& timeline,
                const std::string& bug = "counts-twice") {
  absl::StatusOr<TimedRun> run =
      RecordTimedRun(Toy("tally"), bug, timeline, {});
  EXPECT_TRUE(run.ok()) << run.status();
  return run.ok() ? *std::move(run) : TimedRun();
}

TrialResult Play(const Timeline& timeline) {
  return RunTrial(Toy("tally"), {.seed = timeline.seed,
                                 .bug = "counts-twice",
                                 .options = timeline.options,
                                 .edits = &timeline.edits});
}

// A node writes to two files; the second write of one of them, which is the
// second of its name, fails.
TEST(TimedRunTest, TellsOfADiskErrorByTheFailureThatItEndsWith) {
  const Scenario writes{
      .name = "writes", .run = [](Trial& trial) {
        FaultMix mix = fault::Calm();
        mix.disks.write_error = {1, 10};
        World& world = trial.NewWorld(mix);
        world.AddNode("server").Spawn([&](Env& env) {
          ASSERT_TRUE(env.disk().Open("log", OpenMode::kCreate).ok());
          ASSERT_TRUE(env.disk().Remove("log").ok());
          const auto log = env.disk().Open("log", OpenMode::kCreate);
          const auto other = env.disk().Open("other", OpenMode::kCreate);
          (*other)->Append("a").IgnoreError();
          (*log)->Append("b").IgnoreError();
          trial.Expect((*log)->Append("c").ok(), "writes", "one failed");
        });
        trial.Run();
      }};
  const absl::StatusOr<TimedRun> run = RecordTimedRun(
      writes, "",
      {.seed = Seed(1),
       .edits = {.base = Base::kCalm,
                 .schedule = {{"server/log/2", "write-error", 1, 1}}}},
      {});
  ASSERT_TRUE(run.ok()) << run.status();
  EXPECT_EQ(run->result().verdict.property, "writes");
  ASSERT_EQ(run->decisions.size(), 1u);
  EXPECT_THAT(TextOfEvent(*run, run->decisions.front().event, {}),
              HasSubstr("server fails log UNAVAILABLE"));
}

TEST(TimedRunTest, KnowsTheEventOfADecision) {
  const TimedRun run = Record(OneLostReply());
  EXPECT_EQ(run.result().verdict.property, "exactly-once");
  ASSERT_EQ(run.decisions.size(), 1u);
  const TimedDecision& lost = run.decisions.front();
  EXPECT_EQ(lost.decision.purpose, "reply-loss");
  EXPECT_TRUE(lost.is_fault);
  EXPECT_THAT(TextOfEvent(run, lost.event, {}),
              HasSubstr("server sends reply to add"));
  EXPECT_THAT(TextOfEvent(run, lost.event, {}), HasSubstr("LOST"));
  const auto shown =
      std::find_if(run.events.begin(), run.events.end(),
                   [&](const auto& each) { return each.number == lost.event; });
  ASSERT_NE(shown, run.events.end());
  EXPECT_EQ(shown->event.time, lost.asked);
}

TEST(TimedRunTest, TellsOrdinaryDelaysFromFaults) {
  Timeline timeline = OneLostReply();
  timeline.edits = {};
  bool has_delay = false;
  for (const TimedDecision& each : Record(timeline).decisions) {
    if (!each.decision.purpose.ends_with("-delay")) continue;
    has_delay = true;
    EXPECT_FALSE(each.is_fault) << NameOf(each.decision);
  }
  EXPECT_TRUE(has_delay);
  timeline.edits = {.base = Base::kCalm,
                    .schedule = {{"server->client-0", "reply-delay", 0,
                                  1'000'000'000, "add 0 #0"}}};
  const TimedRun late = Record(timeline);
  ASSERT_EQ(late.decisions.size(), 1u);
  EXPECT_TRUE(late.decisions.front().is_fault);
}

TEST(TimedRunTest, ABranchAfterTheEndIsTheRun) {
  // Of the seed alone, with all its decisions.
  const TimedRun run = Record({.seed = Seed(3)});
  const TrialResult again =
      Play(BranchAfter(run, run.events.back().event.time, Seed(77)));
  EXPECT_EQ(again.digest, run.result().digest);
}

// The events of both up to that instant.
void ExpectAlikeUntil(const TimedRun& run, const TimedRun& branch,
                      VirtualTime instant) {
  for (size_t i = 0; i < run.events.size(); ++i) {
    if (run.events[i].event.time > instant) return;
    ASSERT_LT(i, branch.events.size());
    EXPECT_EQ(branch.events[i].event.time, run.events[i].event.time);
    EXPECT_EQ(branch.events[i].event.kind, run.events[i].event.kind);
    EXPECT_EQ(branch.events[i].event.value, run.events[i].event.value);
  }
}

TEST(TimedRunTest, ABranchIsTheRunUpToItsInstantAndThenAnother) {
  const TimedRun run = Record({.seed = Seed(3)});
  const VirtualTime instant = run.events[run.events.size() / 2].event.time;
  const TimedRun branch = Record(BranchAfter(run, instant, Seed(77)));
  ExpectAlikeUntil(run, branch, instant);
  EXPECT_NE(branch.result().digest, run.result().digest);
  // Nothing that the run decided later is decided so again.
  const Timeline timeline = BranchAfter(run, instant, Seed(77));
  for (const TimedDecision& each : run.decisions) {
    const bool is_kept =
        std::count(timeline.edits.schedule.begin(),
                   timeline.edits.schedule.end(), each.decision) > 0;
    EXPECT_EQ(is_kept, each.asked <= instant) << NameOf(each.decision);
  }
}

// As many steps as it has decisions and events, not as many as their product:
// else this does not end within the time of a test.
TEST(TimedRunTest, ABranchOfALongRunIsMadeAtOnce) {
  constexpr size_t kLength = 200'000;
  TimedRun run;
  run.events.resize(kLength);
  run.decisions.resize(kLength);
  for (TimedDecision& each : run.decisions) {
    each.decision = {"client-0->server", "request-delay", 0, 1, "add 0 #0"};
  }
  const Timeline branch = BranchAfter(run, kBeforeTheStart, Seed(77));
  EXPECT_THAT(branch.edits.schedule, IsEmpty());
}

TEST(TimedRunTest, BeforeTheStartNothingIsKept) {
  const TimedRun run = Record({.seed = Seed(3)});
  const Timeline branch = BranchAfter(run, kBeforeTheStart, Seed(77));
  EXPECT_THAT(branch.edits.schedule, IsEmpty());
}

TEST(TimedRunTest, WhatIsSaidOfTheWorkloadHoldsInABranch) {
  Timeline timeline = OneLostReply();
  const Decision left_out = {"client 1", "client-left-out", 0, 1};
  timeline.edits.schedule.push_back(left_out);
  const TimedRun run = Record(timeline);
  const Timeline branch = BranchAfter(run, kBeforeTheStart, Seed(77));
  EXPECT_THAT(branch.edits.schedule, ElementsAre(left_out));
}

TEST(TimedRunTest, ABranchOfAReseededRunKeepsItsReseeds) {
  const Reseed own = {VirtualTime::Nanoseconds(0), Seed(5)};
  const TimedRun run = Record({.seed = Seed(3), .edits = {.reseeds = {own}}});
  const VirtualTime instant = run.events[run.events.size() / 2].event.time;
  const Timeline timeline = BranchAfter(run, instant, Seed(77));
  EXPECT_THAT(timeline.edits.reseeds,
              ElementsAre(own, Reseed{instant, Seed(77)}));
  ExpectAlikeUntil(run, Record(timeline), instant);
}

TEST(TimedRunTest, WithoutItsFaultTheRunHolds) {
  const TimedRun run = Record(OneLostReply());
  const std::vector<size_t> all = {0};
  EXPECT_EQ(Play(WithCalm(run, {})).digest, run.result().digest);
  EXPECT_EQ(Play(WithCalm(run, all)).verdict.kind, VerdictKind::kHolds);
}

TEST(TimedRunTest, ARefusalIsAnError) {
  const absl::StatusOr<TimedRun> run =
      RecordTimedRun(Toy("refused"), "", {.seed = Seed(7)}, {});
  EXPECT_EQ(run.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(run.status().message(), HasSubstr("network.request.loss"));
}

TEST(TimedRunTest, CanBeStopped) {
  const absl::StatusOr<TimedRun> run =
      RecordTimedRun(Toy("endless"), "", {.seed = Seed(7)},
                     {.should_stop = [] { return true; }});
  EXPECT_EQ(run.status().code(), absl::StatusCode::kCancelled);
}

}  // namespace
}  // namespace reprise
