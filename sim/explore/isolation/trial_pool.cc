#include "reprise/sim/explore/isolation/trial_pool.h"

#include <poll.h>

#include <algorithm>
#include <cstddef>
#include <iostream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/isolation/child_process.h"
#include "reprise/sim/explore/isolation/death.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
#include "reprise/sim/explore/isolation/shared_page.h"
#include "reprise/sim/explore/isolation/trial_message.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/isolation/watchdog.h"
#include "reprise/sim/explore/trial/trial_arena.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {
namespace {

TrialOptions OptionsOf(const Timeline& timeline, const std::string& bug) {
  return {.seed = timeline.seed,
          .bug = bug,
          .options = timeline.options,
          .edits = &timeline.edits};
}

RecordedTrial Refused() {
  return {.result = {.verdict = {.kind = VerdictKind::kUndecided,
                                 .message = "the scenario refused to run"}}};
}

}  // namespace

struct TrialPool::Worker {
  std::unique_ptr<ChildProcess> process = {};  // Null before its first trial.
  std::unique_ptr<Watchdog> watchdog = {};
  // What it plays; null: nothing.
  std::unique_ptr<Timeline> timeline = {};
  size_t index = 0;
  // Nobody waits for what it plays.
  bool is_of_earlier_round = false;
};

// One call of Play().
struct TrialPool::Round {
  size_t count = 0;
  Maker make;
  Taker take;
  bool is_recorded = false;
  size_t next_asked = 0;
  size_t next_taken = 0;
  std::map<size_t, RecordedTrial> ready = {};  // Results before their turn.
  std::optional<PoolEnd> end = {};
};

TrialPool::TrialPool(const Scenario& scenario, TrialPoolOptions options)
    : scenario_(scenario), options_(std::move(options)) {
  for (int i = 0; i < std::max(1, options_.jobs); ++i) {
    workers_.push_back(std::make_unique<Worker>());
  }
}

TrialPool::~TrialPool() = default;

void TrialPool::SetMaxSteps(uint64_t steps) {
  max_steps_ = std::min(steps, scenario_.max_steps);
}

PoolEnd TrialPool::Play(size_t count, Maker make, Taker take) {
  Round round{.count = count, .make = make, .take = take};
  return PlayAll(round);
}

PoolEnd TrialPool::PlayRecorded(size_t count, Maker make, Taker take) {
  Round round{.count = count, .make = make, .take = take, .is_recorded = true};
  return PlayAll(round);
}

std::optional<RecordedTrial> TrialPool::Record(const Timeline& timeline) {
  std::optional<RecordedTrial> recorded;
  PlayRecorded(
      1, [&](size_t) { return timeline; },
      [&](size_t, const RecordedTrial& trial) {
        recorded = trial;
        return true;
      });
  return recorded;
}

PoolEnd TrialPool::PlayAll(Round& round) {
  Stopwatch since_look;
  while (!round.end) {
    Supply(round);
    if (round.next_taken == round.count) round.end = PoolEnd::kAllPlayed;
    if (!round.end) WaitForResults(round);
    if (since_look.Seconds() * 1000 < kPollMilliseconds) continue;
    since_look = Stopwatch();
    Look(round);
  }
  for (const std::unique_ptr<Worker>& worker : workers_) {
    worker->is_of_earlier_round = worker->timeline != nullptr;
    if (worker->is_of_earlier_round && round.end == PoolEnd::kStopped) {
      *worker = {};
    }
  }
  return *round.end;
}

void TrialPool::Supply(Round& round) {
  for (const std::unique_ptr<Worker>& worker : workers_) {
    if (round.next_asked == round.count) return;
    if (worker->timeline != nullptr) continue;
    if (worker->process == nullptr && !Start(*worker)) {
      round.end = PoolEnd::kStopped;
      return;
    }
    std::optional<Timeline> timeline = round.make(round.next_asked);
    if (!timeline) {
      round.count = round.next_asked;
      return;
    }
    worker->index = round.next_asked++;
    worker->is_of_earlier_round = false;
    worker->timeline = std::make_unique<Timeline>(*std::move(timeline));
    MessageWriter writer;
    writer.WritePlain(round.is_recorded);
    writer.WritePlain(max_steps_.value_or(scenario_.max_steps));
    writer.Write(*worker->timeline);
    worker->process->channel().Send(writer.bytes());
  }
}

bool TrialPool::Start(Worker& worker) {
  absl::StatusOr<std::unique_ptr<ChildProcess>> process = ChildProcess::Start(
      options_.watch, [this](const ChildSide& side) { Serve(side); });
  if (!process.ok()) {
    std::cerr << process.status().message() << "\n";
    return false;
  }
  worker.process = *std::move(process);
  worker.watchdog = std::make_unique<Watchdog>(*worker.process, options_.watch);
  return true;
}

void TrialPool::Serve(const ChildSide& side) const {
  TrialArena arena;
  while (const std::optional<std::string> message = side.channel.Receive()) {
    MessageReader reader(*message);
    const bool is_recorded = reader.ReadPlain<bool>();
    const auto max_steps = reader.ReadPlain<uint64_t>();
    const Timeline timeline = reader.ReadTimeline();
    TrialOptions options = OptionsOf(timeline, options_.bug);
    options.max_steps = max_steps;
    side.page->seed = timeline.seed.value();
    ++side.page->trials_begun;
    side.page->is_in_trial = true;
    RecordedTrial trial;
    if (is_recorded) {
      trial = RunRecordedTrial(scenario_, options, arena);
    } else {
      trial.result = RunTrial(scenario_, options, arena);
    }
    EndIfClosed(side);
    side.page->is_in_trial = false;
    NoteLackOfMemory(*side.page, trial.result);
    MessageWriter writer;
    writer.Write(trial);
    side.channel.Send(writer.bytes());
  }
}

void TrialPool::WaitForResults(Round& round) {
  std::vector<pollfd> ends;
  std::vector<Worker*> owners;
  for (const std::unique_ptr<Worker>& worker : workers_) {
    if (worker->timeline == nullptr) continue;
    ends.push_back({.fd = worker->process->channel().descriptor(),
                    .events = POLLIN,
                    .revents = 0});
    owners.push_back(worker.get());
  }
  if (poll(ends.data(), ends.size(), kPollMilliseconds) <= 0) return;
  for (size_t i = 0; i < ends.size(); ++i) {
    if (ends[i].revents != 0) Receive(round, *owners[i]);
  }
}

void TrialPool::Receive(Round& round, Worker& worker) {
  const std::optional<std::string> message =
      worker.process->channel().Receive();
  RecordedTrial trial;
  if (message) {
    trial = MessageReader(*message).ReadTrial();
    // What code under test prints is no part of a result.
    worker.process->TakeErrors();
  } else {
    trial = ExamineDeath(round, worker);
  }
  worker.timeline.reset();
  if (worker.is_of_earlier_round) return;
  round.ready.emplace(worker.index, std::move(trial));
  while (!round.end && !round.ready.empty() &&
         round.ready.begin()->first == round.next_taken) {
    const auto next = round.ready.extract(round.ready.begin());
    ++round.next_taken;
    if (!round.take(next.key(), next.mapped())) round.end = PoolEnd::kByTaker;
  }
}

RecordedTrial TrialPool::ExamineDeath(const Round& round, Worker& worker) {
  const std::unique_ptr<ChildProcess> process = std::move(worker.process);
  worker.watchdog.reset();
  const ChildEnd end = process->Wait();
  Death death = DescribeDeath(*process->page(), end, process->TakeErrors());
  if (death.is_refusal) return Refused();
  RecordedTrial trial;
  trial.result.seed = worker.timeline->seed;
  trial.result.virtual_time =
      VirtualTime::Nanoseconds(process->page()->nanoseconds);
  trial.result.verdict = std::move(death.verdict);
  if (!round.is_recorded || worker.is_of_earlier_round) return trial;
  std::optional<IsolatedTrial> again = RunIsolated(
      scenario_, OptionsOf(*worker.timeline, options_.bug),
      {.watch = options_.watch, .should_stop = options_.should_stop});
  return again ? std::move(again->recorded) : trial;
}

void TrialPool::Look(Round& round) {
  for (const std::unique_ptr<Worker>& worker : workers_) {
    if (worker->watchdog != nullptr) worker->watchdog->Look();
  }
  if (!round.end && options_.should_stop && options_.should_stop()) {
    round.end = PoolEnd::kStopped;
  }
}

}  // namespace reprise
