#include "reprise/sim/env/quorum_call.h"

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/env/call_future.h"

namespace reprise {

QuorumResult CallQuorum(Network& network, std::span<const NodeId> targets,
                        TextView method, const Bytes& request,
                        const QuorumOptions& options) {
  std::vector<QuorumRequest> requests;
  requests.reserve(targets.size());
  for (const NodeId target : targets) requests.push_back({target, request});
  return CallQuorum(network, std::move(requests), method, options);
}

QuorumResult CallQuorum(Network& network, std::vector<QuorumRequest> requests,
                        TextView method, const QuorumOptions& options) {
  const size_t needed =
      options.needed > 0 ? options.needed : MajorityOf(requests.size());
  REPRISE_CHECK(options.needed <= requests.size(), "a quorum of ", needed,
                " was asked for, expected at most the ", requests.size(),
                " targets");
  QuorumResult result;
  std::vector<CallFuture> calls;
  for (QuorumRequest& each : requests) {
    result.answers.push_back(
        {each.to, absl::CancelledError("the answer was not needed")});
    calls.push_back(network.StartCall(each.to, std::string_view(method),
                                      std::move(each.request),
                                      {.deadline = options.deadline}));
  }
  size_t open = calls.size();
  while (result.counted < needed && result.counted + open >= needed) {
    const std::optional<size_t> next = WaitForAny(calls);
    if (!next.has_value()) break;
    --open;
    QuorumAnswer& answer = result.answers[*next];
    answer.reply = calls[*next].Get();
    answer.counts =
        answer.reply.ok() && (options.counts == nullptr ||
                              options.counts(answer.from, *answer.reply));
    if (answer.counts) ++result.counted;
  }
  result.is_reached = result.counted >= needed;
  return result;
}

}  // namespace reprise
