// RealDisk: to come.

#ifndef REPRISE_SIM_REAL_REAL_DISK_H_
#define REPRISE_SIM_REAL_REAL_DISK_H_

#include <filesystem>
#include <memory>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/real/event_loop.h"

namespace reprise {

class RealDisk : public Disk {
 public:
  static absl::StatusOr<std::unique_ptr<RealDisk>> Open(
      EventLoop&, const std::filesystem::path&) {
    return absl::UnimplementedError("no disk yet");
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_REAL_DISK_H_
