// The disk of one node: named files in one directory.
//
// What is written is visible at once and durable only after a sync. When the
// node crashes, each sector that was written since its file's last Sync may be
// kept, lost, torn or garbled, and so may the file's growth; files that were
// created, renamed or removed since the last SyncDirectory may be found under
// either their old or their new names. A rename is atomic: a crash never leaves
// half of it. A byte that was synced, and has not been written again since,
// survives a crash unchanged.
//
// Every operation may suspend. A crash ends the task inside an operation, and
// what it was writing counts as not synced. While a crashed task unwinds, every
// operation returns Cancelled and does nothing; so do, for ever, the files that
// were opened before the crash.
//
//   auto log = disk.Open("log", OpenMode::kCreate);
//   if (log.ok()) status = (*log)->Append(record);
//   if (status.ok()) status = (*log)->Sync();        // The record is safe ...
//   if (status.ok()) status = disk.SyncDirectory();  // ... and so is its name.

#ifndef REPRISE_SIM_ENV_DISK_H_
#define REPRISE_SIM_ENV_DISK_H_

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/text/text_view.h"

namespace reprise {

// The size of a sector; a crash decides the fate of each sector by itself.
// Sector n of a file begins at byte n * kSectorBytes.
inline constexpr uint64_t kSectorBytes = 512;

enum class OpenMode {
  kExisting,  // NotFound where there is none.
  kCreate,    // Makes an empty file where there is none.
};

// An open file; it must not outlive its disk. Renaming or removing its name
// does not affect it. Offsets and sizes are in bytes. Errors of all operations
// but Size: DataLoss where the disk fails to read (the next attempt may
// succeed), Unavailable where it fails to write (nothing, or a first part, was
// written) or to sync (nothing more is durable), ResourceExhausted where it is
// full (nothing was written), Cancelled.
class File {
 public:
  virtual ~File() = default;

  // What is stored at `offset`; shorter than `length` only at the file's end.
  virtual absl::StatusOr<std::string> Read(uint64_t offset,
                                           uint64_t length) = 0;
  // Replaces what is stored at `offset`, or extends the file; a gap between its
  // end and `offset` reads as zero bytes.
  virtual absl::Status Write(uint64_t offset, std::string_view bytes) = 0;
  // Write at the file's end.
  virtual absl::Status Append(std::string_view bytes) = 0;
  // Cuts the file off after `size` bytes, or extends it by zero bytes.
  virtual absl::Status Truncate(uint64_t size) = 0;
  // Makes the file's present content durable, though not its name.
  virtual absl::Status Sync() = 0;
  virtual uint64_t Size() const = 0;

  // The same for Abseil's text.
  template <AbslText Text>
  absl::Status Write(uint64_t offset, Text bytes) {
    return Write(offset, TextView(bytes));
  }
  template <AbslText Text>
  absl::Status Append(Text bytes) {
    return Append(TextView(bytes));
  }
};

// Requires of a name that it is not empty and has no '/'.
class Disk {
 public:
  virtual ~Disk() = default;

  // Errors: NotFound; Cancelled; as for a write where a file is created.
  virtual absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                                     OpenMode mode) = 0;
  // Replaces a file that has the name `to`. Errors: NotFound; as for a write.
  virtual absl::Status Rename(std::string_view from, std::string_view to) = 0;
  // Errors: NotFound; as for a write.
  virtual absl::Status Remove(std::string_view name) = 0;
  // The names of all files, sorted. Errors: DataLoss; Cancelled.
  virtual absl::StatusOr<std::vector<std::string>> List() = 0;
  // Makes all creations, renames and removals so far durable. Errors: as for
  // File::Sync.
  virtual absl::Status SyncDirectory() = 0;

  // The same for Abseil's text.
  template <AbslText Text>
  absl::StatusOr<std::unique_ptr<File>> Open(Text name, OpenMode mode) {
    return Open(TextView(name), mode);
  }
  template <AbslText Text>
  absl::Status Remove(Text name) {
    return Remove(TextView(name));
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_DISK_H_
