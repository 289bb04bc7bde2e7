// Histories from operations with times, as other programs record them.
//
// Guarantees: an operation that returned before another was called precedes
// it; intervals that touch are concurrent; but the operations of one client
// keep their order, even where one ends at the instant at which the next
// begins.
//
// Requires that the operations of one client do not overlap, and that no
// operation returns before its call.
//
//   std::vector<TimedOperation> operations = {
//       {.client = 0, .kind = OperationKind::kPut, .key = "k", .value = "a",
//        .call = 10, .ret = 20, .answer = Answer::kDone}};
//   History history;
//   std::vector<uint32_t> source = AppendTimed(operations, history);

#ifndef REPRISE_CHECKER_HISTORY_TIMED_HISTORY_H_
#define REPRISE_CHECKER_HISTORY_TIMED_HISTORY_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

// The bytes belong to whoever made it.
struct TimedOperation {
  std::string_view key = {};
  std::string_view value = {};     // what a write writes
  std::string_view expected = {};  // by a Cas
  std::string_view output = {};    // if the answer is kReported
  int64_t call = 0;
  int64_t ret = 0;  // without meaning while pending
  int32_t client = 0;
  OperationKind kind = OperationKind::kGet;
  Answer answer = Answer::kPending;
};

// Records `operations`, given in any order, in an empty history. Returns for
// each operation id its place in `operations`; operations that are called at
// one instant keep their order.
std::vector<uint32_t> AppendTimed(std::span<const TimedOperation> operations,
                                  History& history);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_TIMED_HISTORY_H_
