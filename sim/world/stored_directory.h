// StoredDirectory: the names of a disk's files, as programs see them and as a
// crash would leave them.
//
// A name leads to a file's number. Each creation, rename and removal is one
// change; a sync makes those so far durable; a crash keeps or loses each of the
// others as a whole, in their order. A file has at most one name: a rename that
// is kept takes away whichever name the file then has. No file is lost because
// another took its old name: where a crash keeps the change that took the name,
// it also keeps the change that freed it.
//
//   directory.Change({.added = "log", .file = 1});
//   directory.Change({.removed = "log", .added = "old", .file = 1});
//   directory.EndSync(directory.BeginSync());

#ifndef REPRISE_SIM_WORLD_STORED_DIRECTORY_H_
#define REPRISE_SIM_WORLD_STORED_DIRECTORY_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace reprise {

// A name that goes, a name that comes, or both at once.
struct NameChange {
  std::string removed = {};
  std::string added = {};
  uint64_t file = 0;
};

// For people: "create log", "rename log to old", "remove old".
std::string DescribeChange(const NameChange& change);

class StoredDirectory {
 public:
  using Names = std::map<std::string, uint64_t, std::less<>>;

  // As programs see them.
  const Names& names() const { return names_; }
  // The file's number; 0 where there is none of this name.
  uint64_t Find(std::string_view name) const;
  // Whether a name leads to `file`, now or after a crash.
  bool Refers(uint64_t file) const;
  // All files to which a name leads, now or after a crash.
  std::set<uint64_t> Files() const;

  void Change(NameChange change);

  // How many changes a sync that begins now will make durable.
  uint64_t BeginSync() const { return changes_; }
  // Makes the first `changes` changes ever durable. Returns how many of them
  // were not durable before.
  size_t EndSync(uint64_t changes);

  bool IsSynced() const { return unsynced_.empty(); }
  // Oldest first.
  const std::vector<NameChange>& unsynced() const { return unsynced_; }

  // Loses each change that was not synced and that `is_lost` picks, except one
  // that a kept change needs. All others become durable. Returns what was lost.
  std::vector<NameChange> Crash(
      const std::function<bool(const NameChange&)>& is_lost);

 private:
  static void Apply(const NameChange& change, Names& names);

  Names names_;
  Names durable_;
  std::vector<NameChange> unsynced_;
  uint64_t changes_ = 0;  // Ever, synced or not.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_STORED_DIRECTORY_H_
