// ReplicatedServer: one server of the replicated key/value store, as the
// program of a node.
//
// The server that leads (raft/replica.h) executes Puts and Appends when a
// majority of the servers has them on its disks, and answers Gets when it is
// sure that it still leads. Each other server answers who leads, as far as it
// knows. Clients have sessions: a request that is sent again takes effect once
// (replicated_store.h).
//
// Guarantees: linearizable, across crashes at any point; what was answered is
// never lost while a majority of the disks keep what they synced.
//
//   node.OnBoot([=](Env& env) {
//     kv::ReplicatedServer server(
//         env, {.replica = {.first_members = {a, b, c}}});
//     absl::Status status = server.Run();
//   });

#ifndef REPRISE_KV_REPLICATED_SERVER_H_
#define REPRISE_KV_REPLICATED_SERVER_H_

#include <cstddef>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/raft/replica.h"
#include "reprise/kv/replicated_store.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/server_status.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/env/env.h"

namespace reprise::kv {

struct ReplicatedServerOptions {
  raft::ReplicaOptions replica = {};
  // The same on all servers. Beyond so many sessions, the one that was used
  // longest ago expires.
  size_t sessions_max = 4096;
  // For its status: see ServerStatus.
  size_t servers_known = 0;
  // In place of a SessionTable of so many; for planted bugs.
  MakeSessions make_sessions = {};
};

class ReplicatedServer {
 public:
  ReplicatedServer(Env& env, const ReplicatedServerOptions& options);

  // Recovers, then serves until the node stops. Call once. Returns what keeps
  // it from recovering, as Replica::Start.
  absl::Status Run();

  // Whether it has recovered. Then its replica has a Consensus.
  bool IsServing() const { return is_serving_; }
  const raft::Replica& replica() const { return replica_; }
  const ReplicatedStore& store() const { return store_; }
  // Requires that it serves.
  ServerStatus Status() const;

 private:
  Bytes HandleRequest(Bytes message);
  Bytes HandleOpen();
  Bytes HandleAdmin(const Bytes& message);
  absl::Status ChangeMembershipFrom(const AdminRequest& request);
  Bytes Execute(Bytes command);
  Bytes Read(const Request& request);

  Env& env_;
  ReplicatedStore store_;
  raft::Replica replica_;
  size_t servers_known_;
  bool is_serving_ = false;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_REPLICATED_SERVER_H_
