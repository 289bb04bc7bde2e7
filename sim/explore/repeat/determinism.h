// Determinism: runs trials a second time, in another process that is unlike
// this one, and compares.
//
// Guarantees: a trial whose result differs there violates the property
// "determinism". The evidence has the first event that differs, the events
// before it and, for each process, the task that was running and its stack.
// Which seeds are repeated depends on the scenario and the seed alone. A trial
// that violates "sandbox" is not repeated: the call that it made explains why
// its results may differ.
//
//   auto determinism = Determinism::Start(&process, {.percent = 5});
//   if ((*determinism)->Covers(scenario, seed)) {
//     Repetition repetition =
//         (*determinism)->Repeat(scenario, options, result, arena);
//     if (repetition.difference) Report(*repetition.difference);
//   }
//
// and in main(), where the other process begins to serve:
//
//   if (ServeTrials({.scenarios = scenarios})) return 0;

#ifndef REPRISE_SIM_EXPLORE_REPEAT_DETERMINISM_H_
#define REPRISE_SIM_EXPLORE_REPEAT_DETERMINISM_H_

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/repeat/second_process.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/text.h"

namespace reprise {

// The share of trials that a sweep repeats unless told otherwise.
inline constexpr int kUsualPercent = 5;

struct DeterminismOptions {
  // How many in a hundred seeds are repeated; 100: all.
  int percent = kUsualPercent;
  // How many processes are started at once. Whoever finds none idle starts
  // another.
  int processes = 1;
  // How events are printed, as Catalog::text.
  TextOptions text = {};
};

// How repeating a trial ended.
struct Repetition {
  // False: it was not repeated, because it left the sandbox or because no
  // process could be started.
  bool is_done = false;
  // The violation, if the two runs differ.
  std::optional<Verdict> difference = {};
};

// Any number of threads may use one object. Threads that repeat trials at the
// same time have a process each.
class Determinism {
 public:
  // Starts the first processes. Errors: Unavailable if that does not work, or
  // if `process` is null.
  static absl::StatusOr<std::unique_ptr<Determinism>> Start(
      const SecondProcessOptions* process,
      const DeterminismOptions& options = {});

  bool Covers(const Scenario& scenario, Seed seed) const;

  // Has another process run the trial, and does not wait for it. What it
  // returns is for Compare or Ignore. Null: no process could be started.
  std::unique_ptr<SecondProcess> Ask(const Scenario& scenario,
                                     const TrialOptions& options);
  // Waits for the result of the trial that `asked` runs, and compares it with
  // `first`, the result in this process with the same options. The verdict on a
  // difference keeps the violations of `first` in `also`.
  Repetition Compare(std::unique_ptr<SecondProcess> asked,
                     const Scenario& scenario, const TrialOptions& options,
                     const TrialResult& first, TrialArena& arena);
  // Waits for the end of the trial that `asked` runs.
  void Ignore(std::unique_ptr<SecondProcess> asked);
  // Ask and Compare.
  Repetition Repeat(const Scenario& scenario, const TrialOptions& options,
                    const TrialResult& first, TrialArena& arena);

  // For a process that is to be forked from this one: an idle process, which it
  // borrows until it ends. Null: none is idle.
  std::unique_ptr<SecondProcess> Lend();
  // Ends the loan. `is_idle`: whether the borrower is known to have got all the
  // answers that it had asked for; otherwise the process is ended.
  void TakeBack(std::unique_ptr<SecondProcess> lent, bool is_idle);
  // In the forked process: the processes so far are not its own, apart from
  // what it borrows (null: nothing). It starts others when it needs them.
  void LeaveProcesses(std::unique_ptr<SecondProcess> borrowed = nullptr);

 private:
  Determinism(const SecondProcessOptions& process,
              const DeterminismOptions& options)
      : process_(process), options_(options) {}

  absl::StatusOr<std::unique_ptr<SecondProcess>> TakeProcess();
  void GiveBack(std::unique_ptr<SecondProcess> process);

  const SecondProcessOptions process_;
  const DeterminismOptions options_;
  std::mutex mutex_;  // Guards what follows.
  std::vector<std::unique_ptr<SecondProcess>> idle_;
  std::vector<pid_t> abandoned_;  // Not waited for yet.
};

struct ServiceOptions {
  // As SecondProcessOptions::place.
  std::string place = {};
  std::vector<Scenario> scenarios = {};
  // Budgets of the trials.
  TrialOptions trial = {};
  TextOptions text = {};
};

// In the other process: runs the trials that its parent asks for, until the
// parent ends, and returns true. Returns false at once if the parent asked for
// another place, or if this process is not a second one.
bool ServeTrials(const ServiceOptions& options);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPEAT_DETERMINISM_H_
