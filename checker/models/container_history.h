// Operations of a queue, stack or priority queue as containers/container.h has
// them, so that they are judged without a search.
//
// What is outside of that goes to the search: values that are put in twice,
// questions that look without taking, and a client that calls at the instant of
// its own last return. But what was seen more often than it was put in is found
// without it (containers/supply.h). Elements of the first state are put in
// before everything.
//
//   return CheckContainer(history, ids, end, CheckStack);

#ifndef REPRISE_CHECKER_MODELS_CONTAINER_HISTORY_H_
#define REPRISE_CHECKER_MODELS_CONTAINER_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/containers/container.h"
#include "reprise/checker/containers/supply.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/model/direct_verdict.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/models/container_calls.h"
#include "reprise/checker/models/element.h"
#include "reprise/checker/models/intervals.h"

namespace reprise::checker {

// Numbers in the order of the elements, equal ones alike, all below four times
// their count and 64. Null is 0. O(n) for integers near each other, else
// O(n log n).
std::vector<uint32_t> NumbersOf(std::span<const Element* const> elements);

// Whether what one element does depends on the others.
enum class ElementBond : uint8_t { kTogether, kAlone };

// Collects operations in the order of their calls.
class ContainerBuilder {
 public:
  // Room for so many operations.
  explicit ContainerBuilder(size_t size);

  // Must outlive the builder.
  void PutInFirst(std::span<const Element> elements);
  // Elements must outlive the builder; null: it says nothing.
  void Add(OperationId id, const Interval& interval, ContainerKind kind,
           const Element* element);

  // Where there is a first state, a contradiction names whatever it depends on:
  // what took out an element of that state, and all operations of the elements
  // that are named.
  DirectVerdict Judge(ContainerCheck check,
                      ElementBond bond = ElementBond::kTogether);

 private:
  std::vector<OperationId> NamedBy(const std::vector<uint32_t>& places,
                                   ElementBond bond) const;

  std::vector<ContainerOperation> operations_;
  std::vector<Interval> intervals_;
  std::vector<const Element*> elements_;
  std::vector<OperationId> ids_;
  size_t initial_ = 0;
};

// Judges what the operations were before `end` (model/direct_check.h).
template <typename Model>
DirectVerdict CheckContainer(const ModelHistory<Model>& history,
                             std::span<const OperationId> ids, EventIndex end,
                             ContainerCheck check) {
  const typename Model::State initial = history.initial();
  ContainerBuilder builder(initial.size() + ids.size());
  builder.PutInFirst(initial);
  bool has_looks = false;
  for (const OperationId id : ids) {
    const auto& called = history[id];
    if (called.call >= end) break;
    if (called.has_failed) continue;
    const bool is_answered = called.output.has_value() && called.ret < end;
    const bool looks = called.input.function == ContainerFunction::kPeek;
    if (looks && !is_answered) continue;
    has_looks |= looks;
    const bool inserts = called.input.function == ContainerFunction::kInsert;
    const Element* element = inserts       ? &called.input.element
                             : is_answered ? &called.output->element
                                           : nullptr;
    ContainerKind kind = inserts ? ContainerKind::kInsert
                         : looks ? ContainerKind::kFound
                                 : ContainerKind::kRemove;
    if (!inserts && is_answered && element->IsNil()) {
      kind = ContainerKind::kEmpty;
      element = nullptr;
    }
    builder.Add(id,
                {.client = called.client,
                 .call = called.call,
                 .ret = is_answered ? called.ret : kNever},
                kind, element);
  }
  DirectVerdict found;
  if (!has_looks) found = builder.Judge(check);
  if (found.outcome != DirectOutcome::kUnsuitable) return found;
  return builder.Judge(CheckSupply);
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_CONTAINER_HISTORY_H_
