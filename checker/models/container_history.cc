#include "reprise/checker/models/container_history.h"

#include <algorithm>
#include <set>
#include <utility>

#include "reprise/checker/containers/dense.h"

namespace reprise::checker {
namespace {

// Numbers places, the second members of `sorted`, of which `is_same` says which
// neighbours are equal.
template <typename Sorted, typename IsSame>
void NumberSorted(const Sorted& sorted, IsSame is_same,
                  std::vector<uint32_t>& numbers) {
  uint32_t number = 0;
  for (size_t i = 0; i < sorted.size(); ++i) {
    if (i > 0 && !is_same(sorted[i - 1], sorted[i])) ++number;
    numbers[sorted[i].second] = number;
  }
}

void RankIntegers(std::span<const Element* const> elements,
                  std::vector<uint32_t>& numbers) {
  std::vector<std::pair<int64_t, uint32_t>> sorted;
  sorted.reserve(elements.size());
  for (uint32_t place = 0; place < elements.size(); ++place) {
    if (elements[place] == nullptr) continue;
    sorted.emplace_back(*elements[place]->AsInteger(), place);
  }
  std::sort(sorted.begin(), sorted.end());
  NumberSorted(
      sorted, [](const auto& a, const auto& b) { return a.first == b.first; },
      numbers);
}

// Numbers integers. False if some element is none.
bool NumberIntegers(std::span<const Element* const> elements,
                    std::vector<uint32_t>& numbers) {
  int64_t least = INT64_MAX;
  int64_t greatest = INT64_MIN;
  for (const Element* const element : elements) {
    if (element == nullptr) continue;
    const int64_t* const integer = element->AsInteger();
    if (integer == nullptr) return false;
    least = std::min(least, *integer);
    greatest = std::max(greatest, *integer);
  }
  const auto first = static_cast<uint64_t>(least);
  const bool is_near =
      least > greatest ||
      static_cast<uint64_t>(greatest) - first < DenseLimit(elements.size());
  if (!is_near) {
    RankIntegers(elements, numbers);
    return true;
  }
  for (size_t i = 0; i < elements.size(); ++i) {
    if (elements[i] == nullptr) continue;
    numbers[i] = static_cast<uint32_t>(
        static_cast<uint64_t>(*elements[i]->AsInteger()) - first);
  }
  return true;
}

}  // namespace

std::vector<uint32_t> NumbersOf(std::span<const Element* const> elements) {
  std::vector<uint32_t> numbers(elements.size());
  if (NumberIntegers(elements, numbers)) return numbers;
  std::vector<std::pair<const Element*, uint32_t>> sorted;
  for (uint32_t place = 0; place < elements.size(); ++place) {
    if (elements[place] != nullptr) sorted.emplace_back(elements[place], place);
  }
  std::sort(sorted.begin(), sorted.end(),
            [](const auto& a, const auto& b) { return *a.first < *b.first; });
  NumberSorted(
      sorted, [](const auto& a, const auto& b) { return *a.first == *b.first; },
      numbers);
  return numbers;
}

ContainerBuilder::ContainerBuilder(size_t size) {
  operations_.reserve(size);
  intervals_.reserve(size);
  elements_.reserve(size);
  ids_.reserve(size);
}

void ContainerBuilder::PutInFirst(std::span<const Element> elements) {
  initial_ = elements.size();
  for (uint32_t i = 0; i < initial_; ++i) {
    operations_.push_back({.call = 2 * i,
                           .ret = 2 * i + 1,
                           .value = 0,
                           .kind = ContainerKind::kInsert});
    elements_.push_back(&elements[i]);
  }
}

void ContainerBuilder::Add(OperationId id, const Interval& interval,
                           ContainerKind kind, const Element* element) {
  const auto shift = static_cast<EventIndex>(2 * initial_);
  operations_.push_back(
      {.call = interval.call + shift,
       .ret = interval.ret == kNever ? kNever : interval.ret + shift,
       .value = 0,
       .kind = kind});
  intervals_.push_back(interval);
  elements_.push_back(element);
  ids_.push_back(id);
}

DirectVerdict ContainerBuilder::Judge(ContainerCheck check, ElementBond bond) {
  if (HasOwnInstants(intervals_)) return {};
  const std::vector<uint32_t> numbers = NumbersOf(elements_);
  for (size_t i = 0; i < numbers.size(); ++i) operations_[i].value = numbers[i];
  const ContainerVerdict found = check(operations_);
  switch (found.outcome) {
    case ContainerOutcome::kUnsuitable:
      return {};
    case ContainerOutcome::kHolds:
      return {DirectOutcome::kHolds, {}};
    case ContainerOutcome::kViolated:
      return {DirectOutcome::kViolated, NamedBy(found.contradiction, bond)};
  }
  return {};
}

std::vector<OperationId> ContainerBuilder::NamedBy(
    const std::vector<uint32_t>& places, ElementBond bond) const {
  std::vector<OperationId> ids;
  std::set<uint32_t> named;  // values that are to be named with all they did
  for (const uint32_t place : places) {
    if (place >= initial_) ids.push_back(ids_[place - initial_]);
    named.insert(operations_[place].value);
  }
  if (initial_ == 0) return ids;
  if (bond == ElementBond::kTogether) {
    named.clear();
    for (size_t i = 0; i < initial_; ++i) named.insert(operations_[i].value);
  }
  for (size_t i = initial_; i < operations_.size(); ++i) {
    const ContainerOperation& operation = operations_[i];
    const bool has_value =
        elements_[i] != nullptr && named.contains(operation.value);
    const bool may_take = elements_[i] == nullptr && operation.IsPending();
    if (has_value || may_take) ids.push_back(ids_[i - initial_]);
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace reprise::checker
