// Decides a segment by search: for repeated values, compare-and-set, and all
// else that does not identify its writes. The problem is NP-complete (Gibbons
// and Korach, 1997); time is about n * 2^concurrency * values.
//
// Two searches take turns that are counted in steps and double each time, so
// that the time is at most about twice that of either alone: guided_search.h
// for what is hard, plain_search.h for what merely looks so. Whichever ends
// first decides; where the plain one may go no further, the other goes on.
//
//   SearchResult result = Search(history, key, segment, SearchLimits());

#ifndef REPRISE_CHECKER_KEY_VALUE_SEARCH_H_
#define REPRISE_CHECKER_KEY_VALUE_SEARCH_H_

#include <cstdint>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/search_states.h"
#include "reprise/checker/key_value/segments.h"

namespace reprise::checker {

enum class Strategy : uint8_t { kBoth, kPlain, kGuided };

struct SearchLimits {
  uint64_t states = UINT64_MAX;        // of both searches together
  uint64_t plain_states = UINT64_MAX;  // of the plain one, beside the other
  uint64_t bytes = UINT64_MAX;
  CheckMonitor* monitor = nullptr;
};

struct SearchResult {
  Outcome outcome = Outcome::kHolds;
  // Items: a linearization if it holds, else the longest order found. Pending
  // operations may be missing.
  std::vector<uint32_t> order;
  uint64_t states = 0;
  uint64_t plain_states = 0;  // of these
  uint64_t bytes = 0;
  Strategy decided_by = Strategy::kBoth;  // who ended first
  Resource spent = Resource::kStates;     // if it is undecided
};

// With Memory::kWhole no hash decides anything: what it finds violated is so.
SearchResult Search(const History& history, const KeyOperations& key,
                    const Segment& segment, const SearchLimits& limits,
                    Memory memory = Memory::kHashes,
                    Strategy strategy = Strategy::kBoth);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_SEARCH_H_
