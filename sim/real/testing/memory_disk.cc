#include "reprise/sim/real/testing/memory_disk.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/env/disk.h"

namespace reprise {
namespace {

absl::Status Dead() { return absl::UnavailableError("the process is dead"); }

// Counts an operation; returns whether it is done.
bool Spend(MemoryFiles& files) {
  if (files.left == 0) {
    files.is_dead = true;
    return false;
  }
  --files.left;
  return true;
}

}  // namespace

class MemoryDisk::OpenFile final : public File {
 public:
  OpenFile(MemoryFiles& files, std::shared_ptr<std::string> content)
      : files_(files), content_(std::move(content)) {}

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    if (!Spend(files_)) return Dead();
    return content_->substr(std::min<uint64_t>(offset, content_->size()),
                            length);
  }
  absl::Status Write(uint64_t offset, std::string_view bytes) override {
    const bool was_dead = files_.is_dead;
    const bool is_done = Spend(files_);
    if (was_dead) return Dead();
    if (!is_done) bytes = bytes.substr(0, bytes.size() / 2);
    if (!bytes.empty()) {
      content_->resize(
          std::max<uint64_t>(content_->size(), offset + bytes.size()));
      content_->replace(offset, bytes.size(), bytes);
    }
    return is_done ? absl::OkStatus() : Dead();
  }
  absl::Status Append(std::string_view bytes) override {
    return Write(Size(), bytes);
  }
  absl::Status Truncate(uint64_t size) override {
    if (!Spend(files_)) return Dead();
    content_->resize(size);
    return absl::OkStatus();
  }
  absl::Status Sync() override {
    return Spend(files_) ? absl::OkStatus() : Dead();
  }
  uint64_t Size() const override { return content_->size(); }

 private:
  MemoryFiles& files_;
  const std::shared_ptr<std::string> content_;
};

absl::StatusOr<std::unique_ptr<File>> MemoryDisk::Open(std::string_view name,
                                                       OpenMode mode) {
  if (!Spend(files_)) return Dead();
  auto found = files_.names.find(name);
  if (found == files_.names.end()) {
    if (mode == OpenMode::kExisting) return absl::NotFoundError("no file");
    found = files_.names.emplace(name, std::make_shared<std::string>()).first;
  }
  return std::make_unique<OpenFile>(files_, found->second);
}

absl::Status MemoryDisk::Rename(std::string_view from, std::string_view to) {
  if (!Spend(files_)) return Dead();
  const auto found = files_.names.find(from);
  if (found == files_.names.end()) return absl::NotFoundError("no file");
  const std::shared_ptr<std::string> content = found->second;
  files_.names.erase(found);
  files_.names.insert_or_assign(std::string(to), content);
  return absl::OkStatus();
}

absl::Status MemoryDisk::Remove(std::string_view name) {
  if (!Spend(files_)) return Dead();
  const auto found = files_.names.find(name);
  if (found == files_.names.end()) return absl::NotFoundError("no file");
  files_.names.erase(found);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> MemoryDisk::List() {
  if (!Spend(files_)) return Dead();
  std::vector<std::string> names;
  for (const auto& [name, content] : files_.names) names.push_back(name);
  return names;
}

absl::Status MemoryDisk::SyncDirectory() {
  return Spend(files_) ? absl::OkStatus() : Dead();
}

}  // namespace reprise
