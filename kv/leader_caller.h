// LeaderCaller: finds the server that leads a replicated store, and calls it
// until it answers.
//
// Guarantees: attempts that fail are followed by a rest that grows, with
// jitter, up to rest_max; only a hint who leads is followed at once, and only
// once between two rests. So a client that is not answered sends at most
// two requests a rest, whatever fails. Each server is asked in its turn.
//
//   LeaderCaller leader(env, {a, b, c});
//   absl::StatusOr<Bytes> answer = leader.Call(kOpenMethod, {});

#ifndef REPRISE_KV_LEADER_CALLER_H_
#define REPRISE_KV_LEADER_CALLER_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"

namespace reprise::kv {

struct LeaderCallerOptions {
  // How long an attempt may take.
  Duration attempt = Milliseconds(500);
  // How long a call may take in all; infinite: until it is answered.
  Duration deadline = Duration::Infinite();
  Duration rest_min = Milliseconds(5);
  Duration rest_max = Milliseconds(200);
};

class LeaderCaller {
 public:
  // Requires at least one server. The first one that is asked is drawn.
  LeaderCaller(Env& env, std::vector<NodeId> servers,
               const LeaderCallerOptions& options = {});

  // Suspends until a server answers with another outcome than kNotLeader,
  // kUnknown and kBusy; the result is that answer, as bytes that DecodeAnswer
  // accepts. Errors: DeadlineExceeded: what was asked for may take effect or
  // not; Cancelled.
  absl::StatusOr<Bytes> Call(std::string_view method, const Bytes& request);

  // Requests sent so far, repeated ones included.
  uint64_t attempts() const { return attempts_; }

 private:
  bool IsFinal(const absl::StatusOr<Bytes>& message);
  void GoToNext();
  bool FollowHint(std::optional<NodeId> leader);
  void Rest();

  Env& env_;
  std::vector<NodeId> servers_;
  LeaderCallerOptions options_;
  size_t server_;  // Whom it asks next.
  size_t turn_;    // Whom it asked last without a hint.
  Duration rest_;
  bool may_follow_ = true;  // Since the last rest no hint was followed.
  uint64_t attempts_ = 0;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_LEADER_CALLER_H_
