// tidy: allow-file(shared-ptr) a content is open several times
//
// UnsyncedDisk: a Disk over another one that keeps in the process what is not
// synced, so that the end of the process loses it.
//
// The death of a process loses nothing of what it wrote to a RealDisk: the
// system keeps that, and only a power cut loses it. Over an UnsyncedDisk, a
// kill -9 does what a power cut does: what a file was given since its last
// Sync, and which files were created, renamed or removed since the last
// SyncDirectory, is gone. It is for tests of recovery; programs that do not
// need them are faster without.
//
// Guarantees: what sim/env/disk.h says, where nothing at all that is not synced
// survives, but for what a Sync was at when the process died: it may be there
// in part. The inner disk may be of any kind; a later UnsyncedDisk over it
// finds what is durable. The content of every file that is open, or that was
// written since its last Sync, is held in memory; no file has more than 1 GiB.
//
// Requires that nobody else uses the inner disk. Its files are called "names"
// (which file has which name), "names-new", and "1", "2" ... (their contents).
//
//   absl::StatusOr<std::unique_ptr<UnsyncedDisk>> disk =
//       UnsyncedDisk::Open(std::move(real_disk));

#ifndef REPRISE_SIM_REAL_UNSYNCED_DISK_H_
#define REPRISE_SIM_REAL_UNSYNCED_DISK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/real/unsynced_content.h"

namespace reprise {

// Invariants: the inner file "names" says durable_names_, unless a
// SyncDirectory is in progress or has failed; next_number_ is higher than each
// number that the inner disk has.
class UnsyncedDisk final : public Disk {
 public:
  // Reads which files there are, and removes what nothing leads to. Errors:
  // those of the inner disk; FailedPrecondition where its files are not those
  // of an UnsyncedDisk. Outside tasks, too, where the inner disk allows that.
  static absl::StatusOr<std::unique_ptr<UnsyncedDisk>> Open(
      std::unique_ptr<Disk> inner);
  ~UnsyncedDisk() override;

  // Also DataLoss, where the content cannot be read.
  absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                             OpenMode mode) override;
  absl::Status Rename(std::string_view from, std::string_view to) override;
  absl::Status Remove(std::string_view name) override;
  absl::StatusOr<std::vector<std::string>> List() override;
  absl::Status SyncDirectory() override;

 private:
  class OpenFile;
  // Which file has a name, by its number.
  using Names = std::map<std::string, uint64_t, std::less<>>;

  explicit UnsyncedDisk(std::unique_ptr<Disk> inner);

  absl::Status Load();
  absl::Status LoadNames();
  absl::Status WriteNames(const Names& names);
  // Removes inner files to which no name leads.
  absl::Status RemoveUnused();
  // Lets go of contents that nobody has open and that are synced or nameless.
  void ForgetContents();
  bool IsNamed(uint64_t number) const;

  static std::string Encode(const Names& names);
  static absl::StatusOr<Names> Decode(std::string_view text);

  const std::unique_ptr<Disk> inner_;
  Names names_;
  Names durable_names_;
  uint64_t next_number_ = 1;
  // Those that are held in memory, by their numbers.
  std::map<uint64_t, std::shared_ptr<UnsyncedContent>> contents_;
  Mutex mutex_{"a sync of the directory"};
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_UNSYNCED_DISK_H_
