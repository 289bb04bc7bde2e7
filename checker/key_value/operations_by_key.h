// A history taken apart: the operations of each key, made ready for judging.
//
// By locality (Herlihy and Wing, 1990, section 3.3) a history is linearizable
// if the operations of each key are.
//
//   OperationsByKey by_key(history);
//   KeyOperations key;
//   for (KeyId id = 0; id < history.keys(); ++id) {
//     by_key.Gather(id, key);
//   }

#ifndef REPRISE_CHECKER_KEY_VALUE_OPERATIONS_BY_KEY_H_
#define REPRISE_CHECKER_KEY_VALUE_OPERATIONS_BY_KEY_H_

#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_operations.h"

namespace reprise::checker {

class OperationsByKey {
 public:
  explicit OperationsByKey(const History& history);

  // Every operation of `key`, in order of invocation.
  std::span<const OperationId> Ids(KeyId key) const {
    return std::span(ids_).subspan(begin_[key], begin_[key + 1] - begin_[key]);
  }

  // Replaces `out`, whose memory is used again. Once the monitor says stop,
  // some may be missing.
  void Gather(KeyId key, KeyOperations& out,
              const CheckMonitor* monitor = nullptr) const;

 private:
  void Keep(std::span<const OperationId> ids, KeyOperations& out,
            const CheckMonitor* monitor) const;

  const History& history_;
  std::vector<OperationId> ids_;
  std::vector<uint32_t> begin_;  // of each key in ids_, and the end
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_OPERATIONS_BY_KEY_H_
