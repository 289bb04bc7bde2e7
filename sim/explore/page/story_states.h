// StoryStates: what a story tells of nodes as wholes: who never runs, and when
// a node came into a state that stands out.
//
//   StoryStates states(names, clauses);
//   states.Tell(aside, rank);  // Adds "server-1 leads term 2".

#ifndef REPRISE_SIM_EXPLORE_PAGE_STORY_STATES_H_
#define REPRISE_SIM_EXPLORE_PAGE_STORY_STATES_H_

#include <cstddef>
#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/page/story_clause.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

class StoryStates {
 public:
  // Adds to `clauses`, which only grow. Both must outlive it.
  StoryStates(const TraceNames& names, std::vector<StoryClause>& clauses)
      : names_(names), clauses_(clauses) {}

  // Nodes that others would have reached if they ever ran.
  void TellAbsent(std::span<const ListedEvent> events,
                  const std::set<NodeId>& absent);
  // An aside, if it says that a node has begun to stand out.
  void Tell(const ListedEvent& aside, ClauseRank rank);
  // At the end of the run: the last few states are as close to the violation as
  // anything.
  void Finish();

 private:
  const TraceNames& names_;
  std::vector<StoryClause>& clauses_;
  std::map<NodeId, std::string> told_;  // Headlines that stand out; or empty.
  std::vector<size_t> places_;          // Of the clauses of states.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_STORY_STATES_H_
