// FakeDisk: a Disk in memory that can fail and crash, for unit tests.
//
// Guarantees: an operation for which `before` answers an error has no effect,
// but for an Append or Write, of which half is written; Crash leaves what was
// synced as it was and of the rest what Unsynced says. Nothing suspends unless
// `before` does. Files that are open during a crash must not be used after it.
//
//   FakeDisk disk;
//   disk.before = [&](std::string_view operation) { return ...; };
//   SaveCheckpoint(disk, 1, "snapshot");
//   disk.Crash(Unsynced::kDrawn, draws);
//   LoadState(disk);

#ifndef REPRISE_KV_TESTING_FAKE_DISK_H_
#define REPRISE_KV_TESTING_FAKE_DISK_H_

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/env/disk.h"

namespace reprise::kv {

// What a crash leaves of what was not synced.
enum class Unsynced {
  kKept,
  kLost,
  // Each sector is kept, lost, torn or garbled, and each change of a name kept
  // or lost.
  kDrawn,
};

class FakeDisk final : public Disk {
 public:
  // Asked before each operation, by its name: "Open", "Append" ...
  std::function<absl::Status(std::string_view operation)> before;

  // `draws` is used for kDrawn only.
  void Crash(Unsynced unsynced, RandomStream& draws);

  // The content of a file, for tests to look at and to damage; null where there
  // is none. Damage is durable after the next crash that loses nothing.
  std::string* Content(std::string_view name);

  absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                             OpenMode mode) override;
  absl::Status Rename(std::string_view from, std::string_view to) override;
  absl::Status Remove(std::string_view name) override;
  absl::StatusOr<std::vector<std::string>> List() override;
  absl::Status SyncDirectory() override;

 private:
  struct Inode {
    std::string content;
    std::string durable;
  };
  using Names = std::map<std::string, Inode*, std::less<>>;
  // A name that changed since the last SyncDirectory: `inode` went from one to
  // the other; either may be empty.
  struct Change {
    std::string from;
    std::string to;
    Inode* inode;
  };
  class OpenFile;

  absl::Status Ask(std::string_view operation) const;
  static void Apply(const Change& change, Names& names);
  static std::string Leave(const Inode& inode, Unsynced unsynced,
                           RandomStream& draws);

  Names names_;
  Names durable_names_;
  std::vector<Change> changes_;
  std::vector<std::unique_ptr<Inode>> inodes_;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_TESTING_FAKE_DISK_H_
