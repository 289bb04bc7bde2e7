// The files in which a durable server keeps its state.
//
//   checkpoint       a generation and the snapshot that it begins with
//   checkpoint.new   the next one while it is being written
//   log-7            the changes since the checkpoint of generation 7
//
// A new checkpoint is written under its temporary name, synced, and takes its
// final name by an atomic rename, after the empty log that belongs to it is
// durable. So at each instant exactly one checkpoint counts, it is whole, and
// it has its log: whatever else is found, such as a damaged checkpoint or one
// without its log, is damage by the disk and reported as such.
//
//   absl::StatusOr<SavedState> state = LoadState(disk);
//   auto log = SaveCheckpoint(disk, state->generation + 1, snapshot);
//   if (log.ok()) (*log)->Append(EncodeRecord(...));

#ifndef REPRISE_KV_STORAGE_CHECKPOINT_H_
#define REPRISE_KV_STORAGE_CHECKPOINT_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/network.h"

namespace reprise::kv {

inline constexpr std::string_view kCheckpointName = "checkpoint";
inline constexpr std::string_view kNewCheckpointName = "checkpoint.new";
inline constexpr std::string_view kLogPrefix = "log-";

std::string LogName(uint64_t generation);

struct SavedState {
  uint64_t generation = 0;  // 0: nothing was ever saved.
  Bytes snapshot = {};
  Bytes log = {};
};

// The state on the disk, which is only read. Errors: DataLoss for damage and
// where the disk fails to read; Cancelled.
absl::StatusOr<SavedState> LoadState(Disk& disk);

// The latest generation that a file of the disk may belong to, also where
// LoadState finds damage: a checkpoint of a later one replaces whatever is
// there. Errors: DataLoss where the disk fails to read; Cancelled.
absl::StatusOr<uint64_t> LatestGeneration(Disk& disk);

// Makes `snapshot` the checkpoint, and returns the empty log that belongs to
// it. After an error either the old or the new checkpoint may be found by
// LoadState, now or after a crash, so that the old log must not grow any more.
// The logs of all generations before go: those that a crash has brought back
// since they were removed for good, so that at most one log is on the disk
// beside that of the present checkpoint. Where there is no checkpoint they
// stay, as they show that it is lost. Requires `generation` to follow that of
// the present checkpoint, or LatestGeneration where there is damage; after an
// error it is the same as before. Errors: as those of Disk and File.
absl::StatusOr<std::unique_ptr<File>> SaveCheckpoint(Disk& disk,
                                                     uint64_t generation,
                                                     std::string_view snapshot);

}  // namespace reprise::kv

#endif  // REPRISE_KV_STORAGE_CHECKPOINT_H_
