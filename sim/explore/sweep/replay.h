// Playing a trial again, whole or in part.
//
// Guarantees: a file that holds a complete schedule plays to the digest of the
// run from its seed, because each decision gets the answer that the seed gave
// it. A decision that the schedule does not name is calm, so an edited file
// plays what is left in it. After a change of code a file plays as far as its
// decisions are still asked for; the others are reported.
//
//   absl::StatusOr<ReplayFile> file = ReadReplayFile("out/a-417.json");
//   absl::StatusOr<Replay> replay = Play(catalog, *file);
//   if (!replay->IsAlike()) ...

#ifndef REPRISE_SIM_EXPLORE_SWEEP_REPLAY_H_
#define REPRISE_SIM_EXPLORE_SWEEP_REPLAY_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/log_level.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/isolation/isolated_trial.h"
#include "reprise/sim/explore/isolation/watched_process.h"
#include "reprise/sim/explore/repeat/determinism.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/trial_runner.h"
#include "reprise/sim/trace/digest_trail.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/text.h"
#include "reprise/sim/trace/trace_filter.h"
#include "reprise/sim/world/decisions.h"

namespace reprise {

struct Replay {
  RecordedTrial trial;
  // What the file expects, if anything.
  std::optional<ExpectedResult> expected = {};
  // Options of the file that the scenario no longer asks for.
  std::vector<std::string> unused_options = {};
  // What it wrote to standard error, unless that is in its evidence.
  std::string printed = {};

  // Whether PlayOptions::until ended it.
  bool is_stopped = false;

  // Where the first event is that differs from what the file expects, as
  // closely as the file tells; none where it is alike, or does not tell.
  std::optional<EventRange> FirstDifference() const;
  // Whether verdict, property and digest are as expected. True where the file
  // expects nothing.
  bool IsAlike() const;
};

struct PlayOptions {
  // Told of the trace, a line for each event, printed as `text` says. Empty: no
  // line is made.
  std::function<void(std::string_view line)> on_line = {};
  // Told of every event with its content, of a trial that ends its process of
  // those until then. Empty: none is kept for it.
  EventTaker on_event = {};
  // Whether it is told of asides, too (TrialOptions::shows_asides).
  bool shows_asides = false;
  // After some lines: nothing more is there at the moment. May be empty.
  std::function<void()> on_pause = {};
  TextOptions text = {};
  // The lines that are made; one with a name that the run has not is refused.
  // With its condition `cone`, they are made when the trial has ended.
  TraceFilter filter = {};
  LogLevel log_level = LogLevel::kInfo;
  // Where to stop the trial, undecided.
  std::optional<StopPoint> until = {};
  // Plays in this process, for a debugger: `watch` and `should_stop` mean
  // nothing, and a trial that ends its process ends this one.
  bool in_process = false;
  // Repeats the trial; may be null. Not owned.
  Determinism* determinism = nullptr;
  // What the trial may take.
  std::optional<uint64_t> max_steps = {};
  std::optional<VirtualTime> max_time = {};
  WatchOptions watch = {};
  // Asked some fifty times a second; true ends the trial. May be empty.
  std::function<bool()> should_stop = {};
  // Plays a trial that violates a property of memory once more, slowly, so that
  // its evidence tells who holds the memory.
  bool profiles_memory = false;
};

// Plays `file`, mostly in a process of its own. InvalidArgument where `catalog`
// lacks its scenario or its bug, where the scenario refuses to run, or where
// the filter names what the run has not; Cancelled where `should_stop` ended
// it. With `determinism` the trial runs in another process too, and if it
// differs there that becomes its verdict.
absl::StatusOr<Replay> Play(const Catalog& catalog, const ReplayFile& file,
                            const PlayOptions& options = {});

// Has what is played with `options` also keep its events in `list`, which must
// live until then.
void KeepEvents(EventList& list, PlayOptions& options);

// The decisions of `schedule` that one of the comma-separated `selectors`
// names; all others become calm. A partition's shape goes with it. A selector
// is ENTITY, PURPOSE, ENTITY:PURPOSE or ENTITY:PURPOSE:INDEX, where INDEX may
// be FROM..TO or what a packet serves, such as "Put 1.7 #0". InvalidArgument
// for one that names no decision.
absl::StatusOr<Schedule> KeepOnly(const Schedule& schedule,
                                  std::string_view selectors);

// A saved failure as a regression test. The trial must play; with a planted bug
// it must violate the expected property again; without one the failure has been
// mended, so it must hold. The error says what happened instead.
absl::Status CheckSavedFailure(const Catalog& catalog, const std::string& path);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SWEEP_REPLAY_H_
