// RunPageInput: what the page of one failing trial is made of.
//
// What is empty is left out of the page. Texts may be of any bytes. Events are
// borrowed: their lists must outlive the input.
//
//   EventList list;
//   RunPageInput input = {.scenario = "harsh-random-keys", .seed = Seed(0)};
//   input.runs.push_back({.title = "original", .events = list.events()});

#ifndef REPRISE_SIM_EXPLORE_PAGE_RUN_PAGE_INPUT_H_
#define REPRISE_SIM_EXPLORE_PAGE_RUN_PAGE_INPUT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

// One run that the page draws.
struct PageRun {
  std::string title = {};  // "minimal", "original"
  std::span<const ListedEvent> events = {};
  // The numbers of the operations that contradict each other, the one whose
  // answer violates the property last.
  std::vector<uint64_t> contradiction = {};
  // EventList::asides().
  std::span<const ListedEvent> asides = {};
};

struct RunPageInput {
  std::string scenario = {};
  Seed seed = {};
  std::string bug = {};
  VerdictKind verdict = VerdictKind::kHolds;
  std::string property = {};
  // As Verdict::message: its first line is the sentence of the page.
  std::string message = {};
  // The minimal case in order, a line each.
  std::vector<std::string> story = {};
  // What to type to see more.
  std::vector<std::string> commands = {};
  FailureCurve curve = {};
  // The first one is drawn first.
  std::vector<PageRun> runs = {};
  // How events are put in words.
  TextOptions text = {};
  // The page has at most so many bytes, as long as its words alone fit.
  size_t bytes_max = 2'000'000;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_RUN_PAGE_INPUT_H_
