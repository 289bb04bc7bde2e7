// The errors of a Disk, from those of the system.
//
//   if (pwrite(...) < 0) return WriteError("cannot write", errno);

#ifndef REPRISE_SIM_REAL_DISK_ERROR_H_
#define REPRISE_SIM_REAL_DISK_ERROR_H_

#include <string_view>

#include "absl/status/status.h"

namespace reprise {

// Whether `error`, as errno, says that there is no room.
bool IsFull(int error);

// "what: Input/output error". ResourceExhausted where there is no room, else
// Unavailable.
absl::Status WriteError(std::string_view what, int error);
// DataLoss.
absl::Status ReadError(std::string_view what, int error);
// Unavailable.
absl::Status SyncError(std::string_view what, int error);

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_DISK_ERROR_H_
