// StoryOutages: what befalls nodes, links and the network as a whole, for a
// story: what lasts is told once, where it begins, with how long it lasts.
//
//   StoryOutages outages(names, clauses);
//   const bool is_told = outages.Tell(event, what, rank);

#ifndef REPRISE_SIM_EXPLORE_PAGE_STORY_OUTAGES_H_
#define REPRISE_SIM_EXPLORE_PAGE_STORY_OUTAGES_H_

#include <cstddef>
#include <map>
#include <string>
#include <vector>

#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/page/story_clause.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

class StoryOutages {
 public:
  // Both must outlive this; `clauses` only grow.
  StoryOutages(const TraceNames& names, std::vector<StoryClause>& clauses)
      : names_(names), clauses_(clauses) {}

  // Adds a clause where one begins. False for what is no outage. `what` is what
  // a trace says that the event is about.
  bool Tell(const TraceEvent& event, const std::string& what, ClauseRank rank);
  // At the end of the run.
  void Finish();

 private:
  // What has no end that is told.
  bool TellAtOnce(const TraceEvent& event, const std::string& what);
  struct Outage {
    size_t clause = 0;
    VirtualTime since = {};
    bool is_down = false;
  };

  void Open(const TraceEvent& event, const std::string& key,
            const std::string& text, bool is_down = false);
  // `words` end in " for " or the like where the length is to follow.
  void Close(const TraceEvent& event, const std::string& key,
             const std::string& words);
  void Add(const TraceEvent& event, std::string text);

  const TraceNames& names_;
  std::vector<StoryClause>& clauses_;
  ClauseRank rank_ = ClauseRank::kFault;   // Of what is told now.
  std::map<std::string, Outage> outages_;  // By their sort and their place.
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_STORY_OUTAGES_H_
