#include "reprise/sim/real/unsynced_content.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/env/disk.h"

namespace reprise {
namespace {

absl::Status Full() {
  return absl::ResourceExhaustedError("the disk holds no file of that size");
}

}  // namespace

absl::Status UnsyncedContent::Load() {
  const MutexLock lock(mutex_);
  if (is_loaded_) return absl::OkStatus();
  absl::StatusOr<std::unique_ptr<File>> file =
      inner_.Open(name_, OpenMode::kExisting);
  if (absl::IsNotFound(file.status())) {
    is_loaded_ = true;
    return absl::OkStatus();
  }
  if (!file.ok()) return file.status();
  absl::StatusOr<std::string> bytes = (*file)->Read(0, (*file)->Size());
  if (!bytes.ok()) return bytes.status();
  bytes_ = *std::move(bytes);
  file_ = *std::move(file);
  is_loaded_ = true;
  return absl::OkStatus();
}

absl::Status UnsyncedContent::Write(uint64_t offset, std::string_view bytes) {
  if (offset > kBytesMax || bytes.size() > kBytesMax - offset) return Full();
  if (bytes.empty()) return absl::OkStatus();
  bytes_.resize(std::max<size_t>(bytes_.size(), offset + bytes.size()));
  bytes_.replace(offset, bytes.size(), bytes);
  if (changes_.size() > syncing_) {
    Change& last = changes_.back();
    if (!last.is_size && last.at + last.bytes.size() == offset) {
      last.bytes += bytes;
      return absl::OkStatus();
    }
  }
  changes_.push_back({.at = offset, .bytes = std::string(bytes)});
  return absl::OkStatus();
}

absl::Status UnsyncedContent::Truncate(uint64_t size) {
  if (size > kBytesMax) return Full();
  bytes_.resize(size);
  changes_.push_back({.at = size, .is_size = true});
  return absl::OkStatus();
}

absl::Status UnsyncedContent::Sync() {
  const MutexLock lock(mutex_);
  if (IsSynced()) return absl::OkStatus();
  syncing_ = changes_.size();
  const absl::Status status = StoreChanges(syncing_);
  if (status.ok()) {
    changes_.erase(changes_.begin(),
                   changes_.begin() + static_cast<ptrdiff_t>(syncing_));
  }
  syncing_ = 0;
  if (status.ok() || absl::IsCancelled(status)) return status;
  return absl::UnavailableError(
      absl::StrCat("the sync failed: ", status.message()));
}

// Where it fails, all of them are stored again: a change says what is to be,
// so those that were stored do no harm.
absl::Status UnsyncedContent::StoreChanges(size_t count) {
  if (file_ == nullptr) {
    absl::StatusOr<std::unique_ptr<File>> file =
        inner_.Open(name_, OpenMode::kCreate);
    if (!file.ok()) return file.status();
    file_ = *std::move(file);
  }
  for (size_t i = 0; i < count; ++i) {
    const absl::Status status = Store(changes_[i], *file_);
    if (!status.ok()) return status;
  }
  absl::Status status = file_->Sync();
  if (!status.ok() || is_name_synced_) return status;
  status = inner_.SyncDirectory();
  is_name_synced_ = status.ok();
  return status;
}

absl::Status UnsyncedContent::Store(const Change& change, File& file) {
  if (change.is_size) return file.Truncate(change.at);
  return file.Write(change.at, change.bytes);
}

}  // namespace reprise
