// PacketNumbers: numbers the requests and messages of one link, so that each
// has a name that its decisions keep (packet_name.h).
//
// Guarantees: a packet's number says how many of its method, for its operation,
// were sent on the link before it. Next is O(1) for a newer operation than all
// before and for the newest, otherwise O(log n) in the operations.
//
//   PacketNumbers numbers;
//   numbers.Next(put, ServedOperation(3, 7));  // 0
//   numbers.Next(put, ServedOperation(3, 7));  // 1: a retry
//   numbers.Next(put, ServedOperation(3, 8));  // 0

#ifndef REPRISE_SIM_WORLD_PACKET_NUMBERS_H_
#define REPRISE_SIM_WORLD_PACKET_NUMBERS_H_

#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reprise/sim/core/served_operation.h"

namespace reprise {

class PacketNumbers {
 public:
  // The number of the next packet of `method` that serves `operation`, or none.
  [[gnu::always_inline]] uint32_t Next(uint32_t method,
                                       ServedOperation operation) {
    return operation.IsNone() ? NextUnserving(method)
                              : NextServing(method, operation);
  }

 private:
  // How many packets of a method serve an operation.
  struct Count {
    uint64_t operation = 0;
    uint32_t method = 0;
    uint32_t packets = 0;

    bool Is(uint32_t other_method, ServedOperation other) const {
      return operation == other.word() && method == other_method;
    }
    bool IsBefore(uint32_t other_method, ServedOperation other) const {
      return operation < other.word() ||
             (operation == other.word() && method < other_method);
    }
  };
  using OperationAndMethod = std::pair<uint64_t, uint32_t>;
  using Counts = absl::flat_hash_map<OperationAndMethod, uint32_t>;

  [[gnu::always_inline]] uint32_t NextUnserving(uint32_t method) {
    if (unserving_.size() <= method) [[unlikely]] {
      AddMethod(method);
    }
    return unserving_[method]++;
  }
  [[gnu::cold, gnu::noinline]] void AddMethod(uint32_t method) {
    unserving_.resize(method + 1);
  }
  uint32_t NextServing(uint32_t method, ServedOperation operation);
  uint32_t NextOfOlder(uint32_t method, ServedOperation operation);

  std::vector<uint32_t> unserving_;  // By method.
  std::vector<Count> counts_;        // In order, which is that of first use.
  // Those first used after one that comes behind them in order; null: none.
  std::unique_ptr<Counts> older_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PACKET_NUMBERS_H_
