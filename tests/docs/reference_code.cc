#include "tests/docs/reference_code.h"

#include "reprise/sim/core/time.h"
#include "reprise/sim/world/fault_script.h"
#include "reprise/sim/world/partition.h"

namespace reprise {

// Whatever reaches the server crosses a slow line; nothing else is disturbed.
FaultMix SlowLineToServer() {
  LinkOptions line{.to = "server"};
  line.request.delay = {.minimum = Milliseconds(5), .maximum = Milliseconds(9)};
  line.bytes_per_second = 100'000;
  FaultMix faults;
  faults.network.links = {line};
  return faults;
}

// From 2 s to 3 s the clients do not reach the server, and at 5 s it crashes.
void ScriptFaults(World& world, NodeId server, NodeId client) {
  FaultScript& script = world.script();
  script.Partition({VirtualTime::Seconds(2), Seconds(1)},
                   Partition::Split({server}, {client}));
  script.Crash({VirtualTime::Seconds(5), Milliseconds(300)}, server);
}

}  // namespace reprise
