// Remote calls, as the code on one node sees them.
//
// A request and its reply cross the network as bytes. The network may lose,
// delay, duplicate and reorder either of them: a call that fails may or may not
// have been executed, and a handler may run more than once for one call.
//
//   network.Serve("kv.Get", [&](NodeId from, Bytes request) { return ...; });
//   absl::StatusOr<Bytes> reply = network.Call(server, "kv.Get", request);

#ifndef REPRISE_SIM_ENV_NETWORK_H_
#define REPRISE_SIM_ENV_NETWORK_H_

#include <functional>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/text/text_view.h"

namespace reprise {

using Bytes = std::string;

struct CallOptions {
  // The call fails with DeadlineExceeded when this has passed without a reply.
  // Infinite: the network decides, and may let the call wait forever.
  Duration deadline = Duration::Infinite();
};

// Answers one request. It runs as a task of its own and may suspend; many runs
// of one handler may be in progress. An error becomes the result of the call.
using Handler =
    std::function<absl::StatusOr<Bytes>(NodeId from, Bytes request)>;

class Network {
 public:
  virtual ~Network() = default;

  // Sends `request` to `method` on node `to` and suspends until the reply.
  // Errors: DeadlineExceeded; Unavailable where the network tells of a loss at
  // once or the node is not there; Unimplemented where nothing serves `method`;
  // Cancelled while a crashed task unwinds; what the handler itself answered.
  virtual absl::StatusOr<Bytes> Call(NodeId to, std::string_view method,
                                     Bytes request,
                                     const CallOptions& options = {}) = 0;

  // Lets `handler` answer requests for `method` on this node until the node
  // stops. Requires that the method is not served yet.
  virtual void Serve(std::string_view method, Handler handler) = 0;

  // The same for Abseil's text.
  template <AbslText Text>
  absl::StatusOr<Bytes> Call(NodeId to, Text method, Bytes request,
                             const CallOptions& options = {}) {
    return Call(to, TextView(method), std::move(request), options);
  }
  template <AbslText Text>
  void Serve(Text method, Handler handler) {
    Serve(TextView(method), std::move(handler));
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_NETWORK_H_
