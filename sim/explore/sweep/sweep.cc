#include "reprise/sim/explore/sweep/sweep.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace reprise {
namespace {

// A run of consecutive trials of which at most the last did not hold.
struct Stretch {
  SweepTotals totals;
  std::optional<RecordedTrial> failure;
};

// One sweep in progress. Threads take chunks of seeds in ascending order and
// hand in what they found; chunks are merged in that order, whichever is done
// first.
//
// Invariant: every chunk below `next_merged_` is part of `result_`; those in
// `unmerged_` lie above it.
class SweepRun {
 public:
  SweepRun(const Scenario& scenario, const SweepOptions& options)
      : scenario_(scenario),
        options_(options),
        chunk_seeds_(ChunkSeeds(options)),
        chunks_(options.seeds.count / chunk_seeds_ +
                (options.seeds.count % chunk_seeds_ != 0 ? 1 : 0)) {}

  SweepResult Run() {
    const auto jobs = static_cast<uint64_t>(std::max(1, options_.jobs));
    std::vector<std::thread> threads;
    for (uint64_t i = 1; i < std::min(jobs, chunks_); ++i) {
      threads.emplace_back([this] { Work(); });
    }
    Work();
    for (std::thread& thread : threads) thread.join();
    // What a stop has left behind its gaps.
    for (auto& [chunk, stretches] : unmerged_) Merge(std::move(stretches));
    result_.was_stopped =
        was_stopped_ && result_.totals.seeds < options_.seeds.count;
    return std::move(result_);
  }

 private:
  // Small enough to keep every thread busy to the end, large enough to make
  // the lock cheap.
  static uint64_t ChunkSeeds(const SweepOptions& options) {
    const auto jobs = static_cast<uint64_t>(std::max(1, options.jobs));
    return std::clamp<uint64_t>(options.seeds.count / (jobs * 16), 1, 32);
  }

  void Work() {
    TrialArena arena;
    while (const std::optional<uint64_t> chunk = TakeChunk()) {
      HandIn(*chunk, RunChunk(*chunk, arena));
    }
  }

  std::optional<uint64_t> TakeChunk() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (is_over_ || next_chunk_ == chunks_) return std::nullopt;
    return next_chunk_++;
  }

  std::vector<Stretch> RunChunk(uint64_t chunk, TrialArena& arena) {
    const uint64_t begin = chunk * chunk_seeds_;
    const uint64_t count = std::min(chunk_seeds_, options_.seeds.count - begin);
    std::vector<Stretch> stretches(1);
    TrialOptions trial = options_.trial;
    for (uint64_t i = 0; i < count && !ShouldStop(); ++i) {
      trial.seed = Seed(options_.seeds.first + begin + i);
      TrialResult result = RunTrial(scenario_, trial, arena);
      const bool is_repeated = Repeat(trial, result, arena);
      if (is_repeated) ++stretches.back().totals.repeated;
      if (result.verdict.kind == VerdictKind::kHolds) {
        stretches.back().totals.Add(result);
        continue;
      }
      stretches.back().failure = Investigate(std::move(result), trial, arena);
      stretches.back().totals.Add(stretches.back().failure->result);
      stretches.emplace_back();
    }
    return stretches;
  }

  // Whether the trial was repeated elsewhere. If it differed, that becomes its
  // verdict.
  bool Repeat(const TrialOptions& trial, TrialResult& result,
              TrialArena& arena) {
    Determinism* determinism = options_.determinism;
    if (determinism == nullptr) return false;
    if (!determinism->Covers(scenario_, trial.seed)) return false;
    Repetition repetition =
        determinism->Repeat(scenario_, trial, result, arena);
    if (repetition.difference) {
      result.verdict = *std::move(repetition.difference);
    }
    return repetition.is_done;
  }

  RecordedTrial Investigate(TrialResult result, const TrialOptions& trial,
                            TrialArena& arena) {
    if (result.verdict.kind == VerdictKind::kUndecided) {
      return {.result = std::move(result)};
    }
    RecordedTrial failure;
    if (result.verdict.property == kDeterminismProperty) {
      failure = RunRecordedTrial(scenario_, trial, arena);
      failure.result.verdict = std::move(result.verdict);
    } else {
      failure = RunTrialAgain(scenario_, trial, result, arena);
    }
    // Those among the first `schedules_max` still see too few before them.
    if (failures_merged_ >= options_.schedules_max) failure.schedule.clear();
    return failure;
  }

  bool ShouldStop() {
    if (is_over_) return true;
    if (!options_.should_stop || !options_.should_stop()) return false;
    was_stopped_ = true;
    is_over_ = true;
    return true;
  }

  void HandIn(uint64_t chunk, std::vector<Stretch> stretches) {
    std::lock_guard<std::mutex> lock(mutex_);
    unmerged_.emplace(chunk, std::move(stretches));
    while (!unmerged_.empty() && unmerged_.begin()->first == next_merged_) {
      Merge(std::move(unmerged_.begin()->second));
      unmerged_.erase(unmerged_.begin());
      ++next_merged_;
    }
    if (options_.on_progress) options_.on_progress(result_.totals);
  }

  void Merge(std::vector<Stretch> stretches) {
    for (Stretch& stretch : stretches) {
      if (HasEnough()) return;
      result_.totals.Add(stretch.totals);
      if (stretch.failure) AddFailure(*std::move(stretch.failure));
    }
  }

  void AddFailure(RecordedTrial failure) {
    if (failure.result.verdict.kind == VerdictKind::kUndecided) {
      result_.undecided.push_back(std::move(failure.result));
      return;
    }
    if (result_.violated.size() >= options_.schedules_max) {
      failure.schedule.clear();
    }
    if (options_.on_failure) options_.on_failure(failure);
    result_.violated.push_back(std::move(failure.result));
    failures_merged_ = result_.violated.size();
    if (HasEnough()) is_over_ = true;
  }

  bool HasEnough() const {
    return options_.max_failures > 0 &&
           result_.violated.size() >= options_.max_failures;
  }

  const Scenario& scenario_;
  const SweepOptions& options_;
  const uint64_t chunk_seeds_;
  const uint64_t chunks_;
  std::atomic<bool> is_over_ = false;
  std::atomic<bool> was_stopped_ = false;
  std::atomic<uint64_t> failures_merged_ = 0;

  std::mutex mutex_;  // Guards what follows.
  uint64_t next_chunk_ = 0;
  uint64_t next_merged_ = 0;
  std::map<uint64_t, std::vector<Stretch>> unmerged_;
  SweepResult result_;
};

}  // namespace

void SweepTotals::Add(const TrialResult& trial) {
  ++seeds;
  switch (trial.verdict.kind) {
    case VerdictKind::kHolds:
      ++passed;
      break;
    case VerdictKind::kViolated:
      ++violated;
      break;
    case VerdictKind::kUndecided:
      ++undecided;
      break;
  }
  events += trial.events;
  operations += trial.operations;
  calls += trial.network.calls;
  virtual_microseconds +=
      static_cast<uint64_t>(trial.virtual_time.nanoseconds()) / 1000;
}

void SweepTotals::Add(const SweepTotals& totals) {
  seeds += totals.seeds;
  passed += totals.passed;
  violated += totals.violated;
  undecided += totals.undecided;
  events += totals.events;
  operations += totals.operations;
  calls += totals.calls;
  virtual_microseconds += totals.virtual_microseconds;
  repeated += totals.repeated;
}

SweepResult Sweep(const Scenario& scenario, const SweepOptions& options) {
  return SweepRun(scenario, options).Run();
}

int DefaultJobs() {
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

}  // namespace reprise
