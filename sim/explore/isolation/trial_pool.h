// TrialPool: trials of one scenario by many timelines, in processes of their
// own that play one after the other.
//
// Guarantees: results are handed out in the order in which the timelines were
// asked for, whichever is ready first, so that what a caller makes of them does
// not depend on the number of processes. A trial that ends its process has the
// verdict that RunIsolated gives it; the process is born again.
//
//   TrialPool pool(scenario, {.bug = "put-not-deduplicated", .jobs = 2});
//   uint64_t failures = 0;
//   pool.Play(100, [&](size_t i) { return Reseeded(timeline, Seed(i)); },
//             [&](size_t, const RecordedTrial& trial) {
//               failures +=
//                   trial.result.verdict.kind == VerdictKind::kViolated;
//               return true;
//             });

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_TRIAL_POOL_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_TRIAL_POOL_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "reprise/sim/explore/isolation/child_process.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_runner.h"

namespace reprise {

struct TrialPoolOptions {
  std::string bug = {};
  int jobs = 1;  // Processes at the same time.
  WatchOptions watch = {};
  // Asked some fifty times a second; true ends what is under way. May be empty.
  std::function<bool()> should_stop = {};
};

// Why Play() ended.
enum class PoolEnd : uint8_t {
  kAllPlayed,
  kByTaker,  // `take` had enough.
  kStopped,  // `should_stop` said so, or the system made no process.
};

class TrialPool {
 public:
  // `scenario` must outlive this.
  TrialPool(const Scenario& scenario, TrialPoolOptions options);
  ~TrialPool();
  TrialPool(const TrialPool&) = delete;
  TrialPool& operator=(const TrialPool&) = delete;

  // From now on trials that take more steps are undecided.
  void SetMaxSteps(uint64_t steps);

  // Makes a timeline; asked for each index once, in order. Some may be asked
  // for whose result nobody takes. None: there are no more.
  using Maker = absl::FunctionRef<std::optional<Timeline>(size_t index)>;
  // Takes a trial, in the order of indices; false: enough.
  using Taker = absl::FunctionRef<bool(size_t index, const RecordedTrial&)>;

  // Plays at most `count` timelines. Their recordings are empty. A timeline
  // that the scenario refuses gives an undecided result.
  PoolEnd Play(size_t count, Maker make, Taker take);
  // As Play(), with recordings: slower.
  PoolEnd PlayRecorded(size_t count, Maker make, Taker take);

  // One trial with its recording. None: it was stopped.
  std::optional<RecordedTrial> Record(const Timeline& timeline);

 private:
  struct Worker;
  struct Round;

  PoolEnd PlayAll(Round& round);
  void Supply(Round& round);
  bool Start(Worker& worker);
  void Serve(const ChildSide& side) const;
  void WaitForResults(Round& round);
  void Receive(Round& round, Worker& worker);
  RecordedTrial ExamineDeath(const Round& round, Worker& worker);
  void Look(Round& round);

  const Scenario& scenario_;
  const TrialPoolOptions options_;
  std::optional<uint64_t> max_steps_;  // None: what the scenario is sized to.
  std::vector<std::unique_ptr<Worker>> workers_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_TRIAL_POOL_H_
