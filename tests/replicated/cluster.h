// A replicated store in a world, for tests of one behaviour each.
//
//   StoreCluster cluster({.seed = Seed(1)});
//   cluster.AddServers(3);
//   cluster.Run([&](Env& env) {
//     kv::ReplicatedClerk clerk(env, cluster.servers());
//     EXPECT_TRUE(clerk.Put("k", "v").ok());
//   });

#ifndef TESTS_REPLICATED_CLUSTER_H_
#define TESTS_REPLICATED_CLUSTER_H_

#include <functional>
#include <optional>
#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/world.h"

namespace reprise {

class StoreCluster {
 public:
  explicit StoreCluster(const WorldOptions& options) : world_(options) {}

  // What servers that boot from now on are given; their first members are
  // those of AddServers.
  kv::ReplicatedServerOptions options;
  // Of one server, in place of that.
  std::vector<std::optional<kv::raft::Version>> versions;

  void AddServers(int count);
  // One that is no member yet.
  NodeId AddSpare();

  // Runs `client` on a node of its own until it has returned. Returns whether
  // it has within `time_max`.
  bool Run(std::function<void(Env&)> client, Duration time_max = Seconds(60));

  const std::vector<NodeId>& servers() const { return servers_; }
  World& world() { return world_; }
  Node& node(size_t i) { return world_.node(servers_[i]); }
  // Null: the server is not up.
  const kv::raft::Consensus* consensus(size_t i);
  // Of servers that have ended by themselves, why.
  const std::vector<absl::Status>& failures() const { return failures_; }
  void ForgetFailures() { failures_.clear(); }

  // Suspends until one of them leads, and returns which.
  size_t AwaitLeader(Env& env);

 private:
  NodeId Add(bool is_member);

  World world_;
  std::vector<NodeId> servers_;
  std::vector<NodeId> first_members_;
  std::vector<const kv::ReplicatedServer*> up_;
  std::vector<absl::Status> failures_;
};

}  // namespace reprise

#endif  // TESTS_REPLICATED_CLUSTER_H_
