// UnsyncedContent: what one file of an UnsyncedDisk holds: all of it in memory,
// and on the inner disk what was synced.
//
// Guarantees: the inner file is changed by Sync() alone. Where a Sync fails, or
// the process dies in it, it holds what the first so many changes since the
// last one make of it.
//
//   UnsyncedContent content(inner, "7");
//   absl::Status status = content.Load();
//   if (status.ok()) status = content.Write(0, "record");
//   if (status.ok()) status = content.Sync();

#ifndef REPRISE_SIM_REAL_UNSYNCED_CONTENT_H_
#define REPRISE_SIM_REAL_UNSYNCED_CONTENT_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/env/disk.h"

namespace reprise {

// Invariants: bytes_ is what changes_ make of the inner file; the first
// syncing_ of them are on their way to it, or were when the Sync was cancelled.
class UnsyncedContent {
 public:
  // No file is longer, as it is held in memory.
  static constexpr uint64_t kBytesMax = uint64_t{1} << 30;

  // Empty. `inner` must outlive it; its file is `name`.
  UnsyncedContent(Disk& inner, std::string name)
      : inner_(inner), name_(std::move(name)) {}

  // Reads what is synced; nothing where there is no such file. Requires that
  // it was not written to; may be called again. Errors: those of the inner
  // disk.
  absl::Status Load();

  std::string_view bytes() const { return bytes_; }
  // Errors: ResourceExhausted.
  absl::Status Write(uint64_t offset, std::string_view bytes);
  absl::Status Truncate(uint64_t size);
  // Errors: Unavailable, Cancelled.
  absl::Status Sync();
  bool IsSynced() const { return changes_.empty(); }

 private:
  // Bytes that are written, or the size that the file is given.
  struct Change {
    uint64_t at = 0;
    std::string bytes = {};
    bool is_size = false;
  };

  absl::Status StoreChanges(size_t count);
  static absl::Status Store(const Change& change, File& file);

  Disk& inner_;
  const std::string name_;
  bool is_loaded_ = false;
  std::string bytes_;
  std::deque<Change> changes_;  // Since the last Sync.
  size_t syncing_ = 0;
  std::unique_ptr<File> file_;   // Null: not opened yet.
  bool is_name_synced_ = false;  // The inner file's.
  Mutex mutex_{"a sync of the file"};
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_UNSYNCED_CONTENT_H_
