#include "reprise/sim/trace/digest_trail.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace reprise {
namespace {

constexpr size_t kMarksMax = 32;

}  // namespace

void DigestTrail::Add(uint64_t event, uint64_t digest) {
  if (marks_.size() == kMarksMax) {
    // Every second stays: those at multiples of the stride that is twice as
    // large.
    for (size_t i = 0; i < kMarksMax / 2; ++i) marks_[i] = marks_[2 * i + 1];
    marks_.resize(kMarksMax / 2);
    stride_ *= 2;
  }
  if (event % stride_ == 0) marks_.push_back({event, digest});
  next_ = (event / stride_ + 1) * stride_;
}

std::vector<DigestMark> DigestTrail::Until(uint64_t events,
                                           uint64_t digest) const {
  std::vector<DigestMark> marks = marks_;
  if (events > 0 && (marks.empty() || marks.back().event < events)) {
    marks.push_back({events, digest});
  }
  return marks;
}

std::optional<EventRange> FindFirstDifference(
    const std::vector<DigestMark>& expected,
    const std::vector<DigestMark>& seen) {
  if (expected.empty() || seen.empty() || expected == seen) {
    return std::nullopt;
  }
  uint64_t alike = 0;  // Events that are.
  auto other = seen.begin();
  for (const DigestMark& mark : expected) {
    while (other != seen.end() && other->event < mark.event) ++other;
    if (other == seen.end()) break;
    if (other->event != mark.event) continue;
    if (other->digest != mark.digest) {
      return EventRange{alike + 1, mark.event};
    }
    alike = mark.event;
  }
  // Where one run has ended, the other has an event more.
  const uint64_t end = std::min(expected.back().event, seen.back().event);
  if (expected.back() == seen.back()) return std::nullopt;
  return EventRange{alike + 1, end + 1};
}

}  // namespace reprise
