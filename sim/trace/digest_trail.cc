#include "reprise/sim/trace/digest_trail.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace reprise {
namespace {

constexpr size_t kPointsMax = 32;

}  // namespace

void DigestTrail::Add(uint64_t event, uint64_t digest) {
  if (points_.size() == kPointsMax) {
    // Every second stays: those at multiples of the stride that is twice as
    // large.
    for (size_t i = 0; i < kPointsMax / 2; ++i) points_[i] = points_[2 * i + 1];
    points_.resize(kPointsMax / 2);
    stride_ *= 2;
  }
  if (event % stride_ == 0) points_.push_back({event, digest});
  next_ = (event / stride_ + 1) * stride_;
}

std::vector<DigestPoint> DigestTrail::Until(uint64_t events,
                                            uint64_t digest) const {
  std::vector<DigestPoint> points = points_;
  if (events > 0 && (points.empty() || points.back().event < events)) {
    points.push_back({events, digest});
  }
  return points;
}

std::optional<EventRange> FindFirstDifference(
    const std::vector<DigestPoint>& expected,
    const std::vector<DigestPoint>& seen) {
  if (expected.empty() || seen.empty() || expected == seen) {
    return std::nullopt;
  }
  uint64_t alike = 0;  // Events that are.
  auto other = seen.begin();
  for (const DigestPoint& point : expected) {
    while (other != seen.end() && other->event < point.event) ++other;
    if (other == seen.end()) break;
    if (other->event != point.event) continue;
    if (other->digest != point.digest) {
      return EventRange{alike + 1, point.event};
    }
    alike = point.event;
  }
  // Where one run has ended, the other has an event more.
  const uint64_t end = std::min(expected.back().event, seen.back().event);
  if (expected.back() == seen.back()) return std::nullopt;
  return EventRange{alike + 1, end + 1};
}

}  // namespace reprise
