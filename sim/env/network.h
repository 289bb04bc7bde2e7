// Remote calls, as the code on one node sees them.
//
// A request and its reply cross the network as bytes. The network may lose,
// delay, duplicate and reorder either of them: a call that fails may or may not
// have been executed, and a handler may run more than once for one call.
//
// Each node has one connection to each node that it calls: its requests, the
// replies to them and its one-way messages travel on it. A connection that
// breaks takes with it what is on its way, and every call in progress on it
// fails at once. What is sent afterwards goes over a new one.
//
//   network.Serve("kv.Get", [&](NodeId from, Bytes request) { return ...; });
//   absl::StatusOr<Bytes> reply = network.Call(server, "kv.Get", request);
//   CallFuture other = network.StartCall(server, "kv.Get", request);
//   network.Send(server, "kv.Touch", key);

#ifndef REPRISE_SIM_ENV_NETWORK_H_
#define REPRISE_SIM_ENV_NETWORK_H_

#include <functional>
#include <string_view>
#include <utility>

#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/text/text_view.h"

namespace reprise {

struct CallOptions {
  // The call fails with DeadlineExceeded when this has passed without a reply.
  // Infinite: the network decides, and may let the call wait forever.
  Duration deadline = Duration::Infinite();
};

// Answers one request. It runs as a task of its own and may suspend; many runs
// of one handler may be in progress. An error becomes the result of the call.
// What it answers to a one-way message goes nowhere.
using Handler =
    std::function<absl::StatusOr<Bytes>(NodeId from, Bytes request)>;

// Takes one message that nobody waits for to be answered; otherwise as Handler.
using Receiver = std::function<void(NodeId from, Bytes message)>;

class Network {
 public:
  virtual ~Network() = default;

  // Sends `request` to `method` on node `to` and suspends until the reply.
  // Errors: DeadlineExceeded; Unavailable where the connection breaks, or where
  // the network tells of a loss at once or the node is not there; Unimplemented
  // where nothing serves `method`; Cancelled while a crashed task unwinds; what
  // the handler itself answered.
  virtual absl::StatusOr<Bytes> Call(NodeId to, std::string_view method,
                                     Bytes request,
                                     const CallOptions& options = {}) = 0;

  // As Call, but goes on at once. sim/env/call_future.h has what can be done
  // with the future; quorum_call.h calls many nodes at once.
  virtual CallFuture StartCall(NodeId to, std::string_view method,
                               Bytes request,
                               const CallOptions& options = {}) = 0;

  // Sends `message` to `method` on node `to` and goes on at once. Nobody
  // answers, and nobody learns whether it arrived: the network may lose, delay,
  // duplicate and reorder it as it may a request, and drops it where the node
  // is not there or nothing serves `method`. Does nothing while a crashed task
  // unwinds.
  virtual void Send(NodeId to, std::string_view method, Bytes message) = 0;

  // Lets `handler` answer requests for `method` on this node, and take one-way
  // messages, until the node stops. Requires that the method is not served yet.
  virtual void Serve(std::string_view method, Handler handler) = 0;
  // As Serve, for one-way messages. A call of the method has an empty reply.
  void Receive(TextView method, Receiver receiver) {
    Serve(std::string_view(method),
          [receiver = std::move(receiver)](
              NodeId from, Bytes message) -> absl::StatusOr<Bytes> {
            receiver(from, std::move(message));
            return Bytes();
          });
  }

  // The node of this name, whether it is up or not. May suspend. Errors:
  // NotFound; Unavailable where the lookup fails, and a later one may not;
  // Cancelled while a crashed task unwinds.
  virtual absl::StatusOr<NodeId> Resolve(std::string_view name) = 0;

  // The same for Abseil's text.
  template <AbslText Text>
  absl::StatusOr<Bytes> Call(NodeId to, Text method, Bytes request,
                             const CallOptions& options = {}) {
    return Call(to, TextView(method), std::move(request), options);
  }
  template <AbslText Text>
  CallFuture StartCall(NodeId to, Text method, Bytes request,
                       const CallOptions& options = {}) {
    return StartCall(to, TextView(method), std::move(request), options);
  }
  template <AbslText Text>
  void Send(NodeId to, Text method, Bytes message) {
    Send(to, TextView(method), std::move(message));
  }
  template <AbslText Text>
  absl::StatusOr<NodeId> Resolve(Text name) {
    return Resolve(TextView(name));
  }
  template <AbslText Text>
  void Serve(Text method, Handler handler) {
    Serve(TextView(method), std::move(handler));
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_NETWORK_H_
