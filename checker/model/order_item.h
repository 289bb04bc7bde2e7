// OrderItem: an operation to be ordered, as a search sees it (order_search.h).

#ifndef REPRISE_CHECKER_MODEL_ORDER_ITEM_H_
#define REPRISE_CHECKER_MODEL_ORDER_ITEM_H_

#include <cstdint>

#include "reprise/checker/history/history.h"
#include "reprise/checker/model/state_space.h"

namespace reprise::checker {

struct OrderItem {
  uint32_t operation = 0;  // As the state space knows it.
  int32_t client = 0;
  EventIndex call = 0;
  EventIndex ret = kNever;  // kNever: its answer is not known.
  // Whether it leaves every state as it is: with its answer, and with any.
  bool is_read_only = false;
  bool is_always_read_only = false;
  // Items of one class do the same and have the same answer.
  uint32_t same = 0;
  // And of this one those that do the same if no answer is known.
  uint32_t same_unanswered = 0;

  Knowledge knowledge() const {
    return ret == kNever ? Knowledge::kNothing : Knowledge::kAnswer;
  }
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_ORDER_ITEM_H_
