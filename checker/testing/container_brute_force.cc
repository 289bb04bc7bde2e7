#include "reprise/checker/testing/container_brute_force.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <set>
#include <utility>

#include "reprise/checker/history/require.h"

namespace reprise::checker {
namespace {

using Content = std::vector<uint32_t>;  // in the order of the inserts

// Where in `content` the value is that a remove takes.
size_t NextToRemove(ContainerType type, const Content& content) {
  switch (type) {
    case ContainerType::kQueue:
      return 0;
    case ContainerType::kStack:
      return content.size() - 1;
    case ContainerType::kPriorityQueue:
    case ContainerType::kSet:
      break;
  }
  return static_cast<size_t>(std::min_element(content.begin(), content.end()) -
                             content.begin());
}

void EraseAt(size_t place, Content* content) {
  content->erase(content->begin() + static_cast<ptrdiff_t>(place));
}

// Whether the operation can come next.
bool Step(ContainerType type, const ContainerOperation& operation,
          Content* content) {
  if (operation.kind == ContainerKind::kInsert) {
    content->push_back(operation.value);
    return true;
  }
  if (operation.kind == ContainerKind::kEmpty) return content->empty();
  if (content->empty()) return operation.IsPending();
  const size_t place = NextToRemove(type, *content);
  if (!operation.IsPending() && (*content)[place] != operation.value) {
    return false;
  }
  EraseAt(place, content);
  return true;
}

bool StepOfSet(const ContainerOperation& operation, Content* content) {
  const auto at = std::find(content->begin(), content->end(), operation.value);
  const bool is_in = at != content->end();
  switch (operation.kind) {
    case ContainerKind::kInsert:
      if (!is_in) content->push_back(operation.value);
      std::sort(content->begin(), content->end());
      return !is_in || operation.IsPending();
    case ContainerKind::kRemove:
      if (is_in) content->erase(at);
      return is_in || operation.IsPending();
    case ContainerKind::kInsertFailed:
    case ContainerKind::kFound:
      return is_in;
    case ContainerKind::kRemoveFailed:
    case ContainerKind::kNotFound:
      return !is_in;
    case ContainerKind::kEmpty:
      return content->empty();
  }
  return false;
}

class BruteForce {
 public:
  BruteForce(ContainerType type,
             const std::vector<ContainerOperation>& operations)
      : type_(type), operations_(operations) {}

  bool Search(uint32_t taken, const Content& content) {
    if (!seen_.emplace(taken, content).second) return false;
    EventIndex first_return = kNever;
    for (size_t i = 0; i < operations_.size(); ++i) {
      if ((taken >> i & 1) == 0) {
        first_return = std::min(first_return, operations_[i].ret);
      }
    }
    if (first_return == kNever) return true;
    for (size_t i = 0; i < operations_.size(); ++i) {
      if ((taken >> i & 1) != 0 || operations_[i].call > first_return) continue;
      Content after = content;
      const bool can_step = type_ == ContainerType::kSet
                                ? StepOfSet(operations_[i], &after)
                                : Step(type_, operations_[i], &after);
      if (can_step && Search(taken | uint32_t{1} << i, after)) return true;
    }
    return false;
  }

 private:
  ContainerType type_;
  const std::vector<ContainerOperation>& operations_;
  std::set<std::pair<uint32_t, Content>> seen_;
};

}  // namespace

bool IsLinearizableByBruteForce(
    ContainerType type, const std::vector<ContainerOperation>& operations) {
  CHECKER_REQUIRE(operations.size() <= 32, "too many to try every order");
  return BruteForce(type, operations).Search(0, {});
}

}  // namespace reprise::checker
