// The plain search of a segment: that of Wing and Gong ("Testing and verifying
// concurrent objects", 1993) with the memory of Lowe ("Testing for
// linearizability", 2017), and nothing else.
//
// Operations are tried in order of invocation, and each configuration (the set
// of operations taken, the value) is entered once. Where the order of
// invocation is nearly right, nothing is quicker.
//
//   SearchStates states(history, key, segment, Memory::kHashes);
//   PlainSearch search(key, segment, states, Memory::kHashes);
//   while (search.Advance(Turn()) == Progress::kRunning) {
//   }

#ifndef REPRISE_CHECKER_KEY_VALUE_PLAIN_SEARCH_H_
#define REPRISE_CHECKER_KEY_VALUE_PLAIN_SEARCH_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "absl/container/flat_hash_set.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/fingerprint.h"
#include "reprise/checker/key_value/key_operations.h"
#include "reprise/checker/key_value/open_items.h"
#include "reprise/checker/key_value/search_states.h"
#include "reprise/checker/key_value/segments.h"
#include "reprise/checker/key_value/turn.h"

namespace reprise::checker {

// Invariants: `taken_` is the order so far, with the value before each of its
// operations; `open_` holds the others.
class PlainSearch {
 public:
  // Requires that all of them live on. `states` may be shared with another
  // search.
  PlainSearch(const KeyOperations& key, const Segment& segment,
              SearchStates& states, Memory memory);

  // Goes on searching. Once it has an answer, it keeps to it.
  Progress Advance(const Turn& turn);

  uint64_t states() const { return visited_; }
  uint64_t MemoryBytes() const;
  // Places: a linearization if it holds, else the longest order found.
  const std::vector<uint32_t>& Order();

 private:
  struct Taken {
    uint32_t place;
    StateId value_before;
    EventIndex bound_before;
  };

  bool FindNext();
  bool IsNew();
  void Take();
  void GiveBack();
  void KeepLongest();

  const std::span<const Operation> operations_;
  SearchStates& states_;
  const Memory memory_;
  OpenItems open_;
  StateId value_;
  // The operation to look at next, the value after it, and the first return of
  // the open ones before it: what is called later cannot be taken.
  uint32_t next_;
  StateId after_ = SearchStates::kNone;
  EventIndex bound_ = kNever;
  uint64_t answered_left_ = 0;
  uint64_t visited_ = 0;
  uint64_t steps_ = 0;
  Fingerprint fingerprint_;
  FingerprintSet seen_;
  absl::flat_hash_set<std::vector<uint64_t>> seen_whole_;
  std::vector<Taken> taken_;
  std::vector<uint32_t> longest_;
  size_t kept_ = 0;  // so much of taken_ is at the front of longest_
  Progress progress_ = Progress::kRunning;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_PLAIN_SEARCH_H_
