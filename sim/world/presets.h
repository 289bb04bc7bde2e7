// Fault mixes with names.
//
//   World world({.seed = seed, .faults = fault::Lab{.reliable = false}});

#ifndef REPRISE_SIM_WORLD_PRESETS_H_
#define REPRISE_SIM_WORLD_PRESETS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/swarm.h"

namespace reprise {
namespace fault {

// No faults; every packet takes exactly 50 us.
struct Calm {
  operator FaultMix() const;  // NOLINT: presets are used as mixes.
};

// The lab's network: each way takes U{25..75} us. Where it is not reliable,
// requests wait another U{0..26} ms, and a tenth of requests and of replies are
// lost, which the caller learns at once. A call to a node that is down or cut
// off fails after U{0..99} ms, with long delays after U{0..6999} ms. Long
// reordering delays two thirds of the replies by 200 + U{0..U{0..1999}} ms.
struct Lab {
  bool reliable = true;
  bool long_delays = false;
  bool long_reordering = false;
  operator FaultMix() const;  // NOLINT
};

// Silent loss and duplicates, 10 % each way; delay U{0..26} ms and in 1 % of
// packets 200-2000 ms; calls have a deadline of 100 ms.
struct Harsh {
  operator FaultMix() const;  // NOLINT
};

// The parameters of TigerBeetle's simulator (src/testing/packet_simulator.zig
// and its options in the VOPR), drawn from the seed as there: delays, loss up
// to 30 %, duplicates up to 50 %, clogging, partitions, crashes, pauses.
struct TigerBeetle {
  Seed seed = {};
  operator FaultMix() const;  // NOLINT
};

}  // namespace fault

// A preset by its name, for catalogs and command lines.
struct Preset {
  std::string name;
  std::string about;
  std::function<FaultMix(Seed)> faults;
};
std::vector<Preset> Presets();

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PRESETS_H_
