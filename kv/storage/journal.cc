#include "reprise/kv/storage/journal.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/kv/storage/log.h"
#include "reprise/sim/core/mark.h"

namespace reprise::kv {

Journal::Journal(Disk& disk, uint64_t generation,
                 std::function<Bytes()> snapshot, const JournalOptions& options)
    : disk_(disk),
      snapshot_(std::move(snapshot)),
      options_(options),
      generation_(generation) {}

void Journal::Add(std::string_view change) {
  ++added_;
  AppendString(pending_, change);
}

absl::Status Journal::Commit() {
  const uint64_t wanted = added_;
  if (durable_ >= wanted) return absl::OkStatus();
  const MutexLock lock(mutex_);
  Sometimes(durable_ >= wanted, "kv.journal.shared-a-sync"_mark);
  if (durable_ >= wanted) return absl::OkStatus();
  return IsCheckpointDue() ? WriteCheckpoint() : WriteRecord();
}

bool Journal::IsCheckpointDue() const {
  return log_ == nullptr ||
         log_bytes_ + kRecordHeaderBytes + pending_.size() >
             std::max(options_.log_bytes_max, snapshot_bytes_);
}

// What is added while it suspends stays for the next one.
absl::Status Journal::WriteRecord() {
  const uint64_t covered = added_;
  const Bytes record = EncodeRecord(generation_, log_bytes_, pending_);
  pending_.clear();
  absl::Status status = log_->Append(record);
  if (status.ok()) status = log_->Sync();
  if (!status.ok()) {
    Reached("kv.journal.record-failed"_mark);
    log_ = nullptr;
    return status;
  }
  Always(covered >= durable_, "kv.journal.durable-grows"_mark);
  log_bytes_ += record.size();
  durable_ = covered;
  return absl::OkStatus();
}

absl::Status Journal::WriteCheckpoint() {
  const uint64_t covered = added_;
  const Bytes snapshot = snapshot_();
  pending_.clear();
  // Should the attempt fail, a crash may still find the new checkpoint, and
  // would lose what had been added to the old log.
  log_ = nullptr;
  absl::StatusOr<std::unique_ptr<File>> log =
      SaveCheckpoint(disk_, generation_ + 1, snapshot);
  Sometimes(!log.ok(), "kv.journal.checkpoint-failed"_mark);
  if (!log.ok()) return log.status();
  ++generation_;
  Sometimes(generation_ > 2, "kv.journal.third-checkpoint"_mark);
  log_ = *std::move(log);
  log_bytes_ = 0;
  snapshot_bytes_ = snapshot.size();
  durable_ = covered;
  return absl::OkStatus();
}

absl::Status ReplayLog(uint64_t generation, std::string_view log,
                       absl::FunctionRef<absl::Status(std::string_view)> redo) {
  const absl::StatusOr<std::vector<std::string_view>> records =
      ReadRecords(generation, log);
  if (!records.ok()) return records.status();
  for (const std::string_view record : *records) {
    Decoder decoder(record);
    while (!decoder.IsAtEnd()) {
      const std::string_view change = decoder.String();
      if (!decoder.IsOk()) {
        return absl::DataLossError("a record of the log is malformed");
      }
      const absl::Status status = redo(change);
      if (!status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace reprise::kv
