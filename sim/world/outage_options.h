// OutageOptions: how often something goes wrong for a while, and for how long.
// One of the options of a fault mix (faults.h).

#ifndef REPRISE_SIM_WORLD_OUTAGE_OPTIONS_H_
#define REPRISE_SIM_WORLD_OUTAGE_OPTIONS_H_

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"

namespace reprise {

// Something that begins now and then and lasts a while. Each tick of the world
// (FaultMix::tick) in which it is not on, it begins with probability `start`,
// and lasts max(minimum, Exp(mean)). After it none begins for at least `rest`.
struct OutageOptions {
  Probability start = {};
  Duration minimum = {};
  Duration mean = {};
  Duration rest = {};

  friend bool operator==(const OutageOptions&, const OutageOptions&) = default;
};

inline bool IsOn(const OutageOptions& outage) { return !outage.start.IsZero(); }

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_OUTAGE_OPTIONS_H_
