// CallQuorum: one call to many nodes at once, until enough of them have
// answered as they should.
//
// Guarantees: all requests are sent at the same instant. It returns as soon as
// `needed` answers count, or as soon as the calls that are left cannot bring
// them any more, and cancels the calls that are left. Each target has its
// answer or the status of its call, in the order of the targets. It costs no
// tasks. While a crashed task unwinds, each target has Cancelled.
//
//   const QuorumResult votes = CallQuorum(
//       env.network(), peers, "vote", ballot,
//       {.needed = MajorityOf(members) - 1,  // And the caller's own.
//        .deadline = Milliseconds(150),
//        .counts = [](NodeId, const Bytes& vote) { return vote == "yes"; }});
//   if (votes.is_reached) Lead();

#ifndef REPRISE_SIM_ENV_QUORUM_CALL_H_
#define REPRISE_SIM_ENV_QUORUM_CALL_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/network.h"
#include "reprise/text/text_view.h"

namespace reprise {

// More than half of them.
constexpr size_t MajorityOf(size_t members) { return members / 2 + 1; }

struct QuorumOptions {
  // How many answers must count; at most as many as there are targets. 0: a
  // majority of the targets.
  size_t needed = 0;
  // Of each call, by the caller's clock, as CallOptions::deadline.
  Duration deadline = Duration::Infinite();
  // Whether a reply counts; null: each does. An error never does. Must not
  // wait.
  std::function<bool(NodeId from, const Bytes& reply)> counts = {};
};

// A target, and what it is asked.
struct QuorumRequest {
  NodeId to;
  Bytes request;
};

struct QuorumAnswer {
  NodeId from;
  // Cancelled where the call was not needed any more.
  absl::StatusOr<Bytes> reply;
  bool counts = false;
};

struct QuorumResult {
  bool is_reached = false;
  size_t counted = 0;                 // Answers that count.
  std::vector<QuorumAnswer> answers;  // In the order of the targets.
};

// Asks each target the same.
QuorumResult CallQuorum(Network& network, std::span<const NodeId> targets,
                        TextView method, const Bytes& request,
                        const QuorumOptions& options = {});
// Asks each target what its request says.
QuorumResult CallQuorum(Network& network, std::vector<QuorumRequest> requests,
                        TextView method, const QuorumOptions& options = {});

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_QUORUM_CALL_H_
