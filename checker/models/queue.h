// QueueModel: queues, from which whatever was put in first is taken first.
//
//   enqueue(x), offer, put, push, add     done
//   dequeue(), poll, take, pop, remove    the element, or nil: it was empty
//   peek(), front                         the element, or nil, which stays
//
// A dequeue that failed took nothing, and says nothing. A `drain` is not one
// operation but several, between which others may come: it is refused, and each
// dequeue of it is to be recorded. The first state is [..], its front first.
//
// Where each element is put in once and none is looked at, a history of n
// operations is judged in O(n log n) (containers/queue.h).

#ifndef REPRISE_CHECKER_MODELS_QUEUE_H_
#define REPRISE_CHECKER_MODELS_QUEUE_H_

#include <cstddef>
#include <span>

#include "reprise/checker/history/history.h"
#include "reprise/checker/model/direct_verdict.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/call_parts.h"
#include "reprise/checker/models/container_calls.h"
#include "reprise/checker/models/element.h"

namespace reprise::checker {

struct QueueModel : ContainerCalls<QueueModel> {
  static constexpr FunctionName<ContainerFunction> kNames[] = {
      {"enqueue", ContainerFunction::kInsert},
      {"offer", ContainerFunction::kInsert},
      {"put", ContainerFunction::kInsert},
      {"push", ContainerFunction::kInsert},
      {"add", ContainerFunction::kInsert},
      {"dequeue", ContainerFunction::kRemove},
      {"poll", ContainerFunction::kRemove},
      {"take", ContainerFunction::kRemove},
      {"pop", ContainerFunction::kRemove},
      {"remove", ContainerFunction::kRemove},
      {"peek", ContainerFunction::kPeek},
      {"front", ContainerFunction::kPeek},
  };

  static void Put(const Element& element, State& state) {
    state.push_back(element);
  }
  static size_t NextOf(const State&) { return 0; }

  static DirectVerdict CheckDirectly(const ModelHistory<QueueModel>& history,
                                     std::span<const OperationId> ids,
                                     EventIndex end);
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_QUEUE_H_
