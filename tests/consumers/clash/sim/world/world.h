// World: the planet that a game simulates.

#ifndef SIM_WORLD_WORLD_H_
#define SIM_WORLD_WORLD_H_

namespace sim {

struct World {
  int continents = 7;
};

}  // namespace sim

#endif  // SIM_WORLD_WORLD_H_
