#include "reprise/sim/explore/branch/failure_curve.h"

#include <algorithm>
#include <cmath>

namespace reprise {

Share ShareOf(uint64_t failures, uint64_t trials) {
  if (trials == 0) return {};
  constexpr double kZ = 1.959964;  // Of the normal distribution, for 95 %.
  const auto count = static_cast<double>(trials);
  const double share = static_cast<double>(failures) / count;
  const double weight = 1 + kZ * kZ / count;
  const double middle = (share + kZ * kZ / (2 * count)) / weight;
  const double half =
      kZ / weight *
      std::sqrt(share * (1 - share) / count + kZ * kZ / (4 * count * count));
  return {.low = failures == 0 ? 0 : std::max(middle - half, 0.0),
          .middle = share,
          .high = failures == trials ? 1 : std::min(middle + half, 1.0)};
}

}  // namespace reprise
