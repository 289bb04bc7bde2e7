// One trial in a process of its own: whatever the code under test does, the
// program goes on.
//
// Guarantees: a trial that ends by itself gives the same result as in this
// process. One that ends its process, by a signal, by exit() or by overflowing
// its stack, violates "no-crash"; its options and decisions are handed out as
// they fall, so that the recording is whole up to the end, and the digest is
// that of the events until then. A trial that found no memory, or whose task
// did not suspend, is undecided.
//
//   std::optional<IsolatedTrial> trial = RunIsolated(scenario, options, {});
//   if (trial->is_refusal) return BadInput(trial->printed);
//   Report(trial->recorded.result);

#ifndef REPRISE_SIM_EXPLORE_ISOLATION_ISOLATED_TRIAL_H_
#define REPRISE_SIM_EXPLORE_ISOLATION_ISOLATED_TRIAL_H_

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/trace/event.h"

namespace reprise {

struct IsolatedTrial {
  RecordedTrial recorded = {};
  // Whether the code under test ended the process.
  bool has_died = false;
  // Whether the trial was refused, as by Refuse(): nothing was recorded.
  bool is_refusal = false;
  // What it wrote to standard error.
  std::string printed = {};
};

// Takes an event of a trace; `is_shown` as of ListedEvent.
using EventTaker = std::function<void(const TraceEvent& event,
                                      std::string_view content, bool is_shown)>;

// Hands on from the trial's process, in the order of the calls: a text to
// IsolationOptions::on_text, an event to on_event.
class Teller {
 public:
  virtual void TellText(std::string_view text) const = 0;
  virtual void TellEvent(const TraceEvent& event, std::string_view content,
                         bool is_shown) const = 0;

 protected:
  ~Teller() = default;
};

struct IsolationOptions {
  WatchOptions watch = {};
  // Asked some fifty times a second; true ends the trial. May be empty.
  std::function<bool()> should_stop = {};
  // What the trial has to do; empty: RunRecordedTrial. Its options are those of
  // the trial, watched. It runs in the other process: what it changes here is
  // lost, and what it returns is not.
  std::function<RecordedTrial(const TrialOptions& options, const Teller& tell)>
      run = {};
  // Told, in this process, of the texts in their order. May be empty.
  std::function<void(std::string_view text)> on_text = {};
  // As on_text, of events.
  EventTaker on_event = {};
  // Told that no more text is there at the moment. May be empty.
  std::function<void()> on_pause = {};
};

// None where `should_stop` ended it.
std::optional<IsolatedTrial> RunIsolated(const Scenario& scenario,
                                         const TrialOptions& options,
                                         const IsolationOptions& isolation);

// InvalidArgument for an option that the scenario does not ask for, with those
// that it does. Runs a trial to find out, unless `options` sets none. Cancelled
// where `should_stop` ended it.
absl::Status CheckOptionNames(const Scenario& scenario,
                              const TrialOptions& options,
                              const IsolationOptions& isolation);
// As above, of `given` alone, which are some of those that `options` sets.
absl::Status CheckOptionNames(const Scenario& scenario,
                              const TrialOptions& options,
                              const std::vector<OptionValue>& given,
                              const IsolationOptions& isolation);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_ISOLATION_ISOLATED_TRIAL_H_
