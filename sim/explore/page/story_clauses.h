// The clauses of a story: what can be told of a run, before it is chosen what
// is told.
//
//   const StoryClauses story = CollectClauses(input);
//   for (const StoryClause& each : story.clauses) Print(each.text);

#ifndef REPRISE_SIM_EXPLORE_PAGE_STORY_CLAUSES_H_
#define REPRISE_SIM_EXPLORE_PAGE_STORY_CLAUSES_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "reprise/sim/explore/page/story_clause.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

struct StoryOperation {
  uint64_t number = 0;  // As the trace counts.
  ClauseRank rank = ClauseRank::kOrdinary;
  bool is_touched = false;  // Something went wrong with it.
};

struct StoryClauses {
  std::vector<StoryClause> clauses;  // In the order of events.
  std::vector<StoryOperation> operations;
};

// What happened until the violation; what comes later is not told. `asides`:
// EventList::asides().
StoryClauses CollectClauses(std::span<const ListedEvent> events,
                            std::span<const ListedEvent> asides,
                            const Verdict& verdict, const TextOptions& text);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_STORY_CLAUSES_H_
