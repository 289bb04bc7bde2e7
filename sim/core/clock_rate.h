// ClockRate: how fast a node's clock runs, compared with the world's time.
//
// Guarantees: integer arithmetic only; local time never goes back, and
// LocalTime(WorldTime(t)) >= t. A time past the range is Infinite().
//
//   ClockRate rate;
//   rate.SetDrift(200);
//   rate.LocalTime(scheduler.now());

#ifndef REPRISE_SIM_CORE_CLOCK_RATE_H_
#define REPRISE_SIM_CORE_CLOCK_RATE_H_

#include <cstdint>

#include "reprise/sim/core/time.h"

namespace reprise {

class ClockRate {
 public:
  // How much the clock gains, in microseconds a second; negative: loses.
  // Requires more than -1,000,000.
  void SetDrift(int64_t ppm) { drift_ppm_ = ppm; }

  // What the clock says at an instant of the world's time.
  VirtualTime LocalTime(VirtualTime world) const {
    if (drift_ppm_ == 0) return world;
    return FromWide(static_cast<Wide>(world.nanoseconds()) * rate() / kMillion);
  }

  // The first instant at which LocalTime() is `local` or later.
  VirtualTime WorldTime(VirtualTime local) const {
    if (drift_ppm_ == 0 || local == VirtualTime::Infinite()) return local;
    const auto scaled = static_cast<Wide>(local.nanoseconds()) * kMillion;
    return FromWide((scaled + rate() - 1) / rate());
  }

 private:
  using Wide = __int128;
  static constexpr int64_t kMillion = 1'000'000;

  static VirtualTime FromWide(Wide nanoseconds) {
    if (nanoseconds > INT64_MAX) return VirtualTime::Infinite();
    return VirtualTime::Nanoseconds(static_cast<int64_t>(nanoseconds));
  }
  int64_t rate() const { return kMillion + drift_ppm_; }

  int64_t drift_ppm_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_CLOCK_RATE_H_
