// The page and the story of a failing trial, as `sweep`, `shrink` and `replay
// --html` make them.
//
//   EventList original;
//   KeepEvents(original, options);
//   absl::StatusOr<Replay> replay = Play(catalog, file, options);
//   FailureToShow failure = {.origin = {.scenario = scenario},
//                            .seed = file.timeline.seed,
//                            .original = {original.events(), verdict,
//                                         original.asides()}};
//   FailureStory story = StoryOf(failure);
//   absl::Status status = WriteFailurePage("out/a.html", failure);

#ifndef REPRISE_SIM_EXPLORE_PAGE_FAILURE_PAGE_H_
#define REPRISE_SIM_EXPLORE_PAGE_FAILURE_PAGE_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/page/run_page_input.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

// A run with what it ended in. Its events are borrowed.
struct PlayedRun {
  std::span<const ListedEvent> events = {};
  Verdict verdict = {};
  std::span<const ListedEvent> asides = {};
};

struct FailureToShow {
  TrialOrigin origin;
  Seed seed = {};
  // The failure as it was found, and what shrinking left of it. Where there is
  // the latter, sentence and story are its own, and the page draws it first.
  PlayedRun original = {};
  std::optional<PlayedRun> minimal = {};
  FailureCurve curve = {};
  // More lines to type than those that replay and debug it.
  std::vector<std::string> commands = {};
  TextOptions text = {};
};

// The sentences of the minimal run, else of the original one, and the event at
// which it went wrong.
FailureStory StoryOf(const FailureToShow& failure);

// Borrows the events of `failure`.
RunPageInput PageOf(const FailureToShow& failure);

// Writes the page as a whole or not at all.
absl::Status WriteFailurePage(const std::string& path,
                              const FailureToShow& failure);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_FAILURE_PAGE_H_
