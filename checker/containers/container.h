// Operations on one queue, stack, priority queue or set of distinct values, and
// what is said of them. The units beside this one judge them without a search:
//
//   std::vector<ContainerOperation> operations = {
//       {.call = 0, .ret = 1, .value = 7, .kind = ContainerKind::kInsert},
//       {.call = 2, .ret = 3, .value = 8, .kind = ContainerKind::kInsert},
//       {.call = 4, .ret = 5, .value = 8, .kind = ContainerKind::kRemove}};
//   CheckStack(operations).outcome;  // kHolds
//   CheckQueue(operations).contradiction;  // 0, 1, 2
//
// Requires: operations in the order of their calls, each returns at or after
// its call, fewer than 2^31 of them. Operations whose events share an instant
// are concurrent, so a client must not call at the instant of its own last
// return. Containers are empty at first. Operations that had no effect (other
// than those with a kind below) are left out, and so are questions that were
// never answered.

#ifndef REPRISE_CHECKER_CONTAINERS_CONTAINER_H_
#define REPRISE_CHECKER_CONTAINERS_CONTAINER_H_

#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

// What an operation did, as its answer says.
enum class ContainerKind : uint8_t {
  kInsert,        // put its value in; a set had it not before
  kRemove,        // took its value out
  kEmpty,         // a remove that found nothing; not of a set
  kInsertFailed,  // of a set: its value was in already
  kRemoveFailed,  // of a set: its value was not in
  kFound,         // of a set: its value is in
  kNotFound,      // of a set: its value is not in
};

struct ContainerOperation {
  EventIndex call = 0;
  // kNever: never answered, it may have taken effect, or may later, or never.
  // Only kInsert and kRemove may be pending. Nobody knows what a pending remove
  // took, so that its value says nothing, except of a set.
  EventIndex ret = kNever;
  uint32_t value = 0;
  ContainerKind kind = ContainerKind::kInsert;

  bool IsPending() const { return ret == kNever; }
};

enum class ContainerOutcome : uint8_t {
  kHolds,
  kViolated,
  kUnsuitable,  // outside of what is proved: to be searched
};

struct ContainerVerdict {
  ContainerOutcome outcome = ContainerOutcome::kHolds;
  // Where violated: places of operations that no order explains even alone, in
  // ascending order. With an operation that takes a value out it names the one
  // that put it in, so that whatever is left out could only have made matters
  // harder to explain.
  std::vector<uint32_t> contradiction;
};

using ContainerCheck =
    ContainerVerdict (*)(std::span<const ContainerOperation>);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_CONTAINER_H_
