#include "tests/scenarios/bugs/replicas.h"

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/kv/session_table.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "tests/scenarios/bugs/forwarding_env.h"

namespace reprise {
namespace {

using Options = kv::ReplicatedServerOptions;
using OpenedFile = absl::StatusOr<std::unique_ptr<File>>;

// An Env with another disk.
template <typename OtherDisk>
class DiskEnv final : public ForwardingEnv {
 public:
  explicit DiskEnv(Env& env) : ForwardingEnv(env), disk_(env.disk()) {}

  Disk& disk() override { return disk_; }

 private:
  OtherDisk disk_;
};

template <typename OtherDisk>
std::unique_ptr<Env> On(Env& env) {
  return std::make_unique<DiskEnv<OtherDisk>>(env);
}

template <typename Sessions>
void Use(Options& options) {
  options.make_sessions = [most = options.sessions_max] {
    return std::make_unique<Sessions>(most);
  };
}

// What is synced is so only before the next write.
class LazyFile final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;

  absl::Status Append(std::string_view bytes) override {
    const absl::Status status = ForwardingFile::Sync();
    return status.ok() ? ForwardingFile::Append(bytes) : status;
  }
  absl::Status Sync() override { return absl::OkStatus(); }
};

class LazyLogDisk final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

  OpenedFile Open(std::string_view name, OpenMode mode) override {
    OpenedFile file = ForwardingDisk::Open(name, mode);
    if (!file.ok() || !name.starts_with(kv::kLogPrefix)) return file;
    return std::make_unique<LazyFile>(*std::move(file));
  }
};

// Directories are not synced: a checkpoint may not take the place of the one
// before.
class LazyNamesDisk final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

  absl::Status SyncDirectory() override { return absl::OkStatus(); }
};

// Logs are not removed.
class HoardingDisk final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

  absl::Status Remove(std::string_view name) override {
    if (name.starts_with(kv::kLogPrefix)) return absl::OkStatus();
    return ForwardingDisk::Remove(name);
  }
};

// A request of a session that has expired is taken for a new one.
class ForgetfulSessions final : public kv::SessionTable {
 public:
  using SessionTable::SessionTable;

  kv::Age AgeOf(const kv::Request& request) const override {
    const kv::Age age = SessionTable::AgeOf(request);
    return age == kv::Age::kUnknown ? kv::Age::kNew : age;
  }
};

// No request is taken for a repeated one.
class CarelessSessions final : public kv::SessionTable {
 public:
  using SessionTable::SessionTable;

  kv::Age AgeOf(const kv::Request& request) const override {
    const kv::Age age = SessionTable::AgeOf(request);
    return age == kv::Age::kUnknown ? age : kv::Age::kNew;
  }
};

// Snapshots do not say what was executed.
class VolatileSessions final : public kv::SessionTable {
 public:
  using SessionTable::SessionTable;

  void Restore(uint64_t client, uint64_t /*sequence*/,
               kv::OldValue old_value) override {
    SessionTable::Restore(client, 0, std::move(old_value));
  }
};

PlantedBug Listing(const char* name, const char* about, const char* scenario,
                   const char* property, const char* source = "") {
  return {.name = name,
          .about = about,
          .scenario = scenario,
          .property = property,
          .blamed = {"*"},
          .source = source};
}

}  // namespace

std::vector<Bug> ReplicaBugs() {
  return {
      {.listing = Listing("replica-sync-too-late",
                          "a server syncs its log only before it goes on",
                          "raft-crashes", "durable-log",
                          "https://jepsen.io/analyses/nats-2.12.1"),
       .replica_env = On<LazyLogDisk>},
      {.listing = Listing("replica-names-not-synced",
                          "a server does not sync the names of its files",
                          "raft-crashes", "durable-log", "etcd-io/etcd#6368"),
       .replica_env = On<LazyNamesDisk>},
      {.listing = Listing("replica-logs-never-removed",
                          "logs are kept although a checkpoint replaced them",
                          "raft-snapshots", "bounded-log"),
       .replica_env = On<HoardingDisk>},
      {.listing = Listing("replica-log-never-dropped",
                          "applied entries are kept in memory",
                          "raft-snapshots", "bounded-log"),
       .replica =
           [](Options& options) {
             options.replica.raft.log_bytes_max = size_t{1} << 30;
           }},
      {.listing = Listing("replica-heartbeats-too-many",
                          "the leader sends a heartbeat each millisecond",
                          "raft-random-keys", "no-retry-storm"),
       .replica =
           [](Options& options) {
             options.replica.raft.heartbeat = Milliseconds(1);
           }},
      {.listing = Listing("replica-heartbeats-too-few",
                          "followers wait no longer than two heartbeats take",
                          "raft-random-keys", "no-election-in-calm"),
       .replica =
           [](Options& options) {
             options.replica.raft.heartbeat =
                 options.replica.raft.election_timeout * 2;
           }},
      {.listing = Listing("session-expiry-re-executes",
                          "a request of an expired session is executed again",
                          "raft-random-keys", "linearizability"),
       .replica = Use<ForgetfulSessions>},
      {.listing = Listing("session-repeats-executed",
                          "a repeated request is executed again",
                          "raft-random-keys", "linearizability"),
       .replica = Use<CarelessSessions>},
      {.listing = Listing("session-not-in-snapshots",
                          "snapshots do not say what sessions have done",
                          "raft-snapshots", "linearizability"),
       .replica = Use<VolatileSessions>},
  };
}

}  // namespace reprise
