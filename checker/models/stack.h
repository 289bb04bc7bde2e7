// StackModel: stacks, from which whatever was put in last is taken first.
//
//   push(x), add, put          done
//   pop(), take, remove, poll  the element, or nil: it was empty
//   peek(), top                the element, or nil, which stays
//
// A pop that failed took nothing, and says nothing. The first state is [..],
// its top last, as Clojure's vectors have it.
//
// Where each element is put in once and none is looked at, a history of n
// operations is judged in O(n log n) (containers/stack.h).

#ifndef REPRISE_CHECKER_MODELS_STACK_H_
#define REPRISE_CHECKER_MODELS_STACK_H_

#include <cstddef>
#include <span>

#include "reprise/checker/history/history.h"
#include "reprise/checker/model/direct_verdict.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/call_parts.h"
#include "reprise/checker/models/container_calls.h"
#include "reprise/checker/models/element.h"

namespace reprise::checker {

struct StackModel : ContainerCalls<StackModel> {
  static constexpr FunctionName<ContainerFunction> kNames[] = {
      {"push", ContainerFunction::kInsert},
      {"add", ContainerFunction::kInsert},
      {"put", ContainerFunction::kInsert},
      {"pop", ContainerFunction::kRemove},
      {"take", ContainerFunction::kRemove},
      {"remove", ContainerFunction::kRemove},
      {"poll", ContainerFunction::kRemove},
      {"peek", ContainerFunction::kPeek},
      {"top", ContainerFunction::kPeek},
  };

  static void Put(const Element& element, State& state) {
    state.push_back(element);
  }
  static size_t NextOf(const State& state) { return state.size() - 1; }

  static DirectVerdict CheckDirectly(const ModelHistory<StackModel>& history,
                                     std::span<const OperationId> ids,
                                     EventIndex end);
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_STACK_H_
