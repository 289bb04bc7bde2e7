#include "reprise/checker/models/container_history.h"

#include <algorithm>
#include <map>
#include <utility>

namespace reprise::checker {
namespace {

// Numbers from the least integer on, where all are integers and near enough.
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
  if (least <= greatest &&
      static_cast<uint64_t>(greatest) - first >= UINT32_MAX) {
    return false;
  }
  for (size_t i = 0; i < elements.size(); ++i) {
    if (elements[i] == nullptr) continue;
    numbers[i] = static_cast<uint32_t>(
        static_cast<uint64_t>(*elements[i]->AsInteger()) - first);
  }
  return true;
}

EventIndex LastInstant(std::span<const Interval> intervals) {
  EventIndex last = 0;
  for (const Interval& each : intervals) {
    last = std::max(last, each.ret == kNever ? each.call : each.ret);
  }
  return last;
}

}  // namespace

bool HasOwnInstants(std::span<const Interval> intervals) {
  std::vector<bool> has_return(size_t{LastInstant(intervals)} + 1);
  for (const Interval& each : intervals) {
    if (each.ret != kNever) has_return[each.ret] = true;
  }
  const bool has_joined =
      std::any_of(intervals.begin(), intervals.end(),
                  [&](const Interval& each) { return has_return[each.call]; });
  if (!has_joined) return false;
  std::map<int32_t, EventIndex> last;  // the last return of each client
  for (const Interval& each : intervals) {
    const auto [found, is_first] = last.try_emplace(each.client, each.ret);
    if (is_first) continue;
    if (found->second == each.call) return true;
    found->second = each.ret;
  }
  return false;
}

std::vector<uint32_t> NumbersOf(std::span<const Element* const> elements) {
  std::vector<uint32_t> numbers(elements.size());
  if (NumberIntegers(elements, numbers)) return numbers;
  std::vector<uint32_t> places;
  for (uint32_t place = 0; place < elements.size(); ++place) {
    if (elements[place] != nullptr) places.push_back(place);
  }
  std::sort(places.begin(), places.end(), [&](uint32_t a, uint32_t b) {
    return *elements[a] < *elements[b];
  });
  uint32_t number = 0;
  for (size_t i = 0; i < places.size(); ++i) {
    if (i > 0 && *elements[places[i - 1]] != *elements[places[i]]) ++number;
    numbers[places[i]] = number;
  }
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

DirectVerdict ContainerBuilder::Judge(ContainerCheck check) {
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
      return {DirectOutcome::kViolated, NamedBy(found.contradiction)};
  }
  return {};
}

std::vector<OperationId> ContainerBuilder::NamedBy(
    const std::vector<uint32_t>& places) const {
  std::vector<OperationId> ids;
  for (const uint32_t place : places) {
    if (place >= initial_) ids.push_back(ids_[place - initial_]);
  }
  if (initial_ == 0) return ids;
  // What is in first is in for what is named, too, so that it must be seen to
  // go.
  std::vector<uint32_t> first;
  for (size_t i = 0; i < initial_; ++i) first.push_back(operations_[i].value);
  std::sort(first.begin(), first.end());
  for (size_t i = initial_; i < operations_.size(); ++i) {
    const ContainerOperation& operation = operations_[i];
    if (operation.kind == ContainerKind::kRemove &&
        (operation.IsPending() ||
         std::binary_search(first.begin(), first.end(), operation.value))) {
      ids.push_back(ids_[i - initial_]);
    }
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return ids;
}

}  // namespace reprise::checker
