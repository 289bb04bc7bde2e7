#include "reprise/checker/containers/set_conflict.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "reprise/checker/containers/set_element.h"

namespace reprise::checker {
namespace {

constexpr uint64_t kOrderSteps = 20'000'000;

using Operations = std::span<const ContainerOperation>;
using Places = std::vector<uint32_t>;

class Reduction {
 public:
  // What returns after `last_return` counts as never answered: it may hang on
  // operations that were called later, which are not among those given.
  Reduction(Operations operations, EventIndex last_return)
      : operations_(operations),
        last_return_(last_return),
        element_(operations) {}

  // Leaves out what happened before the latest moment that allows it.
  void CutBeginning(Places* places);
  // Leaves out what is no change, in ever smaller parts.
  void LeaveOutAnswers(Places* places);

 private:
  bool Contradicts(const Places& places);
  Places Moments(const Places& places) const;
  Places From(const Places& places, uint32_t moment) const;

  Operations operations_;
  EventIndex last_return_;
  SetElement element_;
  uint64_t steps_ = 0;
};

bool Reduction::Contradicts(const Places& places) {
  steps_ += places.size();
  Places returns;
  for (uint32_t place : places) {
    if (operations_[place].ret <= last_return_) returns.push_back(place);
  }
  std::sort(returns.begin(), returns.end(), [&](uint32_t a, uint32_t b) {
    return operations_[a].ret < operations_[b].ret;
  });
  const uint32_t wrong = element_.FirstWrong(places, returns);
  element_.Forget(places);
  return wrong != SetElement::kNone;
}

// The changes that were called when no other was open.
Places Reduction::Moments(const Places& places) const {
  Places moments;
  EventIndex last_return = 0;
  for (uint32_t place : places) {
    const ContainerOperation& operation = operations_[place];
    if (!IsChange(operation.kind)) continue;
    if (operation.call > last_return) moments.push_back(place);
    last_return = std::max(last_return, operation.ret);
  }
  return moments;
}

// What was called from the moment on, behind an insert if the element was in
// then. Since no change was open, this is known: changes alternate.
Places Reduction::From(const Places& places, uint32_t moment) const {
  Places kept;
  int64_t balance = 0;
  uint32_t insert = 0;
  EventIndex last_return = 0;
  for (uint32_t place : places) {
    const ContainerOperation& operation = operations_[place];
    if (place < moment && IsChange(operation.kind)) {
      const bool is_insert = operation.kind == ContainerKind::kInsert;
      balance += is_insert ? 1 : -1;
      if (is_insert) insert = place;
      last_return = std::max(last_return, operation.ret);
    }
  }
  if (balance > 0) kept.push_back(insert);
  for (uint32_t place : places) {
    if (operations_[place].call > last_return) kept.push_back(place);
  }
  return kept;
}

void Reduction::CutBeginning(Places* places) {
  const Places moments = Moments(*places);
  for (size_t back = 1; back <= moments.size() && steps_ < kOrderSteps;
       back *= 2) {
    Places kept = From(*places, moments[moments.size() - back]);
    if (!Contradicts(kept)) continue;
    *places = std::move(kept);
    return;
  }
}

void Reduction::LeaveOutAnswers(Places* places) {
  for (size_t part = std::max<size_t>(1, places->size() / 2); part > 0;
       part /= 2) {
    for (size_t end = places->size(); end > 0 && steps_ < kOrderSteps;) {
      const size_t begin = end > part ? end - part : 0;
      Places rest;
      for (size_t i = 0; i < places->size(); ++i) {
        const ContainerKind kind = operations_[(*places)[i]].kind;
        if (i < begin || i >= end || IsChange(kind)) {
          rest.push_back((*places)[i]);
        }
      }
      const bool is_less = rest.size() < places->size();
      if (is_less && Contradicts(rest)) *places = std::move(rest);
      end = begin;
    }
  }
}

}  // namespace

std::vector<uint32_t> SmallSetConflict(Operations operations,
                                       std::span<const uint32_t> calls,
                                       uint32_t wrong) {
  Places places;
  for (uint32_t place : calls) {
    if (operations[place].call <= operations[wrong].ret) {
      places.push_back(place);
    }
  }
  Reduction reduction(operations, operations[wrong].ret);
  reduction.CutBeginning(&places);
  reduction.LeaveOutAnswers(&places);
  return places;
}

}  // namespace reprise::checker
