// What the preset `swarm` draws of faults of links and methods (presets.h).

#ifndef REPRISE_SIM_WORLD_SWARM_LINKS_H_
#define REPRISE_SIM_WORLD_SWARM_LINKS_H_

#include "reprise/sim/world/mix_draws.h"
#include "reprise/sim/world/network_options.h"

namespace reprise {

// Flaps, bad links, slow methods, packets that are passed, and replies that
// come seconds late, to callers that wait for them: each a source of its own.
void DrawSwarmLinks(const MixDraws& draw, NetworkOptions& network);

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_SWARM_LINKS_H_
