#include "reprise/sim/real/file_content.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/real/disk_error.h"
#include "reprise/sim/real/file_calls.h"

namespace reprise {

// As much of the file as there is, or as can be read: then `error` says why.
std::string FileContent::ReadUpTo(uint64_t offset, uint64_t length,
                                  int& error) const {
  if (offset >= size_) return "";
  std::string bytes(std::min(length, size_ - offset), '\0');
  const Transfer read = ReadFully(calls_, file_.get(), offset, bytes);
  error = read.error;
  bytes.resize(read.count);
  return bytes;
}

absl::StatusOr<std::string> FileContent::Read(uint64_t offset,
                                              uint64_t length) const {
  int error = 0;
  std::string bytes = ReadUpTo(offset, length, error);
  if (error != 0) return ReadError("the file cannot be read", error);
  return bytes;
}

absl::Status FileContent::Write(uint64_t offset, std::string_view bytes) {
  if (bytes.empty()) return absl::OkStatus();
  // What cannot be read cannot be put back, but may be replaced all the same.
  int ignored = 0;
  const std::string replaced = ReadUpTo(offset, bytes.size(), ignored);
  is_dirty_ = true;
  const Transfer written = WriteFully(calls_, file_.get(), offset, bytes);
  if (written.error == 0) {
    size_ = std::max(size_, offset + bytes.size());
    return absl::OkStatus();
  }
  const absl::Status error =
      WriteError("the file cannot be written", written.error);
  if (written.count == 0) return error;
  if (IsFull(written.error) && Undo(offset, written.count, replaced)) {
    return error;
  }
  size_ = std::max(size_, offset + written.count);
  return SyncError("a part of what was to be written is", written.error);
}

// Puts `replaced` back in place of the `count` bytes that were written.
bool FileContent::Undo(uint64_t offset, uint64_t count,
                       std::string_view replaced) {
  const std::string_view lost =
      replaced.substr(0, std::min<uint64_t>(count, replaced.size()));
  if (WriteFully(calls_, file_.get(), offset, lost).error != 0) return false;
  if (offset + lost.size() < std::min(size_, offset + count)) return false;
  return offset + count <= size_ ||
         TruncateFully(calls_, file_.get(), size_) == 0;
}

absl::Status FileContent::Truncate(uint64_t size) {
  is_dirty_ = true;
  const int error = TruncateFully(calls_, file_.get(), size);
  if (error != 0) return WriteError("the file cannot be cut off", error);
  size_ = size;
  return absl::OkStatus();
}

absl::Status FileContent::Sync() {
  if (sync_error_ != 0) {
    return SyncError("an earlier sync of the file failed", sync_error_);
  }
  if (!is_dirty_) return absl::OkStatus();
  sync_error_ = SyncData(calls_, file_.get());
  if (sync_error_ != 0) {
    return SyncError("the file cannot be synced", sync_error_);
  }
  is_dirty_ = false;
  return absl::OkStatus();
}

}  // namespace reprise
