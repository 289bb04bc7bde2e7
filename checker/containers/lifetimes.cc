#include "reprise/checker/containers/lifetimes.h"

#include <algorithm>

#include "reprise/checker/containers/dense.h"

namespace reprise::checker {

Lifetimes::Lifetimes(std::span<const ContainerOperation> operations)
    : operations_(Densify(operations, &room_)) {
  Read();
  if (verdict_.outcome == ContainerOutcome::kHolds) JudgeEachValue();
}

void Lifetimes::Read() {
  inserts_.reserve(operations_.size());
  for (uint32_t place = 0; place < operations_.size(); ++place) {
    const ContainerOperation& operation = operations_[place];
    instants_ =
        std::max(instants_,
                 1 + (operation.IsPending() ? operation.call : operation.ret));
    switch (operation.kind) {
      case ContainerKind::kInsert:
        Insert(operation);
        break;
      case ContainerKind::kRemove:
        if (operation.IsPending()) {
          pending_removes_.push_back(place);
        } else {
          Remove(operation);
        }
        break;
      case ContainerKind::kEmpty:
        empties_.push_back(place);
        break;
      case ContainerKind::kInsertFailed:
      case ContainerKind::kRemoveFailed:
      case ContainerKind::kFound:
      case ContainerKind::kNotFound:
        verdict_.outcome = ContainerOutcome::kUnsuitable;
        break;
    }
  }
}

void Lifetimes::Insert(const ContainerOperation& operation) {
  if (operation.value >= values_.size()) values_.resize(operation.value + 1);
  Lifetime& value = values_[operation.value];
  if (value.IsKnown()) {
    verdict_.outcome = ContainerOutcome::kUnsuitable;
    return;
  }
  value.insert_call = operation.call;
  value.insert_return = operation.ret;
  inserts_.push_back(operation.value);
}

void Lifetimes::Remove(const ContainerOperation& operation) {
  if (operation.value >= values_.size()) values_.resize(operation.value + 1);
  Lifetime& value = values_[operation.value];
  if (value.IsRemoved()) {
    removed_twice_.push_back(operation.value);
    return;
  }
  value.remove_call = operation.call;
  value.remove_return = operation.ret;
}

void Lifetimes::JudgeEachValue() {
  if (!removed_twice_.empty()) {
    verdict_ = Violated({{removed_twice_.front()}, {}});
    return;
  }
  for (uint32_t i = 0; i < values_.size(); ++i) {
    Lifetime& value = values_[i];
    if (!value.IsRemoved()) {
      if (value.insert_return == kNever) value.insert_call = kNever;
      continue;
    }
    if (!value.IsKnown() || value.remove_return < value.insert_call) {
      verdict_ = Violated({{i}, {}});
      return;
    }
    value.insert_return = std::min(value.insert_return, value.remove_return);
    value.remove_call = std::max(value.remove_call, value.insert_call);
  }
}

void Lifetimes::LeaveOutUnremoved() {
  for (uint32_t i = 0; i < values_.size(); ++i) {
    if (!values_[i].IsKnown() || values_[i].IsRemoved()) continue;
    left_out_.emplace_back(i, values_[i].insert_call);
    values_[i].insert_call = kNever;
  }
}

void Lifetimes::PutBack() {
  for (const auto& [value, call] : left_out_) values_[value].insert_call = call;
  left_out_.clear();
}

void Lifetimes::Assign(uint32_t value, uint32_t place) {
  values_[value].remove_call =
      std::max(values_[value].insert_call, operations_[place].call);
}

void Lifetimes::Unassign(uint32_t value) {
  values_[value].remove_call = kNever;
}

ContainerVerdict Lifetimes::Violated(const ContainerConflict& conflict) const {
  std::vector<bool> is_named(values_.size());
  for (uint32_t value : conflict.values) is_named[value] = true;
  std::vector<uint32_t> places = conflict.places;
  for (uint32_t place = 0; place < operations_.size(); ++place) {
    const ContainerOperation& operation = operations_[place];
    const bool has_value =
        operation.kind == ContainerKind::kInsert ||
        (operation.kind == ContainerKind::kRemove && !operation.IsPending());
    if (has_value && is_named[operation.value]) places.push_back(place);
  }
  std::sort(places.begin(), places.end());
  return {ContainerOutcome::kViolated, std::move(places)};
}

}  // namespace reprise::checker
