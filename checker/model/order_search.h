// Searches for an order of operations that a model explains, whatever the model
// is.
//
// Guarantees: exact, because configurations are compared whole, and the same on
// every run. An operation whose answer is not known is taken where nothing else
// leads on, or left out.
//
// The search is that of Wing and Gong ("Testing and verifying concurrent
// objects", 1993) with the memory of Lowe ("Testing for linearizability",
// 2017), and observations that lose no order:
// - An answered operation that changes no state is taken as soon as it can be.
// - Of two operations that do the same and can both be taken, the one that
//   returns first may as well be first; of two whose answers are not known, the
//   one that was called first.
// - A configuration that took more of the operations with unknown answers than
//   another one leads nowhere where that one, otherwise equal, led nowhere:
//   what the first may still do, the other may, too.
// A search that is not over soon begins again and takes operations without
// answers for alike where that is proved (alike.h).
//
// Time is about n * 2^c * s for n operations, of which c overlap, and s states
// that are reached with the same operations taken; memory about as much.
//
//   OrderResult result = SearchOrder(items, space, Budget());
//   if (result.outcome == Outcome::kHolds) Print(result.order);

#ifndef REPRISE_CHECKER_MODEL_ORDER_SEARCH_H_
#define REPRISE_CHECKER_MODEL_ORDER_SEARCH_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/order_item.h"
#include "reprise/checker/model/state_space.h"

namespace reprise::checker {

struct OrderResult {
  Outcome outcome = Outcome::kHolds;  // kUndecided, too, if it was stopped
  // Places in `items`. If it holds, a linearization; else the longest order
  // that was found. Items whose answers are not known may be missing.
  std::vector<uint32_t> order;
  uint64_t states = 0;  // Configurations visited.
  uint64_t bytes = 0;   // Memory used, about.
};

// States that are visited before operations are compared, which takes time.
inline constexpr uint64_t kPlainStates = 1'000;

// Requires that `items` ascend by `call`; those of one client that are answered
// do not overlap.
OrderResult SearchOrder(std::span<const OrderItem> items, StateSpace& space,
                        const Budget& budget,
                        uint64_t plain_states = kPlainStates);

// What there is to say of a search of the operations `partition` that was
// undecided.
Exhaustion ExhaustionOf(const OrderResult& result, const std::string& partition,
                        uint64_t operations, const Budget& budget);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_ORDER_SEARCH_H_
