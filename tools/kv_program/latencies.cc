#include "tools/kv_program/latencies.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

#include "reprise/sim/core/time.h"

namespace reprise::kv {

Duration Latencies::AtMost(double share) {
  if (latencies_.empty()) return {};
  std::sort(latencies_.begin(), latencies_.end());
  const auto count = static_cast<double>(latencies_.size());
  const auto rank = static_cast<size_t>(std::ceil(share * count));
  return latencies_[std::clamp<size_t>(rank, 1, latencies_.size()) - 1];
}

Duration Latencies::Mean() const {
  if (latencies_.empty()) return {};
  Duration sum;
  for (const Duration latency : latencies_) sum += latency;
  return sum / static_cast<int64_t>(latencies_.size());
}

}  // namespace reprise::kv
