// TellStory: a run and its violation in a few sentences, for somebody who has
// never seen the system: who did what, what went wrong on the way, and what
// contradicts what.
//
// Guarantees: sentences stand in the order of events, each with the instant at
// which it begins; the last one is the violation. What is told of a message or
// a node is in the trace, nothing is concluded. A run of many events is told by
// what is closest to the violation: the operations that contradict each other,
// what befell them, other faults, other operations; a sentence says how much is
// left out. What comes after the violation is not told.
//
// Requires: a client's messages serve the operation that its node has open. Of
// nodes that serve requests themselves, this is not assumed. When a node came
// into a state that stands out (NodeState) is told, too.
//
//   0.000 s: clerk-1 calls Put("4", "x") as operation 0; server receives it at
//   0.001 s; the reply of server is lost.
//   0.020 s: clerk-0 calls Put("4", "y") as operation 1 and is answered at
//   0.031 s.
//   0.100 s, operation 0: clerk-1 gives up after 100 ms and asks again; server
//   receives it a second time at 0.101 s.
//
//   for (const std::string& line : TellStory({.events = list.events(),
//                                             .verdict = result.verdict})) ...

#ifndef REPRISE_SIM_EXPLORE_PAGE_RUN_STORY_H_
#define REPRISE_SIM_EXPLORE_PAGE_RUN_STORY_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

struct StoryInput {
  std::span<const ListedEvent> events = {};
  Verdict verdict = {};
  std::span<const ListedEvent> asides = {};  // EventList::asides().
  // How operations and messages are put in words.
  TextOptions text = {};
  // Sentences at most, the last ones included.
  size_t lines_max = 15;
};

// One sentence each, not numbered. Empty for a run without events and
// violation.
std::vector<std::string> TellStory(const StoryInput& input);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_RUN_STORY_H_
