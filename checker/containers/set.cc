#include "reprise/checker/containers/set.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "reprise/checker/containers/dense.h"
#include "reprise/checker/containers/set_conflict.h"
#include "reprise/checker/containers/set_element.h"

namespace reprise::checker {
namespace {

using Operations = std::span<const ContainerOperation>;

EventIndex InstantsOf(Operations operations) {
  EventIndex instants = 0;
  for (const ContainerOperation& operation : operations) {
    instants = std::max(
        instants, 1 + (operation.IsPending() ? operation.call : operation.ret));
  }
  return instants;
}

// The places of the answered operations in the order of their returns.
std::vector<uint32_t> ByReturn(Operations operations) {
  std::vector<uint32_t> next(InstantsOf(operations) + 1);
  for (const ContainerOperation& operation : operations) {
    if (!operation.IsPending()) ++next[operation.ret + 1];
  }
  for (size_t i = 1; i < next.size(); ++i) next[i] += next[i - 1];
  std::vector<uint32_t> places(next.back());
  for (uint32_t place = 0; place < operations.size(); ++place) {
    if (operations[place].IsPending()) continue;
    places[next[operations[place].ret]++] = place;
  }
  return places;
}

// Places by the value of their operations, each in the order given.
class ByValue {
 public:
  ByValue(Operations operations, const std::vector<uint32_t>& places) {
    for (uint32_t place : places) Count(operations[place].value);
    for (size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
    places_.resize(places.size());
    std::vector<uint32_t> next = begin_;
    for (uint32_t place : places) {
      places_[next[operations[place].value]++] = place;
    }
  }

  std::span<const uint32_t> Of(uint32_t value) const {
    if (value + 1 >= begin_.size()) return {};
    return {places_.data() + begin_[value], begin_[value + 1] - begin_[value]};
  }

 private:
  void Count(uint32_t value) {
    if (value + 2 > begin_.size()) begin_.resize(value + 2);
    ++begin_[value + 1];
  }

  std::vector<uint32_t> begin_;  // by value, and one more
  std::vector<uint32_t> places_;
};

std::vector<uint32_t> AllPlaces(Operations operations) {
  std::vector<uint32_t> places(operations.size());
  for (uint32_t i = 0; i < places.size(); ++i) places[i] = i;
  return places;
}

}  // namespace

ContainerVerdict CheckSet(Operations operations) {
  std::vector<ContainerOperation> room;
  operations = Densify(operations, &room);
  uint32_t values = 0;
  for (const ContainerOperation& operation : operations) {
    values = std::max(values, operation.value + 1);
    if (operation.kind == ContainerKind::kEmpty) {
      return {ContainerOutcome::kUnsuitable, {}};
    }
  }
  const ByValue calls(operations, AllPlaces(operations));
  const ByValue returns(operations, ByReturn(operations));
  SetElement element(operations);
  for (uint32_t value = 0; value < values; ++value) {
    const uint32_t wrong =
        element.FirstWrong(calls.Of(value), returns.Of(value));
    if (wrong == SetElement::kNone) continue;
    return {ContainerOutcome::kViolated,
            SmallSetConflict(operations, calls.Of(value), wrong)};
  }
  return {};
}

}  // namespace reprise::checker
