// DiskOutages: what befalls the disks of a world tick by tick: they stand
// still, they are full, bits of them rot.
//
// Each is a decision of the disk, "server/", numbered by the tick. Only disks
// that were used are asked about.
//
//   DiskOutages disks(outages);
//   if (disks.AreOn()) disks.Tick(7);

#ifndef REPRISE_SIM_WORLD_DISK_OUTAGES_H_
#define REPRISE_SIM_WORLD_DISK_OUTAGES_H_

#include <cstdint>
#include <vector>

#include "reprise/sim/core/time.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/outages.h"
#include "reprise/sim/world/simulated_disk.h"

namespace reprise {

class DiskOutages {
 public:
  // `outages` must outlive it.
  explicit DiskOutages(Outages& outages)
      : outages_(outages), options_(outages.faults().disks) {}

  // Whether the mix has any.
  bool AreOn() const;
  void Tick(uint64_t tick);

 private:
  struct DrawnOutage {
    DecisionStream stream;
    VirtualTime rest_end;  // It begins again no earlier.
  };
  // Of one disk.
  struct Drawn {
    DrawnOutage stall;
    DrawnOutage full;
    DecisionStream rot;
  };

  Drawn& Of(const Node& node);
  // How long the outage lasts that begins now; zero: none does.
  Duration Begin(DrawnOutage& outage, uint64_t tick,
                 const OutageOptions& options);
  void Rot(SimulatedDisk& disk, DecisionStream& stream, uint64_t tick);

  Outages& outages_;
  const DiskOptions& options_;
  std::vector<Drawn> disks_;  // By node.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DISK_OUTAGES_H_
