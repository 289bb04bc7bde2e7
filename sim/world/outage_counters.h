// OutageCounters: what befell a world beside its packets, drawn or scripted.

#ifndef SIM_WORLD_OUTAGE_COUNTERS_H_
#define SIM_WORLD_OUTAGE_COUNTERS_H_

#include <cstdint>

namespace reprise {

struct OutageCounters {
  uint64_t partitions = 0;
  uint64_t clogs = 0;
  uint64_t crashes = 0;
  uint64_t pauses = 0;
  uint64_t slowdowns = 0;
  uint64_t clock_jumps = 0;
  uint64_t sites_fired = 0;
};

}  // namespace reprise

#endif  // SIM_WORLD_OUTAGE_COUNTERS_H_
