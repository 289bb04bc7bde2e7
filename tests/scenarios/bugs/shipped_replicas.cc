#include "tests/scenarios/bugs/shipped_replicas.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/storage/checkpoint.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/network.h"
#include "tests/scenarios/bugs/disks.h"
#include "tests/scenarios/bugs/forwarding_env.h"
#include "tests/scenarios/bugs/raft_row.h"

namespace reprise {
namespace {

using OpenedFile = absl::StatusOr<std::unique_ptr<File>>;
using Names = absl::StatusOr<std::vector<std::string>>;

// What failed passes for done; but not a crash.
absl::Status Unheard(const absl::Status& status) {
  return absl::IsCancelled(status) ? status : absl::OkStatus();
}

class UnheardWrites final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;

  absl::Status Append(std::string_view bytes) override {
    return Unheard(ForwardingFile::Append(bytes));
  }
};

class UnheardSyncs final : public ForwardingFile {
 public:
  using ForwardingFile::ForwardingFile;

  absl::Status Sync() override { return Unheard(ForwardingFile::Sync()); }
};

// One that has damaged what it had is like one that has never had anything.
class ForgivenDisk final : public ForwardingDisk {
 public:
  explicit ForgivenDisk(Disk& disk) : ForwardingDisk(disk), disk_(disk) {}

  OpenedFile Open(std::string_view name, OpenMode mode) override {
    if (mode == OpenMode::kExisting && IsDamaged()) {
      return absl::NotFoundError("there is no such file");
    }
    return ForwardingDisk::Open(name, mode);
  }
  Names List() override {
    if (IsDamaged()) return std::vector<std::string>();
    return ForwardingDisk::List();
  }

 private:
  bool IsDamaged() {
    if (!is_damaged_.has_value()) {
      is_damaged_ = absl::IsDataLoss(kv::LoadState(disk_).status());
    }
    return *is_damaged_;
  }

  Disk& disk_;
  std::optional<bool> is_damaged_;  // None: not looked at yet.
};

// A vote that comes twice counts as two: the second one as if another server
// that is known had sent it.
class DoubledVotes final : public ForwardingNetwork {
 public:
  using ForwardingNetwork::ForwardingNetwork;

  void Serve(std::string_view method, Handler handler) override {
    const bool is_of_votes =
        method == kv::raft::MethodOf(kv::raft::RequestVoteReply());
    ForwardingNetwork::Serve(method,
                             [this, is_of_votes, handler = std::move(handler)](
                                 NodeId from, Bytes message) {
                               Know(from);
                               if (is_of_votes) from = VoterOf(from, message);
                               return handler(from, std::move(message));
                             });
  }

 private:
  void Know(NodeId server) {
    if (std::find(known_.begin(), known_.end(), server) == known_.end()) {
      known_.push_back(server);
    }
  }

  NodeId VoterOf(NodeId from, const Bytes& vote) {
    const bool is_second = from == last_from_ && vote == last_vote_;
    last_from_ = from;
    last_vote_ = vote;
    if (!is_second) return from;
    for (const NodeId other : known_) {
      if (other != from) return other;
    }
    return from;
  }

  std::vector<NodeId> known_;
  std::optional<NodeId> last_from_;
  Bytes last_vote_;
};

// A clerk whose attempt has failed sends its request again as a new one.
class RenewedRequests final : public ForwardingNetwork {
 public:
  using ForwardingNetwork::ForwardingNetwork;

  absl::StatusOr<Bytes> Call(NodeId to, std::string_view method, Bytes request,
                             const CallOptions& options) override {
    if (method == kv::kStoreMethod) {
      kv::Request renewed = *kv::DecodeRequest(request);
      renewed.sequence += renewed_;
      request = kv::EncodeRequest(renewed);
    }
    absl::StatusOr<Bytes> reply =
        ForwardingNetwork::Call(to, method, std::move(request), options);
    if (!reply.ok()) ++renewed_;
    return reply;
  }

 private:
  uint64_t renewed_ = 0;
};

}  // namespace

std::vector<Bug> ShippedReplicaBugs() {
  return {
      {.listing =
           RaftListing("raft-vote-counted-twice",
                       "a candidate counts a vote that comes twice as two",
                       kSwarm, "leader-completeness", "ktoso/akka-raft#45"),
       .replica_env = MakeEnv<WithNetwork<DoubledVotes>>},
      {.listing =
           RaftListing("replica-write-error-ignored",
                       "a server goes on when its log cannot be written",
                       kCrashes, "durable-log", "sofastack/sofa-jraft#96"),
       .replica_env = MakeEnv<WithDisk<DiskOfLogs<UnheardWrites>>>},
      {.listing = RaftListing("replica-sync-error-ignored",
                              "a server goes on when its log cannot be synced",
                              kCrashes, "durable-log",
                              "Rebello et al., USENIX ATC 2020"),
       .replica_env = MakeEnv<WithDisk<DiskOfLogs<UnheardSyncs>>>},
      {.listing = RaftListing(
           "replica-damage-taken-for-new",
           "a server whose files are damaged starts as one that "
           "never had any",
           kCrashes, "durable-log", "https://jepsen.io/analyses/nats-2.12.1"),
       .replica_env = MakeEnv<WithDisk<ForgivenDisk>>},
      {.listing =
           RaftListing("session-retry-renewed",
                       "a clerk whose attempt has failed sends its request "
                       "again as a new one",
                       kRandomKeys, "linearizability",
                       "etcd-io/etcd#14890, etcd-io/jetcd#1444"),
       .replica_clerk_env = MakeEnv<WithNetwork<RenewedRequests>>},
  };
}

}  // namespace reprise
