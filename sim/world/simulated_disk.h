// SimulatedDisk: the disk of one node, which outlives what runs on it.
//
// Operations take their time and fail as the options and the decisions say. A
// write takes effect when it begins: a crash during it finds its bytes on the
// disk, not synced. A sync makes durable what was written before it began.
//
// The content of files is charged to no node. What Read and Open return is
// charged to whoever called them.

#ifndef REPRISE_SIM_WORLD_SIMULATED_DISK_H_
#define REPRISE_SIM_WORLD_SIMULATED_DISK_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/crash_points.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/disk_decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/loss_limit.h"
#include "reprise/sim/world/stored_directory.h"
#include "reprise/sim/world/stored_file.h"

namespace reprise {

class SimulatedDisk final : public Disk {
 public:
  // `node_name` outlives the disk. Requires that it has no '/'. Of each
  // operation that takes time `crash_points` is told, unless it is null.
  SimulatedDisk(NodeId node, std::string_view node_name, Scheduler& scheduler,
                Trace& trace, Decisions& decisions, const DiskOptions& options,
                FaultCounts& counts, LossLimit& losses,
                CrashPoints* crash_points);

  absl::StatusOr<std::unique_ptr<File>> Open(std::string_view name,
                                             OpenMode mode) override;
  absl::Status Rename(std::string_view from, std::string_view to) override;
  absl::Status Remove(std::string_view name) override;
  absl::StatusOr<std::vector<std::string>> List() override;
  absl::Status SyncDirectory() override;

  // From now on nothing new goes wrong. In the core it stands still and is full
  // no longer.
  void EndFaults(bool is_in_core);

  // For so long from now on, no operation ends.
  void Stall(Duration length);
  // For so long from now on, there is no room for more.
  void Fill(Duration length);
  // A bit of what is stored flips for good: which, `place`
  // says, 1..RotPlaces(). The places of the first half are all bits; those of
  // the second are the bits of the last bytes of files.
  void Rot(uint64_t place);
  // 0: nothing is stored, or it may not be lost.
  uint64_t RotPlaces() const;

  // Whether a crash now could lose something.
  bool HasUnsynced() const;

  // For a debugger: a line for each file with unsynced content, and one for
  // names.
  std::string DescribeUnsynced() const;

  // The node crashed: decides what becomes of all that is not synced.
  void Crash();
  // The node stopped in good order: all that was written is durable.
  void Flush();
  // The disk is replaced by an empty one. Requires that the node is down.
  void Wipe();

 private:
  class OpenFile;

  static constexpr uint64_t kDirectory = 0;  // In place of a file's number.

  struct StoredEntry {
    uint64_t number = 0;
    std::string entity;  // Of its decisions.
    DiskDecisions decisions;
    SilentDecisions silent_decisions;  // Where it may keep silent.
    StoredFile content;
    int open_files = 0;  // How many refer to it.
    uint64_t reads = 0;  // So far.
    uint64_t writes = 0;
  };
  // Part of a file.
  struct Part {
    StoredEntry* entry = nullptr;
    uint64_t offset = 0;
  };
  // A task that waits for the end of a stall.
  class HeldTask;

  absl::StatusOr<StoredEntry*> FindOrMake(std::string_view name, OpenMode mode);
  StoredEntry& Make(std::string_view name);
  absl::Status Change(NameChange change, EventKind kind,
                      std::string_view content);
  absl::StatusOr<std::string_view> ReadStored(StoredEntry& entry,
                                              uint64_t offset, uint64_t length);
  void RotOnRead(StoredEntry& entry, uint64_t offset, uint64_t length);
  absl::Status WriteStored(StoredEntry& entry, uint64_t offset,
                           std::string_view bytes);
  absl::Status ResizeStored(StoredEntry& entry, uint64_t size);
  absl::Status SyncStored(StoredEntry& entry);

  // The silent faults (simulated_disk_silent.cc). Whether any may strike.
  bool MayKeepSilent() const {
    return HasSilentFaults(options_) || decisions_.HasEdits();
  }
  // Whether the file's write `number` does not store `bytes`, which are not
  // empty.
  bool GoesAstray(StoredEntry& entry, uint64_t number, uint64_t offset,
                  std::string_view bytes);
  // What a read returns that is to return `part`, which is not empty.
  std::string_view Misread(StoredEntry& entry, uint64_t offset,
                           std::string_view part);
  // The other places to which an operation on `length` bytes may go: `length`
  // bytes fit at each.
  uint64_t CountOtherPlaces(const StoredEntry& entry, uint64_t offset,
                            uint64_t length) const;
  Part OtherPlace(StoredEntry& entry, uint64_t offset, uint64_t length,
                  uint64_t place);

  // Suspends for as long as an operation takes that moves `bytes`. Returns
  // Cancelled if the node crashed meanwhile, which only a task of another node
  // can live to see.
  absl::Status Wait(DecisionStream& stream, const DelayOptions& options,
                    uint64_t bytes = 0);
  bool IsStalled() const { return stalled_until_ > scheduler_.now(); }
  void WaitForEndOfStall();
  // From now to the end of the transfer of `bytes`, which queue.
  Duration TransferTime(uint64_t bytes);
  // Records and counts that an operation on file `number`, or 0, failed.
  absl::Status Fail(uint64_t number, absl::Status status);
  bool HasRoom(const StoredEntry& entry, uint64_t size);
  // An operation of `write` for which there is no room.
  absl::Status Refuse(StoredEntry& entry);
  void FlipBit(StoredEntry& entry, uint64_t bit);
  void CrashNames();
  void CrashFile(StoredEntry& entry);
  // An open file of `entry` was closed. Forgets it if nothing leads to it now.
  void Close(StoredEntry& entry);
  // Forgets files that nothing leads to.
  void Collect();
  void Record(EventKind kind, uint64_t file, uint64_t value);
  void RecordContent(EventKind kind, uint64_t file, uint64_t value,
                     std::string_view content);

  const NodeId node_;
  const std::string_view node_name_;
  Scheduler& scheduler_;
  Trace& trace_;
  Decisions& decisions_;
  DiskOptions options_;
  FaultCounts& counts_;
  LossLimit& losses_;
  CrashPoints* const crash_points_;
  uint64_t boots_ = 0;  // Open files of an earlier one are dead.
  VirtualTime stalled_until_;
  bool has_stall_struck_ = false;  // The last one.
  std::vector<Task*> held_tasks_;  // By a stall.
  VirtualTime full_until_;
  bool has_full_struck_ = false;  // The last time.
  VirtualTime busy_until_;        // With transfers.
  DiskDecisions directory_decisions_;
  StoredDirectory directory_;
  uint64_t last_number_ = 0;
  std::map<uint64_t, StoredEntry> entries_;  // By number.
  // How many files were made under each name.
  std::map<std::string, int, std::less<>> made_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_SIMULATED_DISK_H_
