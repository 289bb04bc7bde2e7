// The decisions about a disk: those of each file and those of its directory.
//
// The entity of the directory is "server/". The entity of a file is
// "server/log", after the name it was made under; the second file that is made
// under that name has "server/log/2", and so on. So one more file shifts no
// draw of another.
//
// Decisions about a crash are numbered by its time and by what it strikes
// (CrashIndex), so that one crash shifts no draw of another.

#ifndef REPRISE_SIM_WORLD_DISK_DECISIONS_H_
#define REPRISE_SIM_WORLD_DISK_DECISIONS_H_

#include <cstdint>
#include <string_view>

#include "reprise/sim/core/time.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

struct DiskDecisions {
  DecisionStream read_delay;
  DecisionStream read_error;
  DecisionStream write_delay;
  DecisionStream write_error;
  DecisionStream sync_delay;
  DecisionStream sync_error;
  DecisionStream bit_rot;
};

inline DiskDecisions OpenDiskDecisions(Decisions& decisions,
                                       std::string_view entity) {
  return {.read_delay = decisions.Open(entity, Purpose::kReadDelay),
          .read_error = decisions.Open(entity, Purpose::kReadError),
          .write_delay = decisions.Open(entity, Purpose::kWriteDelay),
          .write_error = decisions.Open(entity, Purpose::kWriteError),
          .sync_delay = decisions.Open(entity, Purpose::kSyncDelay),
          .sync_error = decisions.Open(entity, Purpose::kSyncError),
          .bit_rot = decisions.Open(entity, Purpose::kBitRot)};
}

// About what a file's operations do and do not say, numbered by its writes and
// by its reads.
struct SilentDecisions {
  DecisionStream write_lost;
  DecisionStream write_misdirected;
  DecisionStream read_misdirected;
};

inline SilentDecisions OpenSilentDecisions(Decisions& decisions,
                                           std::string_view entity) {
  return {
      .write_lost = decisions.Open(entity, Purpose::kWriteLost),
      .write_misdirected = decisions.Open(entity, Purpose::kWriteMisdirected),
      .read_misdirected = decisions.Open(entity, Purpose::kReadMisdirected)};
}

// The most sectors that a file may have: 8 GiB of them.
inline constexpr uint64_t kSectorsMax = uint64_t{1} << 24;

// The index of a decision about `part`, below kSectorsMax, at a crash.
inline uint64_t CrashIndex(VirtualTime crash, uint64_t part) {
  const auto microseconds = static_cast<uint64_t>(crash.nanoseconds()) / 1000;
  return microseconds * kSectorsMax + part;
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DISK_DECISIONS_H_
