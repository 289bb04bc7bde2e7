// SimulatedNetwork: remote calls and one-way messages between nodes.
//
// A call is a request packet and a reply packet, carried by a Transport; a
// one-way message is one packet. Every request and message that arrives runs
// its handler in a task of its own on the receiving node.
//
// Guarantees: a packet that arrives after its call has ended changes nothing on
// the caller. A node that is down neither executes nor answers. Where the
// network tells of losses it also tells of cut connections and nodes that are
// down: a new call fails after options.unreachable_delay; a call whose handler
// is running fails at the next multiple of options.liveness_poll, counted from
// the arrival of its request. A call whose connection breaks fails at once on
// any network; a handler that runs for it goes on, and its reply is lost.

#ifndef REPRISE_SIM_WORLD_SIMULATED_NETWORK_H_
#define REPRISE_SIM_WORLD_SIMULATED_NETWORK_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/call_table.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link_map.h"
#include "reprise/sim/world/method_table.h"
#include "reprise/sim/world/network_counters.h"
#include "reprise/sim/world/network_state.h"
#include "reprise/sim/world/node_clock.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/packet.h"
#include "reprise/sim/world/transport.h"

namespace reprise {

class SimulatedNetwork final : private PacketReceiver {
 public:
  // All must outlive the network. Tasks must end before it.
  SimulatedNetwork(Scheduler& scheduler, Trace& trace, Decisions& decisions,
                   const NetworkOptions& options, FaultCounts& fault_counts);
  SimulatedNetwork(const SimulatedNetwork&) = delete;
  SimulatedNetwork& operator=(const SimulatedNetwork&) = delete;

  // Adds a node; ids are given in order from 0. What the node's handlers
  // request is charged to `memory`. The deadlines of its calls follow `clock`.
  void AddNode(NodeId id, TaskGroup& tasks, MemoryAccount& memory,
               const NodeClock& clock);
  // The node's tasks are gone: forgets its handlers, tells its callers.
  void NodeStopped(NodeId id);
  void NodeStarted(NodeId id) { endpoints_[id.value()].is_up = true; }
  // At the end of the world, when no node has tasks any more: forgets their
  // handlers, which may hold what the scenario owns, and tells their callers.
  // O(nodes + calls).
  void End();
  // A line for each method that was called, at a node that is up and does not
  // serve it: who does not serve what, and what it serves instead.
  std::string DescribeUnserved() const;
  // Puts the counters back to what they were.
  void SetCounters(const NetworkCounters& counters) {
    state_.counters = counters;
  }

  // Cuts the way of calls from `from` to `to`, or ends the cut by `by`. While
  // it is cut, replies to calls that were under way are lost.
  void SetCut(NodeId from, NodeId to, Origin by, bool is_cut);
  // Breaks the connection that carries the calls and messages of `from` to
  // `to`.
  void ResetConnection(NodeId from, NodeId to);

  // See Network in sim/env/network.h.
  absl::StatusOr<Bytes> Call(NodeId from, NodeId to, std::string_view method,
                             Bytes&& request, const CallOptions& options);
  CallFuture StartCall(NodeId from, NodeId to, std::string_view method,
                       Bytes&& request, const CallOptions& options);
  void Send(NodeId from, NodeId to, std::string_view method, Bytes&& message);
  void Serve(NodeId node, std::string_view method, Handler handler);

  PacketRuleGuard AddRule(PacketRule rule) {
    return transport_.AddRule(std::move(rule));
  }

  // For a debugger.
  const PacketPool& packets() const { return state_.pool; }
  std::string_view MethodName(uint32_t number) const {
    return state_.methods.Name(number);
  }
  const MethodTable& methods() const { return state_.methods; }

  // What messages in flight are charged to.
  const MemoryAccount& memory() const { return *state_.memory; }
  Transport& transport() { return transport_; }
  LinkMap& links() { return state_.links; }
  const NetworkCounters& counters() const { return state_.counters; }

 private:
  // A node, as its callers see it.
  struct Endpoint {
    TaskGroup* tasks = nullptr;
    MemoryAccount* memory = nullptr;
    const NodeClock* clock = nullptr;
    bool is_up = true;
    // By method number; null: not served. A handler that runs stays in place.
    std::vector<std::unique_ptr<Handler>> handlers;
  };

  void Arrive(Packet* packet) override;
  void Handle(Packet* packet) override;
  void Prefetch(const Packet& packet) const override;

  bool IsReachable(const Link& link) const {
    return link.IsConnected() && endpoints_[link.to.value()].is_up;
  }
  bool TellsOfFailures() const {
    return options_.loss_notice == LossNotice::kAtOnce;
  }

  bool IsServed(NodeId node, uint32_t method) const {
    const auto& handlers = endpoints_[node.value()].handlers;
    return method < handlers.size() && handlers[method] != nullptr;
  }

  // Puts the request of a call on its way.
  [[gnu::always_inline]] inline void SendRequest(const PendingCall& pending,
                                                 uint32_t method,
                                                 Bytes&& request);
  // When a call that is made now fails, by the world's time.
  [[gnu::always_inline]] inline VirtualTime DeadlineOf(
      NodeId from, const CallOptions& options) const;
  void SendUnreachable(Packet* packet);
  [[gnu::cold]] void Refuse(Packet* packet);
  void ArriveRequest(Packet* packet);
  // Begins a task that handles the packet.
  [[gnu::always_inline]] inline void Deliver(const Endpoint& endpoint,
                                             Packet& packet);
  [[gnu::noinline]] void ArriveMessage(Packet* packet);
  void Reply(Packet* packet, absl::StatusOr<Bytes>&& result);
  [[gnu::cold]] void ReplyInTrouble(Packet* packet, Link& request_link);
  void EndCall(Packet* packet);
  // Ends the affected calls that no task waits for.
  template <typename IsAffected>
  void AbandonCalls(IsAffected is_affected);
  template <typename IsAffected>
  void FailRunningCalls(IsAffected is_affected);
  // The call ends with `status` after `delay`, unless it has ended before.
  void FailCall(const PendingCall& call, absl::Status status, Duration delay);

  Scheduler& scheduler_;
  Trace& trace_;
  Decisions& decisions_;
  const NetworkOptions options_;
  NetworkState state_;
  Transport transport_;
  std::vector<Endpoint> endpoints_;  // By node.
  // What was asked of nodes that did not serve it, and how often.
  std::map<std::pair<NodeId, uint32_t>, uint64_t> unserved_;
  uint64_t last_message_ = 0;  // The number of the message sent last.
  // Frequent, and cheaper to share than to make.
  const absl::Status no_reply_ =
      absl::DeadlineExceededError("no reply in time");
  CallTable calls_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_SIMULATED_NETWORK_H_
