// RaftServers: the servers of a trial, as nodes with programs, judged by
// RaftProperties. What they replicate is up to the program: the store, or
// another state machine.
//
//   RaftServers servers(trial, setup, ServeStore);
//   kv::ReplicatedClerk clerk(env, servers.addresses());
//   ...
//   servers.JudgeAtRest();  // In a task.

#ifndef TESTS_SCENARIOS_RAFT_RAFT_SERVERS_H_
#define TESTS_SCENARIOS_RAFT_RAFT_SERVERS_H_

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "reprise/kv/raft/archive.h"
#include "reprise/kv/raft/consensus.h"
#include "reprise/kv/raft/membership.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/memory_properties.h"
#include "reprise/sim/explore/trial/node_state.h"
#include "reprise/sim/explore/trial/trial.h"
#include "reprise/sim/world/node.h"
#include "reprise/text/text_view.h"
#include "tests/scenarios/bugs/bug.h"
#include "tests/scenarios/raft/properties.h"
#include "tests/scenarios/raft/property_observer.h"
#include "tests/scenarios/raft/setup.h"

namespace reprise {

// The program of a server: runs a raft::Replica by `options.replica`, as
// kv::ReplicatedServer::Run does, and returns what that returns.
using ServeReplica = std::function<absl::Status(
    Env& env, const kv::ReplicatedServerOptions& options)>;

// The replicated store's.
absl::Status ServeStore(Env& env, const kv::ReplicatedServerOptions& options);

class RaftServers {
 public:
  // Adds the nodes "server-0" ... `trial` and `setup` must outlive it, and it
  // the world.
  RaftServers(Trial& trial, const RaftSetup& setup, ServeReplica serve);

  const std::vector<NodeId>& addresses() const { return addresses_; }
  RaftProperties& properties() { return properties_; }
  // Of a server that runs; {} of any other node.
  NodeState StateOfNode(NodeId node) const;

  // Property "bounded-log" of members that are at rest: entries in memory, and
  // files. To be called in a task.
  void JudgeAtRest();
  // Property "memory-bound".
  void JudgeMemory();

 private:
  struct Server {
    Node* node = nullptr;
    int boots = 0;
    bool was_upgraded = false;
  };
  struct Files {
    int64_t count = 0;
    int64_t bytes = 0;
  };

  std::string ZoneOf(int number) const;
  void Boot(Env& env, int number);
  kv::ReplicatedServerOptions OptionsOf(int number);
  kv::raft::Version VersionOf(int number);
  bool IsDamaged(int number) const;
  // Null where the server does not run, or has not recovered.
  const kv::raft::Consensus* Read(const Server& server) const;
  // Those that the leader knows; null where nobody leads.
  const kv::raft::Membership* MembersAtRest() const;
  void ExpectAtMost(int64_t counted, int64_t most, TextView what);
  static Files FilesOf(Node& node);

  Trial& trial_;
  const RaftSetup& setup_;
  const ServeReplica serve_;
  const Bug& bug_;
  const kv::ReplicatedServerOptions options_;
  std::vector<Server> servers_;
  std::vector<NodeId> addresses_;
  std::deque<MemoryLimit> limits_;
  RaftProperties properties_;
  PropertyObserver observer_{properties_};
};

}  // namespace reprise

#endif  // TESTS_SCENARIOS_RAFT_RAFT_SERVERS_H_
