// tidy: allow-file(shared-ptr) what a thread works on may outlive the disk
//
// RealDisk: a Disk over a folder of the machine.
//
// Guarantees: what sim/env/disk.h says, with these particulars. Operations take
// effect in the order of the calls; a thread of the disk's own does them, so
// the loop never blocks. A Sync costs one fdatasync, and nothing where all is
// durable already: of many tasks that sync one file at once, one pays. A full
// disk gives ResourceExhausted, and what the call had extended or replaced is
// put back.
//
// A sync that has failed is final: the system forgets what it could not write,
// so a later one would only pretend. Each further Sync of that file (or
// SyncDirectory) is Unavailable, until another file takes its place or the
// process starts anew.
//
// Two disks, of whatever processes, never have one folder at a time: a lock on
// its file ".lock" sees to it, until the process has ended. Files of the folder
// whose names begin with '.' are none of the disk's (sim/real/file_name.h).
//
//   absl::StatusOr<std::unique_ptr<RealDisk>> disk =
//       RealDisk::Open(loop, "/var/lib/server-1");
//   auto log = (*disk)->Open("log", OpenMode::kCreate);  // In a task.

#ifndef REPRISE_SIM_REAL_REAL_DISK_H_
#define REPRISE_SIM_REAL_REAL_DISK_H_

#include <sys/types.h>

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/file_calls.h"
#include "reprise/sim/real/file_worker.h"

namespace reprise {

class RealDisk final : public Disk {
 public:
  // Makes `folder` where its parent exists. `loop` and `calls` must outlive the
  // disk. Blocks. Errors, which name the folder: NotFound where it has no
  // parent, FailedPrecondition where another disk has it, Unavailable where it
  // cannot be made or is none.
  static absl::StatusOr<std::unique_ptr<RealDisk>> Open(
      EventLoop& loop, const std::filesystem::path& folder,
      const FileCalls& calls = SystemCalls());
  ~RealDisk() override;

  // Besides the errors of sim/env/disk.h: InvalidArgument where a new name is
  // longer than the system takes.
  absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                             OpenMode mode) override;
  absl::Status Rename(std::string_view from, std::string_view to) override;
  absl::Status Remove(std::string_view name) override;
  absl::StatusOr<std::vector<std::string>> List() override;
  absl::Status SyncDirectory() override;

  static const FileCalls& SystemCalls();

 private:
  class OpenFile;
  struct Folder;
  struct Content;

  RealDisk(EventLoop& loop, std::shared_ptr<Folder> folder,
           const FileCalls& calls);

  const FileCalls& calls_;
  const std::shared_ptr<Folder> folder_;
  // Those that are open, by their numbers in the file system.
  std::map<ino_t, std::weak_ptr<Content>> contents_;
  // Whose sync has failed. They stay open, so that this is never forgotten.
  std::map<ino_t, std::shared_ptr<Content>> failed_;
  FileWorker worker_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_REAL_DISK_H_
