// UnsyncedDisk: to come.

#ifndef REPRISE_SIM_REAL_UNSYNCED_DISK_H_
#define REPRISE_SIM_REAL_UNSYNCED_DISK_H_

#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/env/disk.h"

namespace reprise {

class UnsyncedDisk : public Disk {
 public:
  static absl::StatusOr<std::unique_ptr<UnsyncedDisk>> Open(
      std::unique_ptr<Disk>) {
    return absl::UnimplementedError("no disk yet");
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_UNSYNCED_DISK_H_
