#include "tools/kv_program/latencies.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "reprise/sim/core/time.h"

namespace reprise::kv {

Duration Latencies::AtMost(double share) {
  if (latencies_.empty()) return {};
  const auto count = static_cast<double>(latencies_.size());
  const auto rank = static_cast<size_t>(std::ceil(share * count));
  const auto nearest = latencies_.begin() +
                       static_cast<ptrdiff_t>(
                           std::clamp<size_t>(rank, 1, latencies_.size()) - 1);
  std::nth_element(latencies_.begin(), nearest, latencies_.end());
  return *nearest;
}

Duration Latencies::Mean() const {
  if (latencies_.empty()) return {};
  Duration sum;
  for (const Duration latency : latencies_) sum += latency;
  return sum / static_cast<int64_t>(latencies_.size());
}

}  // namespace reprise::kv
