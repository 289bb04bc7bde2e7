#include "tests/scenarios/bugs/damaged_replicas.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/kv/storage/log.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/disk.h"
#include "tests/scenarios/bugs/disks.h"
#include "tests/scenarios/bugs/forwarding_env.h"
#include "tests/scenarios/bugs/raft_row.h"

namespace reprise {
namespace {

// What seems to be the record at `begin` of a log, with the checksum that it
// should have.
std::optional<Bytes> RecordAt(uint64_t generation, std::string_view log,
                              uint64_t begin) {
  if (log.size() - begin < kv::kRecordHeaderBytes) return std::nullopt;
  kv::Decoder decoder(log.substr(begin));
  decoder.Word();  // The checksum.
  const bool is_in_place = decoder.Word() == begin;
  const std::string_view payload = decoder.String();
  if (!is_in_place || !decoder.IsOk()) return std::nullopt;
  return kv::EncodeRecord(generation, begin, payload);
}

// What is read of it ends where it is damaged.
class CutLog final : public ForwardingFile {
 public:
  CutLog(std::unique_ptr<File> file, uint64_t generation)
      : ForwardingFile(std::move(file)), generation_(generation) {}

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    absl::StatusOr<std::string> log = ForwardingFile::Read(offset, length);
    if (!log.ok()) return log;
    uint64_t end = 0;
    for (;;) {
      const std::optional<Bytes> record = RecordAt(generation_, *log, end);
      if (!record.has_value()) break;
      if (log->compare(end, record->size(), *record) != 0) break;
      end += record->size();
    }
    log->resize(end);
    return log;
  }

 private:
  uint64_t generation_;
};

// Where there is no room for a new checkpoint, the old one makes room.
class RoomyFile final : public ForwardingFile {
 public:
  RoomyFile(std::unique_ptr<File> file, Disk& disk)
      : ForwardingFile(std::move(file)), disk_(disk) {}

  absl::Status Append(std::string_view bytes) override {
    const absl::Status status = ForwardingFile::Append(bytes);
    if (!absl::IsResourceExhausted(status)) return status;
    (void)disk_.Remove(kv::kCheckpointName);
    (void)disk_.SyncDirectory();
    return ForwardingFile::Append(bytes);
  }

 private:
  Disk& disk_;
};

class RoomyDisk final : public ForwardingDisk {
 public:
  explicit RoomyDisk(Disk& disk) : ForwardingDisk(disk), disk_(disk) {}

 protected:
  std::unique_ptr<File> Change(std::string_view name,
                               std::unique_ptr<File> file) override {
    if (name != kv::kNewCheckpointName) return file;
    return std::make_unique<RoomyFile>(std::move(file), disk_);
  }

 private:
  Disk& disk_;
};

}  // namespace

std::vector<Bug> DamagedReplicaBugs() {
  return {
      {.listing =
           RaftListing("replica-damage-taken-for-torn-tail",
                       "a server takes damage in the middle of its log for the "
                       "end that a crash has torn",
                       kDamagedDisks, "durable-log",
                       "Alagappan et al., FAST 2018; "
                       "https://jepsen.io/analyses/nats-2.12.1"),
       .replica_env = MakeEnv<WithDisk<DiskOfGenerations<CutLog>>>},
      {.listing = RaftListing(
           "replica-checkpoint-makes-room",
           "a server that has no room for a checkpoint removes the one before",
           kDamagedDisks, "durable-log"),
       .replica_env = MakeEnv<WithDisk<RoomyDisk>>},
  };
}

}  // namespace reprise
