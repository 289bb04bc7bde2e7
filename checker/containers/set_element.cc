#include "reprise/checker/containers/set_element.h"

#include <algorithm>
#include <cstddef>

namespace reprise::checker {
namespace {

// Of an operation that is no change: what it saw. Of a change: what it needs.
bool SeesElement(ContainerKind kind) {
  switch (kind) {
    case ContainerKind::kRemove:
    case ContainerKind::kInsertFailed:
    case ContainerKind::kFound:
      return true;
    case ContainerKind::kInsert:
    case ContainerKind::kRemoveFailed:
    case ContainerKind::kNotFound:
    case ContainerKind::kEmpty:
      return false;
  }
  return false;
}

}  // namespace

bool IsChange(ContainerKind kind) {
  return kind == ContainerKind::kInsert || kind == ContainerKind::kRemove;
}

uint32_t SetElement::FirstWrong(std::span<const uint32_t> calls,
                                std::span<const uint32_t> returns) {
  is_in_ = false;
  for (auto& open : open_changes_) open.clear();
  for (auto& open : open_answers_) open.clear();
  size_t next = 0;
  for (uint32_t place : returns) {
    // What is called when another one returns is concurrent with it.
    for (; next < calls.size() &&
           operations_[calls[next]].call <= operations_[place].ret;
         ++next) {
      Call(calls[next]);
    }
    if (!Return(place)) return place;
  }
  return kNone;
}

void SetElement::Forget(std::span<const uint32_t> calls) {
  for (uint32_t place : calls) is_explained_[place] = 0;
}

void SetElement::Call(uint32_t place) {
  const ContainerKind kind = operations_[place].kind;
  const bool sees = SeesElement(kind);
  if (!IsChange(kind)) {
    if (sees == is_in_) {
      is_explained_[place] = 1;
    } else {
      open_answers_[sees].push_back(place);
    }
    return;
  }
  std::vector<uint32_t>& open = open_changes_[sees];
  open.push_back(place);
  std::push_heap(open.begin(), open.end(), [&](uint32_t a, uint32_t b) {
    return operations_[a].ret > operations_[b].ret;
  });
}

bool SetElement::Return(uint32_t place) {
  while (is_explained_[place] == 0) {
    if (!Change()) return false;
  }
  return true;
}

// Makes the open change that returns first, of those that are possible.
bool SetElement::Change() {
  std::vector<uint32_t>& open = open_changes_[is_in_];
  if (open.empty()) return false;
  std::pop_heap(open.begin(), open.end(), [&](uint32_t a, uint32_t b) {
    return operations_[a].ret > operations_[b].ret;
  });
  is_explained_[open.back()] = 1;
  open.pop_back();
  is_in_ = !is_in_;
  for (uint32_t place : open_answers_[is_in_]) is_explained_[place] = 1;
  open_answers_[is_in_].clear();
  return true;
}

}  // namespace reprise::checker
