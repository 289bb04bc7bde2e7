#include "tests/scenarios/bugs/replicas.h"

#include <memory>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/duplicate_table.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/kv/session_table.h"
#include "reprise/kv/wire.h"
#include "tests/scenarios/bugs/disks.h"
#include "tests/scenarios/bugs/forwarding_env.h"
#include "tests/scenarios/bugs/raft_row.h"

namespace reprise {
namespace {

using ServerOptions = kv::ReplicatedServerOptions;

template <typename Sessions>
void Use(ServerOptions& options) {
  options.make_sessions = [most = options.sessions_max] {
    return std::make_unique<Sessions>(most);
  };
}

// Directories are not synced: a checkpoint may not take the place of the one
// before.
class LazyNamesDisk final : public ForwardingDisk {
 public:
  using ForwardingDisk::ForwardingDisk;

  absl::Status SyncDirectory() override { return absl::OkStatus(); }
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

}  // namespace

std::vector<Bug> ReplicaBugs() {
  return {
      {.listing = RaftListing("replica-sync-too-late",
                              "a server syncs its log only before it goes on",
                              kCrashes, "durable-log",
                              "https://jepsen.io/analyses/nats-2.12.1"),
       .replica_env = MakeEnv<WithDisk<DiskOfLogs<LateSyncs>>>},
      {.listing = RaftListing("replica-names-not-synced",
                              "a server does not sync the names of its files",
                              kCrashes, "durable-log", "etcd-io/etcd#6368"),
       .replica_env = MakeEnv<WithDisk<LazyNamesDisk>>},
      {.listing =
           RaftListing("replica-logs-never-removed",
                       "logs are kept although a checkpoint replaced them",
                       kSnapshots, "bounded-log"),
       .replica_env = MakeEnv<WithDisk<HoardingDisk>>},
      {.listing = RaftListing("replica-log-never-dropped",
                              "applied entries are kept in memory", kSnapshots,
                              "bounded-log"),
       .replica =
           [](ServerOptions& options) {
             options.replica.raft.log_bytes_max = size_t{1} << 30;
           }},
      {.listing = RaftListing("replica-heartbeats-too-many",
                              "the leader sends a heartbeat each millisecond",
                              kRandomKeys, "no-retry-storm"),
       .replica =
           [](ServerOptions& options) {
             options.replica.raft.heartbeat = Milliseconds(1);
           }},
      {.listing =
           RaftListing("replica-heartbeats-too-few",
                       "followers wait no longer than two heartbeats take",
                       kRandomKeys, "no-election-in-calm"),
       .replica =
           [](ServerOptions& options) {
             options.replica.raft.heartbeat =
                 options.replica.raft.election_timeout * 2;
           }},
      {.listing =
           RaftListing("session-expiry-re-executes",
                       "a request of an expired session is executed again",
                       kRandomKeys, "linearizability"),
       .replica = Use<ForgetfulSessions>},
      {.listing = RaftListing("session-repeats-executed",
                              "a repeated request is executed again",
                              kRandomKeys, "linearizability"),
       .replica = Use<CarelessSessions>},
      {.listing = RaftListing("session-not-in-snapshots",
                              "snapshots do not say what sessions have done",
                              kSnapshots, "linearizability"),
       .replica = Use<VolatileSessions>},
  };
}

}  // namespace reprise
