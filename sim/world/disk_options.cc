#include "reprise/sim/world/disk_options.h"

namespace reprise {

DiskOptions Calmed(const DiskOptions& disk) {
  const auto calmed = [](const DelayOptions& delay) {
    return DelayOptions{
        .calm = delay.calm, .minimum = delay.calm, .maximum = delay.calm};
  };
  return {.read = calmed(disk.read),
          .write = calmed(disk.write),
          .sync = calmed(disk.sync),
          .capacity_bytes = disk.capacity_bytes};
}

}  // namespace reprise
