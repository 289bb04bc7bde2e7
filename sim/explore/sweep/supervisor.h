// Supervisor: a sweep whose trials run in processes of their own.
//
// The supervisor gives each worker chunks of seeds, takes in what it finds, and
// watches over it. A worker that dies is born again at the next seed; the seed
// that it died of runs once more, by itself, to be recorded
// (isolation/isolated_trial.h).
//
//   SweepResult result = Supervisor(scenario, options).Run();

#ifndef REPRISE_SIM_EXPLORE_SWEEP_SUPERVISOR_H_
#define REPRISE_SIM_EXPLORE_SWEEP_SUPERVISOR_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "reprise/sim/explore/isolation/child_process.h"
#include "reprise/sim/explore/isolation/wall_clock.h"
#include "reprise/sim/explore/isolation/watchdog.h"
#include "reprise/sim/explore/repeat/second_process.h"
#include "reprise/sim/explore/sweep/merger.h"
#include "reprise/sim/explore/sweep/seed_range.h"
#include "reprise/sim/explore/sweep/sweep.h"
#include "reprise/sim/explore/trial/scenario.h"

namespace reprise {

class Supervisor {
 public:
  // Both must outlive this.
  Supervisor(const Scenario& scenario, const SweepOptions& options);

  SweepResult Run();

 private:
  // Seeds of one chunk, or what is left of them.
  struct Order {
    uint64_t chunk = 0;
    SeedRange seeds = {};
  };

  struct Worker {
    std::unique_ptr<ChildProcess> process = {};  // Null: its work is done.
    std::unique_ptr<Watchdog> watchdog = {};
    std::deque<Order> orders = {};  // The first is being worked on.
    // What it repeats trials in; null: it starts its own.
    std::unique_ptr<SecondProcess> lent = {};
    // What it wrote to standard error since the trial of this number began.
    std::string printed = {};
    uint64_t printing_trial = 0;
  };

  std::optional<Order> NextOrder();
  // Gives the worker more to do, and ends it if there is nothing.
  void Supply(Worker& worker);
  // False: the system makes no process.
  bool Start(Worker& worker);
  // The worker's side.
  void Work(const ChildSide& side, Worker& self);
  // The worker is gone. `is_idle`: as for Determinism::TakeBack.
  void EndLoan(Worker& worker, bool is_idle);
  void WaitForMessages();
  // Takes in the worker's next message, or its end. Waits for it.
  void Receive(Worker& worker);
  void Take(Worker& worker, const std::string& message);
  void Bury(Worker& worker);
  // What became of the seed that a worker died of. Nothing: the sweep ends.
  std::optional<RecordedTrial> Examine(const TrialOptions& trial,
                                       TrialResult death);
  void EndEarly(Worker& worker);
  void PassOnErrors(Worker& worker);
  bool IsWorking() const;
  void Look();

  const Scenario& scenario_;
  const SweepOptions& options_;
  const uint64_t chunk_seeds_;
  const uint64_t chunks_;
  uint64_t next_chunk_ = 0;
  Merger merger_;
  std::vector<Worker> workers_;
  bool is_over_ = false;  // No trial is begun any more.
  bool was_stopped_ = false;
  std::optional<std::string> refusal_;
  std::optional<Stopwatch> since_over_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SWEEP_SUPERVISOR_H_
