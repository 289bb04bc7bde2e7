// OutageCounters: what befell a world beside its packets, drawn or scripted.

#ifndef REPRISE_SIM_WORLD_OUTAGE_COUNTERS_H_
#define REPRISE_SIM_WORLD_OUTAGE_COUNTERS_H_

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
  uint64_t disk_errors = 0;  // Operations that a fault let fail.
  uint64_t bits_rotted = 0;
  uint64_t sectors_damaged = 0;  // Lost, torn or garbled by a crash.
  uint64_t sizes_lost = 0;       // Files that a crash made shorter or longer.
  uint64_t names_lost = 0;       // Changes of names that a crash undid.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_OUTAGE_COUNTERS_H_
