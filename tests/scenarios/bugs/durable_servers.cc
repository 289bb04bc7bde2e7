#include "tests/scenarios/bugs/durable_servers.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/durable_server.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/kv/storage/log.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "tests/scenarios/bugs/disks.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {
namespace {

using OpenedFile = absl::StatusOr<std::unique_ptr<File>>;

absl::Status RunWith(Env& env, std::unique_ptr<kv::DuplicateTable> table) {
  return kv::DurableServer(env, std::move(table), kShortLog).Run();
}

template <typename OtherDisk>
absl::Status RunOn(Env& env) {
  WithDisk<OtherDisk> changed(env);
  return RunWith(changed, std::make_unique<kv::LastRequestTable>());
}

// Checkpoints hold nothing of it.
class VolatileTable final : public kv::LastRequestTable {
 public:
  void ForEach(Visitor) const override {}
};

bool HoldsRequests(std::string_view payload) {
  kv::Decoder decoder(payload);
  while (!decoder.IsAtEnd()) {
    const std::string_view request = decoder.String();
    if (!decoder.IsOk() || !kv::DecodeRequest(request).ok()) return false;
  }
  return decoder.IsOk();
}

// What is read of it has the checksums that it should have, wherever a record
// of requests can be made out.
class UncheckedLog final : public ForwardingFile {
 public:
  UncheckedLog(std::unique_ptr<File> file, uint64_t generation)
      : ForwardingFile(std::move(file)), generation_(generation) {}

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    absl::StatusOr<std::string> log = ForwardingFile::Read(offset, length);
    if (!log.ok()) return log;
    uint64_t begin = 0;
    while (log->size() - begin >= kv::kRecordHeaderBytes) {
      kv::Decoder decoder(std::string_view(*log).substr(begin));
      decoder.Word();  // The checksum.
      const bool is_in_place = decoder.Word() == begin;
      const std::string_view payload = decoder.String();
      if (!is_in_place || !decoder.IsOk() || !HoldsRequests(payload)) break;
      const Bytes record = kv::EncodeRecord(generation_, begin, payload);
      log->replace(begin, record.size(), record);
      begin += record.size();
    }
    return log;
  }

 private:
  uint64_t generation_;
};

// Behind what was torn, what is read of it has a whole record.
class DistrustedLog final : public ForwardingFile {
 public:
  DistrustedLog(std::unique_ptr<File> file, uint64_t generation)
      : ForwardingFile(std::move(file)), generation_(generation) {}

  absl::StatusOr<std::string> Read(uint64_t offset, uint64_t length) override {
    absl::StatusOr<std::string> log = ForwardingFile::Read(offset, length);
    if (!log.ok()) return log;
    const auto records = kv::ReadRecords(generation_, *log);
    if (!records.ok()) return log;
    uint64_t end = 0;
    for (const std::string_view payload : *records) {
      end += kv::kRecordHeaderBytes + payload.size();
    }
    if (end < log->size()) {
      *log += kv::EncodeRecord(generation_, log->size(), "");
    }
    return log;
  }

 private:
  uint64_t generation_;
};

// A new checkpoint is written over the old one.
class InPlaceDisk final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

  OpenedFile Open(std::string_view name, OpenMode mode) override {
    return ForwardingDisk::Open(
        name == kv::kNewCheckpointName ? kv::kCheckpointName : name, mode);
  }
  absl::Status Rename(std::string_view from, std::string_view to) override {
    if (from == kv::kNewCheckpointName) return absl::OkStatus();
    return ForwardingDisk::Rename(from, to);
  }
};

// A checkpoint cannot be begun while there is one that was not finished.
class ExclusiveDisk final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

  OpenedFile Open(std::string_view name, OpenMode mode) override {
    if (name == kv::kNewCheckpointName &&
        ForwardingDisk::Open(name, OpenMode::kExisting).ok()) {
      return absl::AlreadyExistsError("there is such a file");
    }
    return ForwardingDisk::Open(name, mode);
  }
};

absl::Status DuplicateTableNotPersisted(Env& env) {
  return RunWith(env, std::make_unique<VolatileTable>());
}

}  // namespace

absl::Status RightDurableServer(Env& env) {
  return RunWith(env, std::make_unique<kv::LastRequestTable>());
}

std::vector<Bug> DurableServerBugs() {
  return {
      {.listing = {.name = "reply-before-sync",
                   .about = "the server replies first and syncs its log later",
                   .scenario = "server-restart",
                   .property = "linearizability",
                   .blamed = {"* CRASH", "* LOST", "* GARBLED", "* TORN",
                              "* NOT SYNCED"},
                   .source = "etcd-io/etcd#14370"},
       .durable_server = RunOn<DiskOfLogs<LateSyncs>>},
      {.listing = {.name = "duplicate-table-not-persisted",
                   .about =
                       "checkpoints do not hold the server's duplicate table",
                   .scenario = "server-restart",
                   .property = "linearizability",
                   .blamed = {"* CRASH", "* sends reply * LOST"}},
       .durable_server = DuplicateTableNotPersisted},
      {.listing = {.name = "torn-record-accepted",
                   .about = "the server does not check its log's checksums",
                   .scenario = "server-restart",
                   .property = "linearizability",
                   .blamed = {"* CRASH", "* TORN", "* GARBLED", "* LOST"},
                   .source = "Ganesan et al., FAST 2017"},
       .durable_server = RunOn<DiskOfGenerations<UncheckedLog>>},
      {.listing = {.name = "torn-tail-taken-for-damage",
                   .about = "the server takes what a crash has torn for damage "
                            "by the disk",
                   .scenario = "server-restart",
                   .property = "recovery",
                   .blamed = {"* CRASH", "* TORN", "* GARBLED", "* LOST",
                              "* NOT SYNCED", "* fails log-* UNAVAILABLE"},
                   .source = "Alagappan et al., FAST 2018"},
       .durable_server = RunOn<DiskOfGenerations<DistrustedLog>>},
      {.listing = {.name = "log-never-truncated",
                   .about = "logs are kept although a checkpoint replaced them",
                   .scenario = "server-restart",
                   .property = "log-size",
                   .blamed = {"the start"}},
       .durable_server = RunOn<HoardingDisk>},
      {.listing = {.name = "checkpoint-not-atomic",
                   .about = "a checkpoint is written over the one before",
                   .scenario = "server-restart",
                   .property = "recovery",
                   .blamed = {"* CRASH", "* TORN", "* GARBLED", "* LOST",
                              "* NOT SYNCED"}},
       .durable_server = RunOn<InPlaceDisk>},
      {.listing = {.name = "leftover-blocks-checkpoint",
                   .about = "a checkpoint that was not finished keeps the "
                            "server from writing another",
                   .scenario = "server-restart",
                   .property = "progress",
                   .blamed = {"* CRASH"}},
       .durable_server = RunOn<ExclusiveDisk>},
  };
}

}  // namespace reprise
