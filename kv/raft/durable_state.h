// DurableState: what a server of Raft must never forget, on its disk: ballot,
// log and snapshot, as changes in a journal (kv/storage/journal.h).
//
//   DurableState durable(disk, options, /*version=*/2);
//   absl::StatusOr<std::optional<DurableImage>> image = durable.Load();
//   durable.Begin([&] { return ImageNow(); });
//   durable.SaveBallot(ballot);
//   durable.SaveEntries(first, entries);
//   absl::Status status = durable.Commit();  // Both are durable, by one sync.
//
// Guarantees: as the journal's: when Commit returns OK, what was saved before
// the call survives crashes, in this order; the files are at most as long as
// the larger of JournalOptions::log_bytes_max and the snapshot, each.
//
// Files are written in one of two versions (archive.h). A server of version 2
// begins with version 1, and goes over for good when it is told to: when all
// members are known to read it. Until then its disk can be given back to a
// server of version 1.

#ifndef REPRISE_KV_RAFT_DURABLE_STATE_H_
#define REPRISE_KV_RAFT_DURABLE_STATE_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/archive.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/types.h"
#include "reprise/kv/storage/journal.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/disk.h"

namespace reprise::kv::raft {

// All of it at one time.
struct DurableImage {
  Ballot ballot = {};
  Snapshot snapshot = {};
  std::vector<Entry> entries = {};  // Behind the snapshot.
};

class DurableState {
 public:
  // `version` is the last one that this server knows.
  DurableState(Disk& disk, const JournalOptions& options, Version version);

  // What the disk has; none: nothing was ever saved. Call once, before all
  // else; after an error the image that Begin gets is to be that of a server
  // that has lost its data, which replaces what is there in one step. Errors:
  // DataLoss where the files are damaged or cannot be read; Unimplemented where
  // a later version has written them; Cancelled.
  absl::StatusOr<std::optional<DurableImage>> Load();
  // `image` returns all that was saved so far. The first Commit saves it.
  void Begin(std::function<DurableImage()> image);

  void SaveBallot(const Ballot& ballot);
  // The log from `first` on is these entries.
  void SaveEntries(Index first, std::span<const Entry> entries);
  void SaveSnapshot(const Snapshot& snapshot, bool keeps_log);

  // Suspends until all that was saved so far is durable. Errors: those of the
  // disk; then it may become durable later or never, and the next Commit tries
  // again.
  absl::Status Commit();

  // The version of what it writes.
  Version version() const { return version_; }
  // From now on; requires that this server knows it.
  void GoTo(Version version) { version_ = version; }

 private:
  Writer BeginRecord(uint8_t tag);

  Disk& disk_;
  JournalOptions options_;
  Version known_;
  Version version_ = kFirstVersion;
  uint64_t generation_ = 0;  // None that the disk has is later.
  std::optional<Journal> journal_;
  Bytes record_;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_DURABLE_STATE_H_
