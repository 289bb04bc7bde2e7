// TimedRun: a run with all its events, and with the instant and the event of
// each of its decisions: what it takes to play it up to an event and to let
// another seed answer from then on.
//
// Guarantees: a branch has the events of the run up to and including those of
// its instant. What the timeline says of the workload (which operations,
// clients and nodes are left out, how many operations there are and when they
// begin) holds to the end; every other decision that is asked for later than
// the instant is answered by the other seed.
//
// In a shrunk run most delays are calm. Drawn anew, nothing would happen any
// more at the time at which it did; so the seed draws faults alone there, and
// ordinary delays stay calm. Those that are not, the run keeps to its end, too,
// but for a run without any fault: there they are what can have turned it.
//
//   absl::StatusOr<TimedRun> run = RecordTimedRun(scenario, bug, timeline, {});
//   const Timeline branch = BranchAfter(*run, run->events[40].event.time,
//                                       Seed(9));

#ifndef REPRISE_SIM_EXPLORE_BRANCH_TIMED_RUN_H_
#define REPRISE_SIM_EXPLORE_BRANCH_TIMED_RUN_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_names.h"
#include "reprise/sim/world/edits.h"

namespace reprise {

// A decision that differs from calm.
struct TimedDecision {
  Decision decision = {};
  // When it was asked for; what the script says, when it begins.
  VirtualTime asked = {};
  // The event that shows it: of an error of a disk, the failure that it ends
  // with; of another fault, the first near one of that instant that is marked
  // as a fault; or else the next one of the instant, or the last one before.
  uint64_t event = 0;
  // Whether it is a fault: no ordinary delay, nothing that only says more about
  // another decision, and nothing about the workload.
  bool is_fault = false;
};

struct TimedRun {
  Timeline timeline = {};
  RecordedTrial trial = {};
  // Those of RecordedTrial::schedule, in its order.
  std::vector<TimedDecision> decisions = {};
  std::vector<ListedEvent> events = {};
  // Whether branches keep the faults of the run to its end, as they keep the
  // workload, and only ordinary delays are decided along it.
  bool keeps_faults = false;

  const TrialResult& result() const { return trial.result; }
  // How many events have a number.
  uint64_t event_count() const {
    return events.empty() ? 0 : events.back().number;
  }
};

struct TimedRunOptions {
  WatchOptions watch = {};
  // Asked some fifty times a second; true ends it. May be empty.
  std::function<bool()> should_stop = {};
};

// Plays the timeline. InvalidArgument where the scenario refuses to run;
// Cancelled where `should_stop` ended it.
absl::StatusOr<TimedRun> RecordTimedRun(const Scenario& scenario,
                                        const std::string& bug,
                                        const Timeline& timeline,
                                        const TimedRunOptions& options);

// An instant before the world begins: what is asked for at its very start is
// later.
inline constexpr VirtualTime kBeforeTheStart = VirtualTime::Nanoseconds(-1);

// Whether a decision of the run is a fault.
bool HasFault(const TimedRun& run);

// Whether other seeds leave ordinary delays of the run calm.
bool HasCalmDelays(const TimedRun& run);

// The decisions of a run that each of its branches has, however late they were
// asked for. To make one takes a look at all events.
class StayingDecisions {
 public:
  explicit StayingDecisions(const TimedRun& run);

  bool Has(const TimedDecision& decision) const;

 private:
  bool keeps_faults_;
  bool keeps_delays_;  // Ordinary ones that are not calm.
};

// The run up to and with all that happens at `instant`, and by `seed` from then
// on.
Timeline BranchAfter(const TimedRun& run, VirtualTime instant, Seed seed);

// The run without some of its decisions, by their places in `decisions`: they
// are calm.
Timeline WithCalm(const TimedRun& run, std::span<const size_t> calm);

// Both: the branch, in which those of `calm` up to the instant are calm.
Timeline BranchWithCalm(const TimedRun& run, std::span<const size_t> calm,
                        VirtualTime instant, Seed seed);

// The event of that number as a trace prints it, with single blanks. Number 0
// is "the start".
std::string TextOfEvent(const TimedRun& run, uint64_t number,
                        const TextOptions& text);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_TIMED_RUN_H_
