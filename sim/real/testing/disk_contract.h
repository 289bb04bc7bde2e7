// What sim/env/disk.h says of every Disk, as expectations.
//
//   host.Run([&] { ExpectDiskContract(disk); });

#ifndef REPRISE_SIM_REAL_TESTING_DISK_CONTRACT_H_
#define REPRISE_SIM_REAL_TESTING_DISK_CONTRACT_H_

#include "reprise/sim/env/disk.h"

namespace reprise {

// Requires that the disk is empty and that a task is running. Leaves files.
void ExpectDiskContract(Disk& disk);

// In a task that unwinds: every operation of the disk and of a file of it
// answers Cancelled.
void ExpectCancelled(Disk& disk, File& file);

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_TESTING_DISK_CONTRACT_H_
