// StoryClause: a part of a sentence of a story; and times as stories say them.

#ifndef REPRISE_SIM_EXPLORE_PAGE_STORY_CLAUSE_H_
#define REPRISE_SIM_EXPLORE_PAGE_STORY_CLAUSE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "reprise/sim/core/time.h"

namespace reprise {

enum class ClauseKind : uint8_t {
  kCalled,
  kAnswered,
  kReceived,  // By a server.
  kGaveUp,    // Of one call of an operation.
  kAskedAgain,
  kFault,
  kWords,  // Of a log or of the scenario.
  kState,  // What a node has become.
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

// "1.432 s": of what is shorter than a millisecond with its microseconds.
std::string StoryTime(VirtualTime time);
// "100 ms", of three figures.
std::string StorySpan(uint64_t nanoseconds);
std::string StorySpan(VirtualTime from, VirtualTime to);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_PAGE_STORY_CLAUSE_H_
