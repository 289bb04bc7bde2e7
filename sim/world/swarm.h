// The preset `swarm` (presets.h).
//
//   World world({.seed = seed, .faults = fault::Swarm{.seed = seed}});

#ifndef REPRISE_SIM_WORLD_SWARM_H_
#define REPRISE_SIM_WORLD_SWARM_H_

#include <cstdint>
#include <string>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/world/faults.h"

namespace reprise::fault {

// A mix that is itself drawn: each source is off in about half of the seeds, a
// rare one in more, and otherwise of a strength of its own. Disks lose nothing
// that was synced unless `data_loss` says so; fault sites are on in four fifths
// of the seeds, as FoundationDB has them; zones pause and crash, where there
// are any, in a quarter each. See Groce, Zhang, Eide, Chen and Regehr, "Swarm
// testing", ISSTA 2012.
struct Swarm {
  Seed seed = {};
  // Whether nodes with a program crash, now and then at points, and restart
  // with their disks: code that keeps nothing on a disk does not survive it.
  bool crashes = false;
  // A label of the code under test at which half of the seeds aim; "": none.
  std::string label = {};
  // Whether disks lose what was synced: they rot, lose and misdirect writes,
  // and restarts after crashes may be empty. For scenarios that say whom this
  // spares (World::KeepMajority), or that survive it on every node.
  bool data_loss = false;
  // The most that clocks drift, in microseconds a second: 1 % at most in most
  // seeds, up to 10 % in an eighth of them. Leases promise only so much.
  int64_t drift_ppm_max = 100'000;
  operator FaultMix() const;  // NOLINT
};

}  // namespace reprise::fault

#endif  // REPRISE_SIM_WORLD_SWARM_H_
