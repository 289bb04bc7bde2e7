// Makes a contradiction small: a few answers that no order explains.
//
// An answer is passed over by taking it for unknown: then its operation may
// have taken effect, with any answer, or never, so that whatever order there
// was there still is. What is illegal all the same does not depend on that
// answer. In this way the answers are found that contradict each other whatever
// else happened. Kept with them are the operations that would explain these
// answers if one of them were another. What is left contradicts itself alone,
// and each of its answers matters, whatever the model is.
//
// The first answer that no order explains is found before; what returned later
// is passed over.
//
//   SmallContradiction few = FindSmallContradiction(items, space, Budget());

#ifndef REPRISE_CHECKER_MODEL_CONTRADICTION_H_
#define REPRISE_CHECKER_MODEL_CONTRADICTION_H_

#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/order_item.h"
#include "reprise/checker/model/state_space.h"

namespace reprise::checker {

struct SmallContradiction {
  // A place in the items, and whether its answer counts or is passed over.
  struct Part {
    uint32_t place;
    Knowledge knowledge;
  };
  // Those whose answers contradict each other, and those by which all of these
  // answers but one could be explained. In ascending order.
  std::vector<Part> parts;
  // The place of the first answer that no order explains.
  uint32_t first_illegal = 0;
  // Whether each of the answers is needed. False where the budget ran out
  // before that was seen.
  bool is_minimal = true;
  uint64_t states = 0;
};

// Requires that no order explains `items`, which ascend by call. The budget is
// of the whole.
SmallContradiction FindSmallContradiction(std::span<const OrderItem> items,
                                          StateSpace& space,
                                          const Budget& budget);

// All of `items`, as they contradict each other.
SmallContradiction WholeContradiction(std::span<const OrderItem> items);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_CONTRADICTION_H_
