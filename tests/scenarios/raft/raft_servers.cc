#include "tests/scenarios/raft/raft_servers.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/kv/raft/archive.h"
#include "reprise/kv/raft/entry_log.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/raft/options.h"
#include "reprise/kv/raft/replica_options.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/mark.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/world/world.h"
#include "reprise/text/text_view.h"
#include "tests/scenarios/bugs/bugs.h"
#include "tests/scenarios/raft/damaged_env.h"
#include "tests/scenarios/raft/distrusted_env.h"
#include "tests/scenarios/raft/server_state.h"

namespace reprise {
namespace {

using kv::ReplicatedServerOptions;
using kv::raft::Version;

// What the state and what a snapshot of it may take up.
constexpr int64_t kStateBytesMax = int64_t{16} << 10;
// That many of each at once: in use, being made, sent and received.
constexpr int64_t kStates = 4;
// A checkpoint, its log, and those that are about to replace them.
constexpr int64_t kFilesMax = 4;

// Of the entries of a server at rest: those that are kept once they are
// applied, those that no majority has, and one that is larger than allowed.
int64_t RestBytesMax(const kv::raft::Options& raft) {
  constexpr size_t kEntryBytesMax = 2048;
  return static_cast<int64_t>(2 * raft.log_bytes_max +
                              raft.uncommitted_bytes_max + kEntryBytesMax);
}

// And of one that has just started with what was on its disk.
int64_t LogBytesMax(const kv::raft::ReplicaOptions& replica) {
  return RestBytesMax(replica.raft) + kStateBytesMax +
         static_cast<int64_t>(replica.journal.log_bytes_max);
}

}  // namespace

absl::Status ServeStore(Env& env, const ReplicatedServerOptions& options) {
  return kv::ReplicatedServer(env, options).Run();
}

RaftServers::RaftServers(Trial& trial, const RaftSetup& setup,
                         ServeReplica serve)
    : trial_(trial),
      setup_(setup),
      serve_(std::move(serve)),
      bug_(BugNamed(trial.bug())),
      options_(setup.server),
      servers_(setup.servers),
      properties_([&trial, is_judged = setup.are_servers_judged](
                      TextView property, TextView message) {
        if (is_judged) trial.ViolateAndStop(property, message);
      }) {
  properties_.SetLogBytesMax(
      static_cast<size_t>(LogBytesMax(options_.replica)));
  for (int i = 0; i < setup.servers; ++i) {
    Node& node =
        trial.world().AddNode(NodeName("server", i), {.zone = ZoneOf(i)});
    servers_[i].node = &node;
    addresses_.push_back(node.id());
    limits_.emplace_back(
        trial, node,
        kStates * (LogBytesMax(options_.replica) + kStateBytesMax));
  }
  if (setup.loses_synced_data) trial.world().KeepMajority(addresses_);
  for (int i = 0; i < setup.servers; ++i) {
    servers_[i].node->OnBoot([this, i](Env& env) { Boot(env, i); });
  }
}

// Neighbours share a zone: a, a, b, b, c of five servers in three zones.
std::string RaftServers::ZoneOf(int number) const {
  if (setup_.zones == 0) return "";
  return NodeName("zone", number * setup_.zones / setup_.servers);
}

void RaftServers::Boot(Env& env, int number) {
  const ReplicatedServerOptions options = OptionsOf(number);
  const bool is_damaged = IsDamaged(number);
  ++servers_[number].boots;
  DamagedEnv damaged(env);
  DistrustedEnv distrusted(env, [this, id = addresses_[number]] {
    return trial_.world().HasLostSyncedData(id);
  });
  Env* disk_env = &env;
  if (is_damaged) disk_env = &damaged;
  if (setup_.loses_synced_data) disk_env = &distrusted;
  std::unique_ptr<Env> buggy;
  if (bug_.replica_env != nullptr) buggy = bug_.replica_env(*disk_env);
  const absl::Status status =
      serve_(buggy != nullptr ? *buggy : *disk_env, options);
  if (status.ok() || absl::IsCancelled(status)) return;
  trial_.ViolateAndStop("recovery", absl::StrCat(status.message(), "."));
}

ReplicatedServerOptions RaftServers::OptionsOf(int number) {
  ReplicatedServerOptions options = options_;
  if (number < setup_.first_members) {
    options.replica.first_members.assign(
        addresses_.begin(), addresses_.begin() + setup_.first_members);
  }
  options.replica.observer = &observer_;
  options.replica.version = VersionOf(number);
  if (bug_.replica != nullptr) bug_.replica(options);
  return options;
}

// A server may go back only while another one was never upgraded, and is a
// member.
Version RaftServers::VersionOf(int number) {
  Server& server = servers_[number];
  if (!setup_.is_upgraded) return kv::raft::kLastVersion;
  if (server.boots == 0) return kv::raft::kFirstVersion;
  const OperatorAlphabet& changes = setup_.operator_alphabet;
  const bool may_go_back =
      changes.one_server + changes.many_servers + changes.guided == 0 &&
      std::any_of(servers_.begin(), servers_.begin() + setup_.first_members,
                  [&](const Server& other) {
                    return &other != &server && !other.was_upgraded;
                  });
  RandomStream draws(
      StreamKey(trial_.seed(), HashName("version"),
                static_cast<uint64_t>(number * 1000 + server.boots)));
  if (may_go_back && draws.Chance({1, 4})) {
    Sometimes(server.was_upgraded, "raft-scenario.went-back"_mark);
    return kv::raft::kFirstVersion;
  }
  server.was_upgraded = true;
  return kv::raft::kLastVersion;
}

bool RaftServers::IsDamaged(int number) const {
  return setup_.is_damaged && number == 0 && servers_[number].boots == 1;
}

const kv::raft::Consensus* RaftServers::Read(const Server& server) const {
  if (server.node->IsLeftOut()) return nullptr;
  return trial_.Read<kv::raft::Consensus>(server.node->id(), "raft");
}

NodeState RaftServers::StateOfNode(NodeId node) const {
  for (const Server& server : servers_) {
    if (server.node->id() != node || !server.node->IsUp()) continue;
    const kv::raft::Consensus* consensus = Read(server);
    return consensus != nullptr ? StateOf(*consensus)
                                : NodeState{.headline = "recovers"};
  }
  return {};
}

const kv::raft::Membership* RaftServers::MembersAtRest() const {
  for (const Server& server : servers_) {
    const kv::raft::Consensus* consensus = Read(server);
    if (consensus == nullptr) continue;
    if (consensus->role() == kv::raft::Role::kLeader) {
      return &consensus->membership();
    }
  }
  return nullptr;
}

void RaftServers::JudgeAtRest() {
  const kv::raft::Membership* members = MembersAtRest();
  for (const Server& server : servers_) {
    const kv::raft::Consensus* consensus = Read(server);
    if (consensus == nullptr) continue;
    // Who was removed may never learn that what it has is committed.
    if (members != nullptr && !members->IsMember(server.node->id())) continue;
    const auto log = static_cast<int64_t>(consensus->log().bytes());
    const std::string name(server.node->name());
    ExpectAtMost(log, RestBytesMax(options_.replica.raft),
                 absl::StrCat("bytes in the log of ", name));
    const Files files = FilesOf(*server.node);
    // And the log before, where a crash may have undone its removal.
    const int64_t logs_back = setup_.faults.disks.name_lost.IsZero() ? 0 : 1;
    ExpectAtMost(files.count, kFilesMax + logs_back,
                 absl::StrCat("files of ", name));
    const int64_t log_max = LogBytesMax(options_.replica);
    ExpectAtMost(files.bytes,
                 kFilesMax * (log_max + kStateBytesMax) + logs_back * log_max,
                 absl::StrCat("bytes in the files of ", name));
  }
}

void RaftServers::ExpectAtMost(int64_t counted, int64_t most, TextView what) {
  if (counted <= most) return;
  trial_.Violate("bounded-log",
                 absl::StrCat("there are ", counted, " ", ToAbsl(what),
                              "; at most ", most, " are allowed."));
}

RaftServers::Files RaftServers::FilesOf(Node& node) {
  Disk& disk = node.env().disk();
  const absl::StatusOr<std::vector<std::string>> names = disk.List();
  REPRISE_CHECK(names.ok(), names.status().message());
  Files files = {.count = static_cast<int64_t>(names->size())};
  for (const std::string& name : *names) {
    const auto file = disk.Open(name, OpenMode::kExisting);
    REPRISE_CHECK(file.ok(), file.status().message());
    files.bytes += static_cast<int64_t>((*file)->Size());
  }
  return files;
}

void RaftServers::JudgeMemory() {
  for (const MemoryLimit& limit : limits_) limit.ExpectKept();
}

}  // namespace reprise
