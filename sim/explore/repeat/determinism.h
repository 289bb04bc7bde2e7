// Determinism: runs trials a second time, in another process that is unlike
// this one, and compares.
//
// Guarantees: a trial whose result differs there violates the property
// "determinism", and the evidence tells of the first event that differs, the
// events before it, and in each process the task and its stack. Which seeds are
// repeated depends on the scenario and the seed alone. A trial that violates
// "sandbox" is not repeated: it has told already why it cannot be.
//
//   auto determinism = Determinism::Start(&process, {.percent = 5});
//   if ((*determinism)->Covers(scenario, seed)) {
//     Repetition repetition =
//         (*determinism)->Repeat(scenario, options, result, arena);
//     if (repetition.difference) Report(*repetition.difference);
//   }
//
// and where the other process comes by:
//
//   if (ServeTrials({.scenarios = scenarios})) return 0;

#ifndef REPRISE_SIM_EXPLORE_REPEAT_DETERMINISM_H_
#define REPRISE_SIM_EXPLORE_REPEAT_DETERMINISM_H_

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
  // How events are printed, as Catalog::text.
  TextOptions text = {};
};

// What came of repeating a trial.
struct Repetition {
  // False: it was not repeated, because it left the sandbox or because no
  // process could be started.
  bool is_done = false;
  // The violation, where the two runs differ.
  std::optional<Verdict> difference = {};
};

// For any number of threads at once, each of which has a process of its own
// when they need one at the same time.
class Determinism {
 public:
  // Starts one process, to find out whether it can be done. Unavailable if not,
  // or if `process` is null: nobody knows how to.
  static absl::StatusOr<std::unique_ptr<Determinism>> Start(
      const SecondProcessOptions* process,
      const DeterminismOptions& options = {});

  bool Covers(const Scenario& scenario, Seed seed) const;

  // Runs the trial in the other process. `first` is how it ended here with the
  // same options; a difference keeps the violations of `first` in `also`.
  Repetition Repeat(const Scenario& scenario, const TrialOptions& options,
                    const TrialResult& first, TrialArena& arena);

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
};

struct ServiceOptions {
  // As SecondProcessOptions::place.
  std::string place = {};
  std::vector<Scenario> scenarios = {};
  // Budgets of the trials.
  TrialOptions trial = {};
  TextOptions text = {};
};

// In the other process: runs the trials that its parent asks for until that
// ends. False, at once, where the parent asked for another place, and in a
// process that is nobody's second.
bool ServeTrials(const ServiceOptions& options);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPEAT_DETERMINISM_H_
