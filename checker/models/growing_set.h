// Judges a set from which nothing is ever removed, whole reads of it included,
// as of Jepsen's test of sets.
//
// Elements only come, so that an operation that saw one comes after an add of
// it, and one that saw it missing comes before all of them: each answer says
// between which others it lies, and nothing else. Such demands and the order of
// time can be met together if and only if whatever has nothing left to wait for
// may be taken at once, again and again, until nothing is left: taking one
// never makes another wait. Of several adds of an element, the first that can
// be taken serves all.
//
// A violation is a circle of operations each of which waits for the next. It is
// named with all adds of elements that it saw.
//
// Time and memory are O(n log n) for n operations and elements that were read.
//
//   std::vector<GrowingSetOperation> operations = {
//       {.interval = {0, 0, 1}, .kind = GrowingSetKind::kAdd, .element = 4},
//       {.interval = {1, 2, 3}, .kind = GrowingSetKind::kMissing,
//        .element = 4}};
//   FindWrong(operations, /*initial=*/{}, /*elements=*/5);  // 0, 1

#ifndef REPRISE_CHECKER_MODELS_GROWING_SET_H_
#define REPRISE_CHECKER_MODELS_GROWING_SET_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/models/intervals.h"

namespace reprise::checker {

enum class GrowingSetKind : uint8_t {
  kAdd,      // it may have been in already
  kFound,    // saw that it was in
  kMissing,  // saw that it was not
  kRead,     // saw all that was in
};

struct GrowingSetOperation {
  Interval interval = {};
  GrowingSetKind kind = GrowingSetKind::kRead;
  uint32_t element = 0;
  // Read, each once. Not owned.
  std::span<const uint32_t> read = {};
};

// Places of operations that no order explains even alone, ascending; empty if
// all can be explained. Elements are below `elements`, and those of `initial`
// are in at first.
//
// Requires operations in the order of their calls. Those that share an instant
// are concurrent. Only adds may be without an answer.
std::vector<uint32_t> FindWrong(std::span<const GrowingSetOperation> operations,
                                std::span<const uint32_t> initial,
                                size_t elements);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_GROWING_SET_H_
