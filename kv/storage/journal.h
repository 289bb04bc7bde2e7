// Journal: makes what a server does durable, change by change, in a log that
// checkpoints keep short.
//
// The server tells of each change when it has made it in memory, and lets
// nobody see anything of it before Commit has returned. Whoever commits while
// others write waits, and then one Sync serves all who waited.
//
// Guarantees: when Commit returns OK, every change added before the call
// survives crashes. The log is at most as long as the larger of log_bytes_max
// and the latest snapshot. A write or a sync that fails is not tried again on
// the same file, because what a failed sync has left on the disk is unknown,
// even if a later one succeeds (Rebello et al., "Can Applications Recover from
// fsync Failures?", USENIX ATC 2020): the next Commit writes all that is in
// memory as a checkpoint and begins a new log.
//
//   Journal journal(disk, generation, [&] { return service.Snapshot(); });
//   reply = service.Handle(request);
//   journal.Add(request);
//   if (journal.Commit().ok()) return reply;

#ifndef REPRISE_KV_STORAGE_JOURNAL_H_
#define REPRISE_KV_STORAGE_JOURNAL_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "reprise/sim/core/mutex.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/network.h"

namespace reprise::kv {

struct JournalOptions {
  // A checkpoint replaces a log that would become longer than this and than
  // the latest snapshot.
  uint64_t log_bytes_max = 1 << 20;
};

// Invariants: durable_ <= added_. Whoever changes durable_ or log_ has locked
// mutex_. While log_ is null, both pending_ and the files on the disk may lack
// changes; then only a checkpoint makes anything durable.
class Journal {
 public:
  // `snapshot` returns the state after all changes added so far. The first
  // Commit saves the state that the journal starts with, as the checkpoint of a
  // generation greater than `generation`.
  Journal(Disk& disk, uint64_t generation, std::function<Bytes()> snapshot,
          const JournalOptions& options = {});

  // `change` was made in memory.
  void Add(std::string_view change);

  // Suspends until all that was added so far is durable. Errors: those of the
  // disk's writes; then it may become durable later or never, and the next
  // Commit tries again.
  absl::Status Commit();

 private:
  bool IsCheckpointDue() const;
  absl::Status WriteRecord();
  absl::Status WriteCheckpoint();

  Disk& disk_;
  std::function<Bytes()> snapshot_;
  JournalOptions options_;
  Mutex mutex_{"journal"};
  uint64_t generation_;
  std::unique_ptr<File> log_;
  uint64_t log_bytes_ = 0;
  uint64_t snapshot_bytes_ = 0;  // Of the latest one.
  Bytes pending_;                // Added, but not written to the log.
  // Changes added, and how many of them are durable. The state at the start
  // counts as one.
  uint64_t added_ = 1;
  uint64_t durable_ = 0;
};

// Passes each change in the log of `generation` to `redo`, in the order in
// which they were made, until that fails. Errors: DataLoss for a damaged log;
// what `redo` returns.
absl::Status ReplayLog(uint64_t generation, std::string_view log,
                       absl::FunctionRef<absl::Status(std::string_view)> redo);

}  // namespace reprise::kv

#endif  // REPRISE_KV_STORAGE_JOURNAL_H_
