// The clauses of a story: what can be told of a run, before it is chosen what
// is told.
//
//   const StoryClauses story = CollectClauses(input);
//   for (const StoryClause& each : story.clauses) Print(each.text);

#ifndef REPRISE_SIM_EXPLORE_PAGE_STORY_CLAUSES_H_
#define REPRISE_SIM_EXPLORE_PAGE_STORY_CLAUSES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "reprise/sim/core/time.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/event_list.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise {

enum class ClauseKind : uint8_t {
  kCalled,
  kAnswered,
  kReceived,  // By a server.
  kGaveUp,    // Of one call of an operation.
  kAskedAgain,
  kFault,
  kWords,  // Of a log or of the scenario.
};

// How close a clause is to the violation; the first ones are told first.
enum class ClauseRank : uint8_t {
  kContradiction,
  kCause,     // What befell these operations, their key, or a node before them.
  kFault,     // What befell others.
  kOrdinary,  // What went well.
};

struct StoryClause {
  VirtualTime time = {};
  ClauseKind kind = ClauseKind::kFault;
  ClauseRank rank = ClauseRank::kFault;
  // The operation that it is about, by its place in StoryClauses::operations.
  std::optional<size_t> operation = {};
  // "clerk-1 asks again"; and how it goes on from the clause that it follows:
  // " and asks again". The latter may be empty.
  std::string text = {};
  std::string tail = {};
};

struct StoryOperation {
  uint64_t number = 0;  // As the trace counts.
  ClauseRank rank = ClauseRank::kOrdinary;
  bool is_touched = false;  // Something went wrong with it.
};

struct StoryClauses {
  std::vector<StoryClause> clauses;  // In the order of events.
  std::vector<StoryOperation> operations;
  uint64_t later_events = 0;  // After the violation.
};

// What happened until the violation.
StoryClauses CollectClauses(std::span<const ListedEvent> events,
                            const Verdict& verdict, const TextOptions& text);

// "1.432 s": of what is shorter than a millisecond with its microseconds.
std::string StoryTime(VirtualTime time);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_STORY_CLAUSES_H_
