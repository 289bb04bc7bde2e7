// The operations of one key, as the algorithms take them.

#ifndef REPRISE_CHECKER_KEY_VALUE_KEY_OPERATIONS_H_
#define REPRISE_CHECKER_KEY_VALUE_KEY_OPERATIONS_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

// Operations of one key in order of invocation, called items by their place.
//
// Left out are those that change no verdict: pending Gets, pending writes whose
// value nobody can have observed ("never happened" and "happened last" are the
// same), and Appends of "" without a report. An Append of "" with a report is a
// Get here.
struct KeyOperations {
  KeyOperations() = default;
  KeyOperations(const KeyOperations&) = delete;
  KeyOperations& operator=(const KeyOperations&) = delete;

  size_t size() const { return operations.size(); }

  KeyId key = 0;
  std::span<const OperationId> ids;
  std::span<const Operation> operations;  // of those ids
  std::vector<uint32_t> changes;          // items that are not Gets, in order
  // Items that their client called at the instant at which its previous one on
  // this key returned, in order. With them precedence is no interval order.
  std::vector<uint32_t> touching;

  // What the spans show, unless they can show the history itself: it has one
  // key and nothing is left out.
  std::vector<OperationId> kept_ids;
  std::vector<Operation> kept;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_KEY_OPERATIONS_H_
