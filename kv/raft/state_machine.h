// StateMachine: what a replicated log is for. It knows nothing of replication.

#ifndef REPRISE_KV_RAFT_STATE_MACHINE_H_
#define REPRISE_KV_RAFT_STATE_MACHINE_H_

#include <string_view>

#include "absl/status/status.h"
#include "reprise/kv/raft/types.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv::raft {

// None of the functions may suspend. What they do is a function of the state
// and the arguments alone: neither time nor chance may enter.
class StateMachine {
 public:
  virtual ~StateMachine() = default;

  // Executes the command of the entry at `index`; what it returns goes to who
  // proposed it, where that waits on this server. Indices grow.
  virtual Bytes Apply(Index index, std::string_view command) = 0;
  // Equal states give equal bytes.
  virtual Bytes Snapshot() const = 0;
  // Becomes the state that `snapshot` was taken of, whatever it was. Errors:
  // InvalidArgument for what is no snapshot; then it must not be used.
  virtual absl::Status Restore(std::string_view snapshot) = 0;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_STATE_MACHINE_H_
