#include "reprise/sim/explore/branch/necessary_faults.h"

#include <algorithm>
#include <span>

#include "reprise/sim/explore/shrink/failure_class.h"

namespace reprise {

NecessaryFaults FindNecessaryFaults(TrialPool& pool, const TimedRun& run,
                                    const NecessityOptions& options) {
  std::vector<size_t> faults;
  for (size_t i = 0; i < run.decisions.size(); ++i) {
    if (run.decisions[i].is_fault) faults.push_back(i);
  }
  NecessaryFaults necessary{.faults = faults.size()};
  const FailureClass failure = ClassOf(run.result().verdict);
  pool.Play(
      std::min<uint64_t>(faults.size(), options.trials),
      [&](size_t i) { return WithCalm(run, std::span(&faults[i], 1)); },
      [&](size_t i, const RecordedTrial& trial) {
        ++necessary.trials;
        if (ClassOf(trial.result.verdict) != failure) {
          necessary.places.push_back(faults[i]);
        }
        if (options.on_progress) options.on_progress(necessary.trials);
        return true;
      });
  return necessary;
}

}  // namespace reprise
