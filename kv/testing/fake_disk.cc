#include "reprise/kv/testing/fake_disk.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace reprise::kv {
namespace {

// Small, so that small files have many.
constexpr size_t kSectorBytes = 16;

// What is left of bytes [begin, end) that were `old` and became `content`.
void LeaveSector(std::string_view content, std::string_view old, size_t begin,
                 size_t end, RandomStream& draws, std::string& left) {
  const int64_t fate = draws.Uniform(0, 3);
  const size_t middle = (begin + end) / 2;
  for (size_t i = begin; i < end; ++i) {
    const char before = i < old.size() ? old[i] : '\0';
    const char after = i < content.size() ? content[i] : '\0';
    left[i] = before;
    if (before == after && i < old.size()) continue;
    if (fate == 0 || (fate == 1 && i < middle)) left[i] = after;
    if (fate == 2) left[i] = static_cast<char>(draws.Next());
  }
}

}  // namespace

class FakeDisk::OpenFile final : public File {
 public:
  OpenFile(FakeDisk& disk, Inode& inode) : disk_(disk), inode_(inode) {}

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    const absl::Status status = disk_.Ask("Read");
    if (!status.ok()) return status;
    return inode_.content.substr(std::min(offset, Size()), length);
  }
  absl::Status Write(uint64_t offset, std::string_view bytes) override {
    const absl::Status status = disk_.Ask("Write");
    WriteAt(offset, status.ok() ? bytes : bytes.substr(0, bytes.size() / 2));
    return status;
  }
  absl::Status Append(std::string_view bytes) override {
    const absl::Status status = disk_.Ask("Append");
    WriteAt(Size(), status.ok() ? bytes : bytes.substr(0, bytes.size() / 2));
    return status;
  }
  absl::Status Truncate(uint64_t size) override {
    const absl::Status status = disk_.Ask("Truncate");
    if (status.ok()) inode_.content.resize(size);
    return status;
  }
  absl::Status Sync() override {
    const absl::Status status = disk_.Ask("Sync");
    if (status.ok()) inode_.durable = inode_.content;
    return status;
  }
  uint64_t Size() const override { return inode_.content.size(); }

 private:
  void WriteAt(uint64_t offset, std::string_view bytes) {
    std::string& content = inode_.content;
    content.resize(std::max<size_t>(content.size(), offset + bytes.size()));
    content.replace(offset, bytes.size(), bytes);
  }

  FakeDisk& disk_;
  Inode& inode_;
};

void FakeDisk::Crash(Unsynced unsynced, RandomStream& draws) {
  for (const Change& change : changes_) {
    const bool is_kept = unsynced == Unsynced::kKept ||
                         (unsynced == Unsynced::kDrawn && draws.Chance({1, 2}));
    if (is_kept) Apply(change, durable_names_);
  }
  changes_.clear();
  names_ = durable_names_;
  for (const std::unique_ptr<Inode>& inode : inodes_) {
    inode->content = Leave(*inode, unsynced, draws);
    inode->durable = inode->content;
  }
}

std::string* FakeDisk::Content(std::string_view name) {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second->content;
}

absl::StatusOr<std::unique_ptr<File>> FakeDisk::Open(std::string_view name,
                                                     OpenMode mode) {
  const absl::Status status = Ask("Open");
  if (!status.ok()) return status;
  auto found = names_.find(name);
  if (found == names_.end()) {
    if (mode == OpenMode::kExisting) return absl::NotFoundError("no such file");
    inodes_.push_back(std::make_unique<Inode>());
    changes_.push_back({"", std::string(name), inodes_.back().get()});
    Apply(changes_.back(), names_);
    found = names_.find(name);
  }
  return std::make_unique<OpenFile>(*this, *found->second);
}

absl::Status FakeDisk::Rename(std::string_view from, std::string_view to) {
  const absl::Status status = Ask("Rename");
  if (!status.ok()) return status;
  const auto found = names_.find(from);
  if (found == names_.end()) return absl::NotFoundError("no such file");
  changes_.push_back({std::string(from), std::string(to), found->second});
  Apply(changes_.back(), names_);
  return absl::OkStatus();
}

absl::Status FakeDisk::Remove(std::string_view name) {
  const absl::Status status = Ask("Remove");
  if (!status.ok()) return status;
  const auto found = names_.find(name);
  if (found == names_.end()) return absl::NotFoundError("no such file");
  changes_.push_back({std::string(name), "", found->second});
  Apply(changes_.back(), names_);
  return absl::OkStatus();
}

absl::StatusOr<std::vector<std::string>> FakeDisk::List() {
  const absl::Status status = Ask("List");
  if (!status.ok()) return status;
  std::vector<std::string> names;
  for (const auto& [name, inode] : names_) names.push_back(name);
  return names;
}

absl::Status FakeDisk::SyncDirectory() {
  const absl::Status status = Ask("SyncDirectory");
  if (!status.ok()) return status;
  durable_names_ = names_;
  changes_.clear();
  return absl::OkStatus();
}

absl::Status FakeDisk::Ask(std::string_view operation) const {
  return before == nullptr ? absl::OkStatus() : before(operation);
}

void FakeDisk::Apply(const Change& change, Names& names) {
  const auto from = names.find(change.from);
  if (from != names.end() && from->second == change.inode) names.erase(from);
  if (!change.to.empty()) names[change.to] = change.inode;
}

std::string FakeDisk::Leave(const Inode& inode, Unsynced unsynced,
                            RandomStream& draws) {
  if (unsynced == Unsynced::kKept) return inode.content;
  if (unsynced == Unsynced::kLost) return inode.durable;
  if (inode.content == inode.durable) return inode.durable;
  std::string left(
      draws.Chance({1, 2}) ? inode.content.size() : inode.durable.size(), '\0');
  for (size_t begin = 0; begin < left.size(); begin += kSectorBytes) {
    LeaveSector(inode.content, inode.durable, begin,
                std::min(begin + kSectorBytes, left.size()), draws, left);
  }
  return left;
}

}  // namespace reprise::kv
