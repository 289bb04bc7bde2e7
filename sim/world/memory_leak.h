// MemoryLeak: memory that is still charged to a node after it has crashed or
// stopped.

#ifndef REPRISE_SIM_WORLD_MEMORY_LEAK_H_
#define REPRISE_SIM_WORLD_MEMORY_LEAK_H_

#include <cstdint>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise {

struct MemoryLeak {
  NodeId node;
  VirtualTime time;
  int64_t bytes = 0;
  int64_t blocks = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_MEMORY_LEAK_H_
