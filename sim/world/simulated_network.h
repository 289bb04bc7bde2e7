// SimulatedNetwork: remote calls between nodes.
//
// A call is a request packet and a reply packet, carried by a Transport. Every
// request that arrives runs its handler in a task of its own on the receiving
// node.
//
// Guarantees: a packet that arrives after its call has ended changes nothing on
// the caller. A node that is down neither executes nor answers. Where the
// network tells of losses it also tells of cut connections and nodes that are
// down: a new call fails after options.unreachable_delay; a call whose handler
// is running fails at the next multiple of options.liveness_poll, counted from
// the arrival of its request.

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
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link_map.h"
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
  // Of a node that has no tasks any more.
  void DropHandlers(NodeId id) { endpoints_[id.value()].handlers.clear(); }
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

  // See Network in sim/env/network.h.
  absl::StatusOr<Bytes> Call(NodeId from, NodeId to, std::string_view method,
                             Bytes&& request, const CallOptions& options);
  void Serve(NodeId node, std::string_view method, Handler handler);

  PacketRuleGuard AddRule(PacketRule rule) {
    return transport_.AddRule(std::move(rule));
  }

  // For a debugger.
  const PacketPool& packets() const { return state_.pool; }
  std::string_view MethodName(uint32_t number) const {
    return state_.methods.Name(number);
  }

  // What messages in flight are charged to.
  const MemoryAccount& memory() const { return *state_.memory; }
  Transport& transport() { return transport_; }
  LinkMap& links() { return state_.links; }
  const NetworkCounters& counters() const { return state_.counters; }

 private:
  static constexpr uint32_t kNoSlot = UINT32_MAX;

  struct PendingCall;

  // A node, as its callers see it.
  struct Endpoint {
    TaskGroup* tasks = nullptr;
    MemoryAccount* memory = nullptr;
    const NodeClock* clock = nullptr;
    bool is_up = true;
    // By method number; null: not served. A handler that runs stays in place.
    std::vector<std::unique_ptr<Handler>> handlers;
  };

  // A place for a call in progress.
  struct Slot {
    PendingCall* call = nullptr;  // Null: free.
    uint32_t next_free = 0;
  };

  void Arrive(Packet* packet) override;
  void Handle(Packet* packet) override;

  void AddSlot();
  // The call that the packet belongs to; null if it is over.
  PendingCall* PendingCallOf(const Packet& packet) const;
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

  void SendUnreachable(Packet* packet);
  [[gnu::cold]] void Refuse(Packet* packet);
  void ArriveRequest(Packet* packet);
  void Reply(Packet* packet, absl::StatusOr<Bytes>&& result);
  void EndCall(Packet* packet);
  template <typename IsAffected>
  void FailRunningCalls(IsAffected is_affected);

  Scheduler& scheduler_;
  Trace& trace_;
  Decisions& decisions_;
  const NetworkOptions options_;
  NetworkState state_;
  Transport transport_;
  std::vector<Endpoint> endpoints_;  // By node.
  // What was asked of nodes that did not serve it, and how often.
  std::map<std::pair<NodeId, uint32_t>, uint64_t> unserved_;
  uint64_t last_call_ = 0;  // The number of the call made last.
  // Frequent, and cheaper to share than to make.
  const absl::Status no_reply_ =
      absl::DeadlineExceededError("no reply in time");
  // A packet names its call's slot and its number, so that what arrives too
  // late finds that the call is over.
  std::vector<Slot> slots_;
  uint32_t free_slot_ = kNoSlot;  // The first of a list.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_SIMULATED_NETWORK_H_
