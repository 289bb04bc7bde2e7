// MemoryDisk: a Disk in memory that a process uses and leaves behind when it is
// killed, as it leaves the files of a folder.
//
// Nothing suspends and all that is written stays, synced or not: that is what
// a kill does to a real disk. After `left` operations more the process is dead:
// of the first operation that is too many, a write does half, and then nothing
// does anything.
//
//   MemoryFiles files;
//   MemoryDisk disk(files);
//   files.left = 3;

#ifndef REPRISE_SIM_REAL_TESTING_MEMORY_DISK_H_
#define REPRISE_SIM_REAL_TESTING_MEMORY_DISK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/env/disk.h"

namespace reprise {

struct MemoryFiles {
  std::map<std::string, std::shared_ptr<std::string>, std::less<>> names;
  uint64_t left = UINT64_MAX;  // 0: it is dead.
  bool is_dead = false;        // Whether an operation was too many.
};

class MemoryDisk final : public Disk {
 public:
  // `files` must outlive it.
  explicit MemoryDisk(MemoryFiles& files) : files_(files) {}

  absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                             OpenMode mode) override;
  absl::Status Rename(std::string_view from, std::string_view to) override;
  absl::Status Remove(std::string_view name) override;
  absl::StatusOr<std::vector<std::string>> List() override;
  absl::Status SyncDirectory() override;

 private:
  class OpenFile;

  MemoryFiles& files_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_TESTING_MEMORY_DISK_H_
