#include "reprise/sim/explore/branch/failure_need.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/explore/isolation/trial_pool.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/edits.h"
#include "reprise/sim/world/fault_table.h"

namespace reprise {
namespace {

constexpr size_t kRuns = 3;

class Inquiry {
 public:
  Inquiry(const Scenario& scenario, const std::string& bug, const TimedRun& run,
          const NeedOptions& options)
      : scenario_(scenario),
        bug_(bug),
        run_(run),
        options_(options),
        pool_(scenario, {.bug = bug,
                         .jobs = options.jobs,
                         .watch = options.watch,
                         .should_stop = options.should_stop}) {}

  FoundNeed Find() {
    // A run without a fault shows that it needs none.
    if (HasFault(run_) &&
        !AllFail([&](size_t i) { return WithoutFaults(i); }, /*plays=*/2)) {
      return {FailureNeed::kFaults, trials_};
    }
    const bool is_calm_enough = AllFail(
        [&](size_t i) {
          return Timeline{.seed = SeedOf(i), .edits = {.base = Base::kCalm}};
        },
        /*plays=*/1);
    return {is_calm_enough ? FailureNeed::kNothing : FailureNeed::kDelays,
            trials_};
  }

 private:
  Seed SeedOf(size_t number) const {
    return Seed(
        WordAt(StreamKey(run_.timeline.seed, "branch", "whole"), number));
  }

  // Of the run of that seed only the ordinary delays.
  std::optional<Timeline> WithoutFaults(size_t number) {
    const absl::StatusOr<TimedRun> whole = RecordTimedRun(
        scenario_, bug_, {.seed = SeedOf(number)},
        {.watch = options_.watch, .should_stop = options_.should_stop});
    if (!whole.ok()) return std::nullopt;
    Timeline timeline{.seed = SeedOf(number), .edits = {.base = Base::kCalm}};
    for (const TimedDecision& each : whole->decisions) {
      if (each.is_fault) continue;
      timeline.edits.schedule.push_back(each.decision);
    }
    return timeline;
  }

  // Each timeline took that many trials.
  bool AllFail(TrialPool::Maker make, uint64_t plays) {
    size_t failed = 0;
    pool_.Play(kRuns, make, [&](size_t, const RecordedTrial& trial) {
      trials_ += plays;
      const TrialResult& result = trial.result;
      const bool fails =
          result.verdict.property == run_.result().verdict.property;
      failed += fails ? 1 : 0;
      return fails;
    });
    return failed == kRuns;
  }

  const Scenario& scenario_;
  const std::string& bug_;
  const TimedRun& run_;
  const NeedOptions& options_;
  TrialPool pool_;
  uint64_t trials_ = 0;
};

}  // namespace

FoundNeed FindNeed(const Scenario& scenario, const std::string& bug,
                   const TimedRun& run, const NeedOptions& options) {
  return Inquiry(scenario, bug, run, options).Find();
}

}  // namespace reprise
