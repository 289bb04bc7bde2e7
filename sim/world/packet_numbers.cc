#include "reprise/sim/world/packet_numbers.h"

#include <algorithm>
#include <cstdint>
#include <memory>

namespace reprise {

uint32_t PacketNumbers::NextServing(uint32_t method,
                                    ServedOperation operation) {
  if (!counts_.empty()) {
    Count& newest = counts_.back();
    if (newest.Is(method, operation)) return newest.packets++;
    if (!newest.IsBefore(method, operation)) {
      return NextOfOlder(method, operation);
    }
  }
  counts_.push_back({operation.word(), method, 1});
  return 0;
}

uint32_t PacketNumbers::NextOfOlder(uint32_t method,
                                    ServedOperation operation) {
  const auto found = std::partition_point(
      counts_.begin(), counts_.end(),
      [&](const Count& count) { return count.IsBefore(method, operation); });
  if (found->Is(method, operation)) return found->packets++;
  if (older_ == nullptr) older_ = std::make_unique<Counts>();
  return (*older_)[{operation.word(), method}]++;
}

}  // namespace reprise
