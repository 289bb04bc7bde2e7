// The command `serve`: a key/value server on a real machine.

#ifndef TOOLS_KV_PROGRAM_SERVE_COMMAND_H_
#define TOOLS_KV_PROGRAM_SERVE_COMMAND_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "CLI/CLI.hpp"
#include "absl/status/status.h"
#include "reprise/kv/replicated_server.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/real/limits.h"
#include "reprise/sim/real/real_member.h"
#include "reprise/sim/real/real_node.h"
#include "tools/kv_program/common_flags.h"

namespace reprise::kv {

// Other programs than kv::Server, kv::DurableServer and kv::ReplicatedServer,
// such as wrong ones, to see that tests find them; null: the right one. No flag
// and no variable leads to them: they are linked by whoever makes a program of
// them (tests/real/buggy_kv_main.cc), and are in no other.
struct ServerPrograms {
  std::function<void(Env&)> server = {};
  std::function<absl::Status(Env&)> durable_server = {};
  // Changes how a server of the replicated store is made, such as its Rules.
  std::function<void(ReplicatedServerOptions&)> replica = {};
  // What that server gets in place of its Env.
  std::function<std::unique_ptr<Env>(Env&)> replica_env = {};
};

class ServeCommand {
 public:
  explicit ServeCommand(CLI::App& program);

  bool WasGiven() const { return command_.parsed(); }
  // Serves until SIGTERM or SIGINT; returns the exit status.
  int Run(const ServerPrograms& programs = {}) const;

 private:
  // The node's program. Returns what keeps it from recovering.
  absl::Status Serve(Env& env, const std::vector<RealMember>& replicas,
                     const ServerPrograms& programs) const;

  void AddReplicaFlags();
  // Of --replicas; none: the store is not replicated.
  std::vector<RealMember> Replicas() const;
  // What is wrong with the flags together.
  absl::Status CheckFlags(const std::vector<RealMember>& replicas) const;
  RealNodeOptions NodeOptions(const std::vector<RealMember>& replicas) const;
  absl::Status ServeReplica(Env& env, const std::vector<RealMember>& replicas,
                            const ServerPrograms& programs) const;
  // What this server takes the store to begin with.
  std::vector<NodeId> FirstMembers(
      const std::vector<RealMember>& replicas) const;

  CLI::App& command_;
  std::string listen_ = "127.0.0.1:7000";
  std::string name_ = "server";
  std::string folder_;
  bool forgets_unsynced_ = false;
  uint64_t log_bytes_;
  std::string replicas_;
  bool joins_ = false;
  std::vector<std::string> first_members_;
  int64_t election_ms_ = 1000;
  int64_t heartbeat_ms_ = 100;
  int64_t grace_seconds_ = 5;
  RealLimits limits_;
  LogFlags log_;
};

}  // namespace reprise::kv

#endif  // TOOLS_KV_PROGRAM_SERVE_COMMAND_H_
