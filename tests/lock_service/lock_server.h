// LockServer: one server of the lock service, as the program of a node.
//
// The server that leads puts the time of the log into each request that it
// takes: where the log was when its term began, and what its own clock has
// counted since. It begins to count once all that was before its term is
// applied, and so after all of that was made. So the time of the log never runs
// faster than the fastest clock, whatever those of the servers say, and stands
// still while nobody leads: a lease may last longer, never shorter.
//
//   node.OnBoot([=](Env& env) {
//     locks::LockServer server(env, {.replica = {.first_members = {a, b, c}}});
//     absl::Status status = server.Run();
//   });

#ifndef TESTS_LOCK_SERVICE_LOCK_SERVER_H_
#define TESTS_LOCK_SERVICE_LOCK_SERVER_H_

#include <cstddef>
#include <functional>
#include <string_view>

#include "absl/status/status.h"
#include "reprise/kv/raft/replica.h"
#include "reprise/kv/raft/replica_options.h"
#include "reprise/kv/raft/state_machine.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/env.h"
#include "tests/lock_service/lock_rules.h"
#include "tests/lock_service/lock_table.h"

namespace reprise::locks {

struct LockServerOptions {
  kv::raft::ReplicaOptions replica = {};
  // As of kv::ReplicatedServer.
  size_t sessions_max = 4096;
  LockRules rules = {};
  // Is told of each command that was applied, for tests. Must not suspend.
  std::function<void(kv::raft::Index, const LockTable&)> on_applied = {};
};

class LockServer final : private kv::raft::StateMachine {
 public:
  LockServer(Env& env, const LockServerOptions& options);

  // Recovers, then serves until the node stops. Call once. Returns what keeps
  // it from recovering, as Replica::Start.
  absl::Status Run();

 private:
  // StateMachine: that of table_.
  Bytes Apply(kv::raft::Index index, std::string_view command) override;
  Bytes Snapshot() const override { return table_.Snapshot(); }
  absl::Status Restore(std::string_view snapshot) override {
    return table_.Restore(snapshot);
  }

  Bytes HandleRequest(const Bytes& message);
  Bytes Execute(Bytes command);
  // Where a term of this server has begun: suspends until all that was before
  // is applied, and notes the time. Errors: as Replica::AwaitRead.
  absl::Status BeginTerm();

  Env& env_;
  const LockServerOptions options_;
  LockTable table_;
  kv::raft::Replica replica_;

  // When it began to count, by the log and by its own clock, in this term.
  kv::raft::Term term_ = 0;
  VirtualTime log_time_;
  VirtualTime own_time_;
};

}  // namespace reprise::locks

#endif  // TESTS_LOCK_SERVICE_LOCK_SERVER_H_
