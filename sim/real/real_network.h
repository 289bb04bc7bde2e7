// tidy: allow-file(shared-ptr) what Asio has pending refers to it
// RealNetwork: remote calls and one-way messages over TCP.
//
// A node dials the members that it calls, and listens where others may call it.
// Both ends of a connection say their names first. A connection that breaks
// fails the calls in progress on it, and the next call dials again: at once
// after a connection that stood, and after 10 ms, 20 ms ... 1 s while dialling
// fails, so that a caller who tries again does not spin. A node without an
// address can be called on the connection that it has dialled itself.
//
// Guarantees: what peers send costs at most what RealLimits say. A connection
// carries what was sent on it in order and at most once; what was on its way
// when it broke is lost. A handler that runs for a call whose connection broke
// goes on, and its reply is lost. A request of which nobody knows whether it
// was executed fails as Unavailable or DeadlineExceeded.
//
// Nothing is encrypted and nobody proves who it is: whoever reaches the port
// can call, and can take any name.

#ifndef REPRISE_SIM_REAL_REAL_NETWORK_H_
#define REPRISE_SIM_REAL_REAL_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "reprise/sim/env/call_future.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/real/address.h"
#include "reprise/sim/real/connection.h"
#include "reprise/sim/real/event_loop.h"
#include "reprise/sim/real/limits.h"
#include "reprise/sim/real/listener.h"
#include "reprise/sim/real/peers.h"
#include "reprise/sim/real/real_call.h"
#include "reprise/sim/real/real_link.h"
#include "reprise/sim/real/real_member.h"

namespace reprise {

struct RealNetworkOptions {
  std::string name;  // The node's own.
  // All that have an address, in an order on which all nodes agree.
  std::vector<RealMember> members = {};
  // Where others may call it. None: nowhere.
  std::optional<Address> listen = {};
  RealLimits limits = {};
  // Is told of connections that broke and of what others did wrong.
  std::function<void(std::string_view)> report = [](std::string_view) {};
};

class RealNetwork final : public Network,
                          private LinkOwner,
                          private CallOwner,
                          private Event {
 public:
  // Its handlers run as tasks of `tasks`, which must outlive it as the loop
  // must. Errors: as Listener::Listen.
  static absl::StatusOr<std::unique_ptr<RealNetwork>> Open(
      EventLoop& loop, TaskGroup& tasks, RealNetworkOptions options);
  ~RealNetwork() override;

  NodeId id() const { return peers_.self(); }
  // Where it listens; none: nowhere.
  std::optional<Address> address() const;

  bool ServesAnything() const { return !handlers_.empty(); }

  // From now on accepts no connection and begins no request.
  void Drain();
  // Whether it handles nothing and all that it wrote has left.
  bool IsDrained() const;
  // Ends every link and call. Nothing arrives any more. Requires that the
  // node's tasks have ended.
  void End();

 private:
  // A request that is being handled: where its reply goes.
  struct Origin {
    NodeId from;
    uint64_t call = 0;                    // 0: nobody waits for a reply.
    std::shared_ptr<RealLink> link = {};  // Null: the node itself asks.
    size_t bytes = 0;
  };

  RealNetwork(EventLoop& loop, TaskGroup& tasks, RealNetworkOptions options);

  absl::StatusOr<Bytes> Call(NodeId to, std::string_view method, Bytes request,
                             const CallOptions& options) override;
  CallFuture StartCall(NodeId to, std::string_view method, Bytes request,
                       const CallOptions& options) override;
  void Send(NodeId to, std::string_view method, Bytes message) override;
  void Serve(std::string_view method, Handler handler) override;
  absl::StatusOr<NodeId> Resolve(std::string_view name) override;

  void OnAccept(std::shared_ptr<Connection> connection);
  absl::Status OnHello(RealLink& link, std::string_view name) override;
  void OnRequest(RealLink& link, const Frame& frame) override;
  void OnEnded(RealLink& link, const absl::Status& why) override;

  // The link to the node, dialled where need be.
  absl::StatusOr<std::shared_ptr<RealLink>> LinkTo(NodeId to);
  std::shared_ptr<RealLink> Dial(Peer& peer);
  void Start(const std::shared_ptr<RealLink>& link);
  // Begins a task that handles the request.
  void Handle(const Origin& origin, std::string_view method, Bytes request);
  void Answer(const Origin& origin, const absl::StatusOr<Bytes>& reply);
  // Of a call by the node of itself.
  void Drop(const RealCall& call) override;
  // Each second: ends what has stalled.
  void Fire() override;
  void Report(std::string_view line);

  const RealNetworkOptions options_;
  EventLoop& loop_;
  TaskGroup& tasks_;
  ConnectionPool pool_;
  Peers peers_;
  std::map<std::string, Handler, std::less<>> handlers_;
  std::set<std::shared_ptr<RealLink>> links_;
  size_t accepted_ = 0;  // Of the links.
  size_t handled_ = 0;   // Requests and messages that are being handled.
  uint64_t calls_ = 0;   // That were made, and that have ended.
  uint64_t ends_ = 0;
  std::map<uint64_t, RealCall*> own_calls_;  // Of the node by itself.
  std::unique_ptr<Listener> listener_;
  size_t reports_ = 0;  // In the second that passes.
  bool is_draining_ = false;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_REAL_NETWORK_H_
