// FailureCurve: how likely a failing run is to fail, along the run.
//
// At each point the run was played up to an event, and from then on other seeds
// answered; the point says how many of these runs failed in the same way. Where
// the share jumps, the run turned.
//
//   const Share share = ShareOf(point);
//   Print(share.low, share.middle, share.high);

#ifndef REPRISE_SIM_EXPLORE_BRANCH_FAILURE_CURVE_H_
#define REPRISE_SIM_EXPLORE_BRANCH_FAILURE_CURVE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reprise/sim/core/time.h"

namespace reprise {

// Of `trials` runs that were re-seeded after an event so many failed.
struct CurvePoint {
  uint64_t event = 0;  // 0: before the first one.
  uint64_t failures = 0;
  uint64_t trials = 0;
  VirtualTime time = {};  // Of the event.

  friend bool operator==(const CurvePoint&, const CurvePoint&) = default;
};

struct FailureCurve {
  std::vector<CurvePoint> points = {};  // By event.
  // The event at which the share of failures jumps, and what it is.
  std::optional<uint64_t> turning_point = {};
  std::string turning_text = {};
};

// A share of failures, and where it lies with a certainty of 95 %.
struct Share {
  double low = 0;
  double middle = 0;
  double high = 1;
};

// The interval is that of Wilson, "Probable Inference, the Law of Succession,
// and Statistical Inference", 1927. Of no trials nothing is known: 0 to 1.
Share ShareOf(uint64_t failures, uint64_t trials);
inline Share ShareOf(const CurvePoint& point) {
  return ShareOf(point.failures, point.trials);
}

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_FAILURE_CURVE_H_
