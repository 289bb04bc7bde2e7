// FileContent: what one file of a RealDisk holds, by calls that block.
//
// Guarantees: a failed operation leaves what sim/env/disk.h says. Sync calls
// the system only where something was written since the last one, and once it
// has failed, it fails for ever.
//
// Requires that no other process writes to the file. One thread at a time may
// use it.
//
//   FileContent content(calls, std::move(file), /*size=*/0);
//   absl::Status status = content.Append("record");
//   if (status.ok()) status = content.Sync();

#ifndef REPRISE_SIM_REAL_FILE_CONTENT_H_
#define REPRISE_SIM_REAL_FILE_CONTENT_H_

#include <sys/types.h>

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/real/file_calls.h"
#include "reprise/sim/real/file_descriptor.h"

namespace reprise {

class FileContent {
 public:
  // No file grows further; the system counts in this type.
  static constexpr uint64_t kSizeMax = std::numeric_limits<off_t>::max();

  // Of a file that may have been written to before, and has `size` bytes.
  // `calls` must outlive it.
  FileContent(const FileCalls& calls, FileDescriptor file, uint64_t size)
      : calls_(calls), file_(std::move(file)), size_(size) {}

  uint64_t size() const { return size_; }

  // As those of File; Write requires that the end is at most kSizeMax, and
  // Truncate that the size is.
  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) const;
  absl::Status Write(uint64_t offset, std::string_view bytes);
  absl::Status Append(std::string_view bytes) { return Write(size_, bytes); }
  absl::Status Truncate(uint64_t size);
  absl::Status Sync();

 private:
  std::string ReadUpTo(uint64_t offset, uint64_t length, int& error) const;
  bool Undo(uint64_t offset, uint64_t count, std::string_view replaced);

  const FileCalls& calls_;
  const FileDescriptor file_;
  uint64_t size_;
  bool is_dirty_ = true;
  int sync_error_ = 0;  // As errno, of the sync that failed; 0: none has.
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_FILE_CONTENT_H_
