// NetworkCounters: what a world's network carried. What went wrong there is in
// FaultCounts (fault_table.h).

#ifndef REPRISE_SIM_WORLD_NETWORK_COUNTERS_H_
#define REPRISE_SIM_WORLD_NETWORK_COUNTERS_H_

#include <cstdint>

namespace reprise {

struct NetworkCounters {
  uint64_t calls = 0;          // Every Call, also those whose packets are lost.
  uint64_t request_bytes = 0;  // Of every Call.
  uint64_t reply_bytes = 0;    // Of the replies that were delivered.
  uint64_t handled = 0;        // Handlers run to their end.
  uint64_t messages = 0;       // Every Send.
  uint64_t message_bytes = 0;  // Of every Send.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NETWORK_COUNTERS_H_
