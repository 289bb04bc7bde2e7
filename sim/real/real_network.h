// RealNetwork: remote calls and one-way messages over TCP.
//
// A node dials the members that it calls, and listens where others may call it.
// Whoever dials says its name first. A connection that breaks fails the calls
// in progress on it; the next call dials again, at once after the first break
// and then after 10 ms, 20 ms ... 1 s, so that a caller who tries again does
// not spin. A node without an address can be called on the connection that it
// has dialled itself.
//
// Guarantees: what peers send costs at most what RealLimits say. A connection
// carries what was sent on it in order and at most once; what was on its way
// when it broke is lost. A handler that runs for a call whose connection broke
// goes on, and its reply is lost. A request of which nobody knows whether it
// was executed fails as Unavailable or DeadlineExceeded.
//
// Nothing is encrypted and nobody proves who it is: whoever reaches the port
// can call and can take any name.

#ifndef REPRISE_SIM_REAL_REAL_NETWORK_H_
#define REPRISE_SIM_REAL_REAL_NETWORK_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
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

namespace reprise {

// A node that has an address.
struct RealMember {
  std::string name;
  Address address;
};

struct RealNetworkOptions {
  std::string name;  // The node's own.
  // All that have an address, in an order on which all nodes agree: a member's
  // NodeId is its place. Others get the numbers behind.
  std::vector<RealMember> members = {};
  // Where others may call it. None: nowhere.
  std::optional<Address> listen = {};
  RealLimits limits = {};
  // Is told of what others did wrong and of connections that broke.
  std::function<void(std::string_view)> report = [](std::string_view) {};
};

class RealNetwork final : public Network {
 public:
  // Its handlers run as tasks of `tasks`. Both must outlive it. Errors: as
  // Listener::Listen.
  static absl::StatusOr<std::unique_ptr<RealNetwork>> Open(
      EventLoop& loop, TaskGroup& tasks, RealNetworkOptions options);
  ~RealNetwork() override;

  NodeId id() const { return id_; }
  // Where it listens. Requires that it does.
  const Address& address() const { return listener_->address(); }

  absl::StatusOr<Bytes> Call(NodeId to, std::string_view method, Bytes request,
                             const CallOptions& options) override;
  CallFuture StartCall(NodeId to, std::string_view method, Bytes request,
                       const CallOptions& options) override;
  void Send(NodeId to, std::string_view method, Bytes message) override;
  void Serve(std::string_view method, Handler handler) override;
  absl::StatusOr<NodeId> Resolve(std::string_view name) override;
  using Network::Call;
  using Network::Resolve;
  using Network::Send;
  using Network::Serve;
  using Network::StartCall;

  bool ServesAnything() const { return !handlers_.empty(); }

  // From now on accepts no connection, and answers new requests Unavailable.
  void Drain();
  // Whether it handles nothing and all that it wrote has left.
  bool IsDrained() const;
  // Closes every connection and ends every call as Cancelled. Nothing arrives
  // any more. Requires that no task of the node runs on.
  void End();

 private:
  class Channel;
  class PendingCall;
  struct Peer;

  RealNetwork(EventLoop& loop, TaskGroup& tasks, RealNetworkOptions options);

  void OnAccept(std::shared_ptr<Connection> connection);
  // The channel that leads to the node, dialled where need be; null: none can.
  Channel* ChannelTo(NodeId to);
  Channel& Dial(Peer& peer);
  NodeId IdOf(std::string_view name);
  void Forget(Channel& channel);
  void SweepStalled();
  void Handle(Channel& channel, const Frame& frame);
  void HandleOwn(uint64_t call, std::string_view method, Bytes request);
  CallFuture Fail(std::string_view method, absl::Status status);

  const RealNetworkOptions options_;
  EventLoop& loop_;
  TaskGroup& tasks_;
  ConnectionPool pool_;
  NodeId id_;
  std::deque<Peer> peers_;  // By their NodeId.
  std::map<std::string, NodeId, std::less<>> ids_;
  std::map<std::string, Handler, std::less<>> handlers_;
  std::map<const Channel*, std::unique_ptr<Channel>> channels_;
  size_t accepted_ = 0;  // Of the channels.
  size_t requests_in_progress_ = 0;
  uint64_t last_call_ = 0;
  uint64_t last_end_ = 0;
  std::unique_ptr<Listener> listener_;
  bool is_draining_ = false;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_REAL_NETWORK_H_
