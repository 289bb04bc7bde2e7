// PriorityQueueModel: priority queues, from which the smallest is taken first.
//
//   insert(x), add, offer, push, enqueue, put     done
//   pop-min(), extract-min, delete-min, remove-min, poll-min, extract, remove,
//   pop, poll, take, dequeue                      the smallest, or nil: it was
//                                                 empty
//   peek(), peek-min, min, find-min, top, first   the smallest, which stays, or
//                                                 nil
//
// The order is that of models/element.h: numbers by value (ratios behind them),
// and a vector such as [priority item] by its first element, then by the next.
// Elements that compare equal are equal: a queue that gives elements of one
// priority back in any order is another model. The first state is the elements
// in any order.
//
// Where each element is put in once and none is looked at, a history of n
// operations is judged in O(n log n) (containers/priority_queue.h).

#ifndef REPRISE_CHECKER_MODELS_PRIORITY_QUEUE_H_
#define REPRISE_CHECKER_MODELS_PRIORITY_QUEUE_H_

#include <cstddef>
#include <span>

#include "reprise/checker/history/history.h"
#include "reprise/checker/model/direct_verdict.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/call_parts.h"
#include "reprise/checker/models/container_calls.h"
#include "reprise/checker/models/element.h"

namespace reprise::checker {

struct PriorityQueueModel : ContainerCalls<PriorityQueueModel> {
  static constexpr FunctionName<ContainerFunction> kNames[] = {
      {"insert", ContainerFunction::kInsert},
      {"add", ContainerFunction::kInsert},
      {"offer", ContainerFunction::kInsert},
      {"push", ContainerFunction::kInsert},
      {"enqueue", ContainerFunction::kInsert},
      {"put", ContainerFunction::kInsert},
      {"pop-min", ContainerFunction::kRemove},
      {"extract-min", ContainerFunction::kRemove},
      {"delete-min", ContainerFunction::kRemove},
      {"remove-min", ContainerFunction::kRemove},
      {"poll-min", ContainerFunction::kRemove},
      {"extract", ContainerFunction::kRemove},
      {"remove", ContainerFunction::kRemove},
      {"pop", ContainerFunction::kRemove},
      {"poll", ContainerFunction::kRemove},
      {"take", ContainerFunction::kRemove},
      {"dequeue", ContainerFunction::kRemove},
      {"peek", ContainerFunction::kPeek},
      {"peek-min", ContainerFunction::kPeek},
      {"min", ContainerFunction::kPeek},
      {"find-min", ContainerFunction::kPeek},
      {"top", ContainerFunction::kPeek},
      {"first", ContainerFunction::kPeek},
  };

  // The largest is first.
  static void Put(const Element& element, State& state);
  static size_t NextOf(const State& state) { return state.size() - 1; }

  static DirectVerdict CheckDirectly(
      const ModelHistory<PriorityQueueModel>& history,
      std::span<const OperationId> ids, EventIndex end);
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_PRIORITY_QUEUE_H_
