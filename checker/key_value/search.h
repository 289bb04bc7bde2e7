// Decides a segment by search: for repeated values, compare-and-set, and all
// else that does not identify its writes. The problem is NP-complete (Gibbons
// and Korach, 1997); the search takes about n * 2^concurrency * values.
//
// It is that of Wing and Gong (1993) with the memory of Lowe (2017), and with
// these cuts, none of which loses an order:
//   - A configuration (operations taken, value) is remembered by a 128-bit
//     fingerprint.
//   - A read that can be taken is taken at once, and never given back alone.
//   - Values that no remaining output begins with are one value, "dead". While
//     it is dead, an Append that nobody saw is taken at once.
//   - Of writes that do the same and can both be taken, only the one that
//     returns first is tried: they could be swapped.
//   - Writes that keep the value live are tried first.
//
//   SearchResult result = Search(history, key, segment, Budget());

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

struct SearchResult {
  Outcome outcome = Outcome::kHolds;
  // Items: a linearization if it holds, else the longest order found. Pending
  // operations may be missing.
  std::vector<uint32_t> order;
  uint64_t states = 0;
  uint64_t bytes = 0;
};

// With Memory::kWhole no hash decides anything: what it finds violated is so.
SearchResult Search(const History& history, const KeyOperations& key,
                    const Segment& segment, const Budget& budget,
                    Memory memory = Memory::kHashes);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_SEARCH_H_
