// Field: what a visitor of a fault mix is told of one of its fields
// (fault_fields.h), and the fields of what every kind of fault is made of.

#ifndef REPRISE_SIM_WORLD_FIELD_H_
#define REPRISE_SIM_WORLD_FIELD_H_

#include <cstdint>
#include <limits>
#include <string_view>

#include "reprise/sim/world/faults.h"

namespace reprise {

struct Field {
  std::string_view name;
  // In the printed mix, with "$0" for the value; "": it is not said. Nor is a
  // value that is off: a zero, the least count, an infinite duration.
  std::string_view words = {};
};

// The durations that a field may hold.
enum class DurationRange {
  kFinite,    // 0 or more.
  kMean,      // As the exponential distribution can be drawn.
  kPositive,  // Or infinite.
  kPositiveFinite,
};

inline constexpr int64_t kAnyCount = 1'000'000'000'000;
inline constexpr int64_t kNoMost = std::numeric_limits<int64_t>::max();

template <typename Visitor>
void VisitFields(Visitor& visit, const DelayOptions& delay) {
  visit.Time({"calm"}, delay.calm, DurationRange::kFinite);
  visit.Time({"minimum"}, delay.minimum, DurationRange::kFinite);
  visit.AtLeast({"maximum"}, delay.maximum, delay.minimum);
  visit.Time({"mean"}, delay.mean, DurationRange::kMean);
  visit.Time({"extra_step"}, delay.extra_step, DurationRange::kFinite);
  visit.Count({"extra_steps"}, delay.extra_steps, 0, kNoMost);
  visit.Ratio({"late"}, delay.late);
  if (delay.late.IsZero()) return;
  visit.Time({"late_minimum"}, delay.late_minimum, DurationRange::kFinite);
  visit.AtLeast({"late_maximum"}, delay.late_maximum, delay.late_minimum);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const OutageOptions& outage) {
  visit.Ratio({"start"}, outage.start);
  visit.Time({"minimum"}, outage.minimum, DurationRange::kFinite);
  visit.Time({"mean"}, outage.mean, DurationRange::kMean);
  visit.Time({"rest"}, outage.rest, DurationRange::kFinite);
}

inline bool IsOn(const OutageOptions& outage) { return !outage.start.IsZero(); }

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_FIELD_H_
