// tidy: allow-file(shared-ptr) a content is open several times
#include "reprise/sim/real/unsynced_disk.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/real/unsynced_content.h"
#include "reprise/sim/real/unwinding.h"

namespace reprise {
namespace {

constexpr std::string_view kNames = "names";
constexpr std::string_view kNewNames = "names-new";
constexpr std::string_view kMagic = "unsynced-disk 1\n";

// Takes a number, without a sign, and `end` from the front of `text`.
std::optional<uint64_t> TakeNumber(std::string_view& text, char end) {
  uint64_t number = 0;
  const char* last = text.data() + text.size();
  const std::from_chars_result result =
      std::from_chars(text.data(), last, number);
  if (result.ec != std::errc() || result.ptr == last || *result.ptr != end) {
    return std::nullopt;
  }
  text.remove_prefix(static_cast<size_t>(result.ptr - text.data()) + 1);
  return number;
}

// The number of an inner file of content.
std::optional<uint64_t> NumberOf(std::string_view inner_name) {
  uint64_t number = 0;
  std::from_chars(inner_name.data(), inner_name.data() + inner_name.size(),
                  number);
  if (std::to_string(number) != inner_name) return std::nullopt;
  return number;
}

void CheckName(std::string_view name) {
  REPRISE_CHECK(!name.empty() && name.find('/') == std::string_view::npos,
                "not a name for a file: \"", ToAbsl(name), "\"");
}

absl::Status NoFile(std::string_view name) {
  return absl::NotFoundError(absl::StrCat("no file ", ToAbsl(name)));
}

absl::Status NotOurs(std::string_view what) {
  return absl::FailedPreconditionError(absl::StrCat(
      "the disk was not used with unsynced writes held back: ", ToAbsl(what)));
}

}  // namespace

class UnsyncedDisk::OpenFile final : public File {
 public:
  explicit OpenFile(std::shared_ptr<UnsyncedContent> content)
      : content_(std::move(content)) {}

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    if (IsUnwinding()) return Unwinding();
    const std::string_view bytes = content_->bytes();
    return std::string(
        bytes.substr(std::min<uint64_t>(offset, bytes.size()), length));
  }
  absl::Status Write(uint64_t offset, std::string_view bytes) override {
    return IsUnwinding() ? Unwinding() : content_->Write(offset, bytes);
  }
  absl::Status Append(std::string_view bytes) override {
    return Write(Size(), bytes);
  }
  absl::Status Truncate(uint64_t size) override {
    return IsUnwinding() ? Unwinding() : content_->Truncate(size);
  }
  absl::Status Sync() override {
    return IsUnwinding() ? Unwinding() : content_->Sync();
  }
  uint64_t Size() const override { return content_->bytes().size(); }

 private:
  const std::shared_ptr<UnsyncedContent> content_;
};

absl::StatusOr<std::unique_ptr<UnsyncedDisk>> UnsyncedDisk::Open(
    std::unique_ptr<Disk> inner) {
  std::unique_ptr<UnsyncedDisk> disk(new UnsyncedDisk(std::move(inner)));
  const absl::Status status = disk->Load();
  if (!status.ok()) return status;
  return disk;
}

UnsyncedDisk::UnsyncedDisk(std::unique_ptr<Disk> inner)
    : inner_(std::move(inner)) {}

UnsyncedDisk::~UnsyncedDisk() = default;

absl::Status UnsyncedDisk::Load() {
  const absl::StatusOr<std::vector<std::string>> files = inner_->List();
  if (!files.ok()) return files.status();
  bool has_names = false;
  for (const std::string& file : *files) {
    has_names |= file == kNames;
    const std::optional<uint64_t> number = NumberOf(file);
    if (number.has_value()) {
      next_number_ = std::max(next_number_, *number + 1);
    } else if (file != kNames && file != kNewNames) {
      return NotOurs(absl::StrCat("it has a file ", file));
    }
  }
  if (!has_names && next_number_ > 1) return NotOurs("it has no file names");
  const absl::Status status = has_names ? LoadNames() : WriteNames({});
  return status.ok() ? RemoveUnused() : status;
}

absl::Status UnsyncedDisk::LoadNames() {
  const absl::StatusOr<std::unique_ptr<File>> file =
      inner_->Open(kNames, OpenMode::kExisting);
  if (!file.ok()) return file.status();
  const absl::StatusOr<std::string> text = (*file)->Read(0, (*file)->Size());
  if (!text.ok()) return text.status();
  absl::StatusOr<Names> names = Decode(*text);
  if (!names.ok()) return names.status();
  durable_names_ = names_ = *std::move(names);
  for (const auto& [name, number] : names_) {
    next_number_ = std::max(next_number_, number + 1);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<File>> UnsyncedDisk::Open(std::string_view name,
                                                         OpenMode mode) {
  CheckName(name);
  if (IsUnwinding()) return Unwinding();
  auto found = names_.find(name);
  if (found == names_.end()) {
    if (mode == OpenMode::kExisting) return NoFile(name);
    found = names_.emplace(name, next_number_++).first;
  }
  ForgetContents();
  std::shared_ptr<UnsyncedContent>& held = contents_[found->second];
  if (held == nullptr) {
    held = std::make_shared<UnsyncedContent>(*inner_,
                                             std::to_string(found->second));
  }
  std::shared_ptr<UnsyncedContent> content = held;
  const absl::Status status = content->Load();
  if (!status.ok()) return status;
  return std::make_unique<OpenFile>(std::move(content));
}

absl::Status UnsyncedDisk::Rename(std::string_view from, std::string_view to) {
  CheckName(from);
  CheckName(to);
  if (IsUnwinding()) return Unwinding();
  const auto found = names_.find(from);
  if (found == names_.end()) return NoFile(from);
  const uint64_t number = found->second;
  names_.erase(found);
  names_.insert_or_assign(std::string(to), number);
  return absl::OkStatus();
}

absl::Status UnsyncedDisk::Remove(std::string_view name) {
  CheckName(name);
  if (IsUnwinding()) return Unwinding();
  const auto found = names_.find(name);
  if (found == names_.end()) return NoFile(name);
  names_.erase(found);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> UnsyncedDisk::List() {
  if (IsUnwinding()) return Unwinding();
  std::vector<std::string> names;
  for (const auto& [name, number] : names_) names.push_back(name);
  return names;
}

absl::Status UnsyncedDisk::SyncDirectory() {
  if (IsUnwinding()) return Unwinding();
  const MutexLock lock(mutex_);
  const Names names = names_;
  absl::Status status = WriteNames(names);
  if (absl::IsCancelled(status)) return status;
  if (!status.ok()) {
    return absl::UnavailableError(
        absl::StrCat("the sync failed: ", status.message()));
  }
  durable_names_ = names;
  ForgetContents();
  // What stays is removed another time.
  status = RemoveUnused();
  return absl::IsCancelled(status) ? status : absl::OkStatus();
}

absl::Status UnsyncedDisk::WriteNames(const Names& names) {
  // A file whose sync has failed may be good for nothing any more.
  absl::Status status = inner_->Remove(kNewNames);
  if (!status.ok() && !absl::IsNotFound(status)) return status;
  const absl::StatusOr<std::unique_ptr<File>> file =
      inner_->Open(kNewNames, OpenMode::kCreate);
  if (!file.ok()) return file.status();
  status = (*file)->Append(Encode(names));
  if (status.ok()) status = (*file)->Sync();
  if (status.ok()) status = inner_->Rename(kNewNames, kNames);
  if (status.ok()) status = inner_->SyncDirectory();
  return status;
}

absl::Status UnsyncedDisk::RemoveUnused() {
  const absl::StatusOr<std::vector<std::string>> files = inner_->List();
  if (!files.ok()) return files.status();
  for (const std::string& file : *files) {
    const std::optional<uint64_t> number = NumberOf(file);
    if (number.has_value() ? IsNamed(*number) : file == kNames) continue;
    const absl::Status status = inner_->Remove(file);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

void UnsyncedDisk::ForgetContents() {
  std::erase_if(contents_, [this](const auto& entry) {
    const auto& [number, content] = entry;
    const bool is_open = content.use_count() > 1;
    return !is_open && (content->IsSynced() || !IsNamed(number));
  });
}

bool UnsyncedDisk::IsNamed(uint64_t number) const {
  for (const Names* names : {&names_, &durable_names_}) {
    for (const auto& [name, named] : *names) {
      if (named == number) return true;
    }
  }
  return false;
}

// A line for each file with its number and the length of its name, which
// follows.
std::string UnsyncedDisk::Encode(const Names& names) {
  std::string text(kMagic);
  for (const auto& [name, number] : names) {
    absl::StrAppend(&text, number, " ", name.size(), "\n", name, "\n");
  }
  return text;
}

absl::StatusOr<UnsyncedDisk::Names> UnsyncedDisk::Decode(
    std::string_view text) {
  const absl::Status error = NotOurs("its file names is none of ours");
  if (!text.starts_with(kMagic)) return error;
  text.remove_prefix(kMagic.size());
  Names names;
  while (!text.empty()) {
    const std::optional<uint64_t> number = TakeNumber(text, ' ');
    if (!number.has_value()) return error;
    const std::optional<uint64_t> size = TakeNumber(text, '\n');
    if (!size.has_value() || *size >= text.size()) return error;
    if (text[*size] != '\n') return error;
    names.emplace(text.substr(0, *size), *number);
    text.remove_prefix(*size + 1);
  }
  return names;
}

}  // namespace reprise
