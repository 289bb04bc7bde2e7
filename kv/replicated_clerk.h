// ReplicatedClerk: a client of a replicated store.
//
// It opens a session with its first Put or Append, and sends each of them
// again, under the same session and number, until the server that leads answers
// it (leader_caller.h).
//
// Guarantees: a call that returns OK took effect exactly once, at one instant
// before it returned. Where the session has expired, the servers cannot tell
// any more whether the call took effect: it ends as Aborted, has taken effect
// once or never, and does not do so later; the next call has a new session.
//
// Requires: one call at a time for each clerk.
//
//   kv::ReplicatedClerk clerk(env, {a, b, c});
//   absl::Status status = clerk.Put("k", "a");
//   absl::StatusOr<std::string> old_value = clerk.Append("k", "b");  // "a"
//   absl::StatusOr<std::string> value = clerk.Get("k");              // "ab"

#ifndef REPRISE_KV_REPLICATED_CLERK_H_
#define REPRISE_KV_REPLICATED_CLERK_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/leader_caller.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/env/env.h"

namespace reprise::kv {

class ReplicatedClerk {
 public:
  ReplicatedClerk(Env& env, std::vector<NodeId> servers,
                  const LeaderCallerOptions& options = {});

  // Errors of all three: Aborted: see above, never for a Get;
  // DeadlineExceeded: the call took too long, and may take effect later;
  // Cancelled: the node crashes.
  // The value of `key`; "" for a missing one.
  absl::StatusOr<std::string> Get(std::string_view key);
  absl::Status Put(std::string_view key, std::string_view value);
  // Returns the value from before.
  absl::StatusOr<std::string> Append(std::string_view key,
                                     std::string_view value);

  // Requests sent so far, repeated ones included.
  uint64_t attempts() const { return leader_.attempts(); }
  // 0: none is open.
  uint64_t session() const { return session_; }

 private:
  absl::Status OpenSession();
  absl::StatusOr<std::string> Execute(RequestKind kind, std::string_view key,
                                      std::string_view value);
  absl::StatusOr<std::string> Ask(const Request& request);

  LeaderCaller leader_;
  uint64_t session_ = 0;
  uint64_t sequence_ = 0;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_REPLICATED_CLERK_H_
