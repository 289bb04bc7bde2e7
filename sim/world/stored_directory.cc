#include "reprise/sim/world/stored_directory.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"

namespace reprise {

std::string DescribeChange(const NameChange& change) {
  if (change.removed.empty()) return absl::StrCat("create ", change.added);
  if (change.added.empty()) return absl::StrCat("remove ", change.removed);
  return absl::StrCat("rename ", change.removed, " to ", change.added);
}

uint64_t StoredDirectory::Find(std::string_view name) const {
  const auto found = names_.find(name);
  return found != names_.end() ? found->second : 0;
}

bool StoredDirectory::Refers(uint64_t file) const {
  const auto leads_to_file = [file](const auto& entry) {
    return entry.second == file;
  };
  const auto brings_file = [file](const NameChange& change) {
    return change.file == file && !change.added.empty();
  };
  return std::any_of(names_.begin(), names_.end(), leads_to_file) ||
         std::any_of(durable_.begin(), durable_.end(), leads_to_file) ||
         std::any_of(unsynced_.begin(), unsynced_.end(), brings_file);
}

std::set<uint64_t> StoredDirectory::Files() const {
  std::set<uint64_t> files;
  for (const auto& [name, file] : names_) files.insert(file);
  for (const auto& [name, file] : durable_) files.insert(file);
  for (const NameChange& change : unsynced_) {
    if (!change.added.empty()) files.insert(change.file);
  }
  return files;
}

void StoredDirectory::Change(NameChange change) {
  Apply(change, names_);
  unsynced_.push_back(std::move(change));
  ++changes_;
}

size_t StoredDirectory::EndSync(uint64_t changes) {
  const uint64_t durable = changes_ - unsynced_.size();
  if (changes <= durable) return 0;  // A later sync was faster.
  const auto count = static_cast<size_t>(changes - durable);
  const auto end = unsynced_.begin() + static_cast<ptrdiff_t>(count);
  for (auto change = unsynced_.begin(); change != end; ++change) {
    Apply(*change, durable_);
  }
  unsynced_.erase(unsynced_.begin(), end);
  return count;
}

std::vector<NameChange> StoredDirectory::Crash(
    const std::function<bool(const NameChange&)>& is_lost) {
  std::vector<bool> lost;
  for (const NameChange& change : unsynced_) lost.push_back(is_lost(change));
  // A name that is taken must have been given away before.
  std::set<std::string_view> taken;
  for (size_t i = unsynced_.size(); i-- > 0;) {
    const NameChange& change = unsynced_[i];
    if (taken.count(change.removed) > 0) lost[i] = false;
    if (!lost[i] && !change.added.empty()) taken.insert(change.added);
  }
  std::vector<NameChange> lost_changes;
  for (size_t i = 0; i < unsynced_.size(); ++i) {
    if (lost[i]) {
      lost_changes.push_back(unsynced_[i]);
    } else {
      Apply(unsynced_[i], durable_);
    }
  }
  unsynced_.clear();
  names_ = durable_;
  return lost_changes;
}

void StoredDirectory::Apply(const NameChange& change, Names& names) {
  // After a crash the file may have another name than `removed`, or none.
  std::erase_if(names, [&change](const auto& entry) {
    return entry.second == change.file;
  });
  if (!change.added.empty()) names[change.added] = change.file;
}

}  // namespace reprise
