#include "reprise/sim/explore/sweep/sweep.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "reprise/sim/explore/sweep/wall_clock.h"

namespace reprise {
namespace {

// A run of consecutive trials of which at most the last did not hold.
struct Stretch {
  SweepTotals totals;
  std::optional<RecordedTrial> failure;
};

// What one thread has found in its chunk, and has not been merged yet.
struct Findings {
  std::vector<Stretch> stretches;
  bool is_whole = false;  // Nothing of the chunk is to come.
};

// Before the end of its chunk a thread hands in each failure, and whatever else
// it found where the chunk takes longer than this.
constexpr double kHandInSeconds = 0.1;
// How often a sweep looks whether it should leave its threads.
constexpr std::chrono::milliseconds kPoll(20);

// One sweep in progress. Threads take chunks of seeds in ascending order and
// hand in what they found; chunks are merged in that order, whichever is done
// first.
//
// Invariant: every chunk below `next_merged_` is part of `result_`; those in
// `unmerged_` lie above it, or are what else was found in it.
class SweepRun {
 public:
  SweepRun(const Scenario& scenario, const SweepOptions& options)
      : scenario_(scenario),
        options_(options),
        chunk_seeds_(ChunkSeeds(options)),
        chunks_(options.seeds.count / chunk_seeds_ +
                (options.seeds.count % chunk_seeds_ != 0 ? 1 : 0)) {}

  // If the result has left threads, the last of them deletes this.
  SweepResult Run() {
    const auto jobs = static_cast<uint64_t>(std::max(1, options_.jobs));
    // One that may leave its threads does nothing itself but wait for them.
    const bool works_itself = !options_.grace_seconds;
    working_ = std::min(jobs, chunks_);
    if (working_ == 0) return {};
    std::vector<std::thread> threads(working_ - (works_itself ? 1 : 0));
    for (std::thread& thread : threads) {
      thread = std::thread([this] { Work(); });
    }
    if (works_itself) Work();
    std::unique_lock<std::mutex> lock(mutex_);
    WaitForThreads(lock);
    for (std::thread& thread : threads) {
      result_.has_left_threads ? thread.detach() : thread.join();
    }
    // What a stop has left behind its gaps.
    for (auto& [chunk, found] : unmerged_) Merge(std::move(found.stretches));
    result_.was_stopped =
        was_stopped_ && result_.totals.seeds < options_.seeds.count;
    return std::move(result_);
  }

 private:
  void WaitForThreads(std::unique_lock<std::mutex>& lock) {
    std::optional<Stopwatch> since_stop;
    while (working_ > 0) {
      changed_.wait_for(lock, kPoll);
      if (!options_.grace_seconds || working_ == 0) continue;
      if (!since_stop && options_.should_stop && options_.should_stop()) {
        ShouldStop();  // For the threads.
        since_stop.emplace();
      }
      if (since_stop && since_stop->Seconds() > *options_.grace_seconds) {
        result_.has_left_threads = true;
        return;
      }
    }
  }

  // Small enough to keep every thread busy to the end, large enough to make
  // the lock cheap.
  static uint64_t ChunkSeeds(const SweepOptions& options) {
    const auto jobs = static_cast<uint64_t>(std::max(1, options.jobs));
    return std::clamp<uint64_t>(options.seeds.count / (jobs * 16), 1, 32);
  }

  void Work() {
    TrialArena arena;
    while (const std::optional<uint64_t> chunk = TakeChunk()) {
      HandIn(*chunk, {RunChunk(*chunk, arena), /*is_whole=*/true});
    }
    bool is_left_alone = false;
    {
      std::lock_guard<std::mutex> lock(mutex_);
      --working_;
      changed_.notify_one();
      is_left_alone = result_.has_left_threads && working_ == 0;
    }
    if (is_left_alone) delete this;
  }

  std::optional<uint64_t> TakeChunk() {
    std::lock_guard<std::mutex> lock(mutex_);
    if (is_over_ || next_chunk_ == chunks_) return std::nullopt;
    return next_chunk_++;
  }

  // Returns what it has not handed in yet.
  std::vector<Stretch> RunChunk(uint64_t chunk, TrialArena& arena) {
    const uint64_t begin = chunk * chunk_seeds_;
    const uint64_t count = std::min(chunk_seeds_, options_.seeds.count - begin);
    std::vector<Stretch> stretches(1);
    TrialOptions trial = options_.trial;
    Stopwatch since_hand_in;
    for (uint64_t i = 0; i < count && !ShouldStop(); ++i) {
      const bool has_failure = stretches.size() > 1;
      if (has_failure || (i > 0 && since_hand_in.Seconds() > kHandInSeconds)) {
        HandIn(chunk, {std::exchange(stretches, std::vector<Stretch>(1))});
        since_hand_in = Stopwatch();
      }
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

  void HandIn(uint64_t chunk, Findings found) {
    std::lock_guard<std::mutex> lock(mutex_);
    if (result_.has_left_threads) return;
    Findings& all = unmerged_[chunk];
    std::move(found.stretches.begin(), found.stretches.end(),
              std::back_inserter(all.stretches));
    all.is_whole = found.is_whole;
    while (!unmerged_.empty() && unmerged_.begin()->first == next_merged_) {
      const bool is_whole = unmerged_.begin()->second.is_whole;
      Merge(std::move(unmerged_.begin()->second.stretches));
      unmerged_.erase(unmerged_.begin());
      if (!is_whole) break;
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
  const SweepOptions options_;
  const uint64_t chunk_seeds_;
  const uint64_t chunks_;
  std::atomic<bool> is_over_ = false;
  std::atomic<bool> was_stopped_ = false;
  std::atomic<uint64_t> failures_merged_ = 0;

  std::mutex mutex_;  // Guards what follows.
  uint64_t next_chunk_ = 0;
  uint64_t next_merged_ = 0;
  std::map<uint64_t, Findings> unmerged_;
  uint64_t working_ = 0;  // Threads that have not ended.
  std::condition_variable changed_;
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
  auto run = std::make_unique<SweepRun>(scenario, options);
  SweepResult result = run->Run();
  if (result.has_left_threads) run.release();  // Its threads have it.
  return result;
}

int DefaultJobs() {
  return static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
}

}  // namespace reprise
