// SimulatedNetwork: remote calls over links that lose, delay and duplicate.
//
// A call is a request packet and a reply packet. Each is decided on by its
// link's streams when it is sent, and arrives as an event. Every request that
// arrives runs its handler in a task of its own on the receiving node.
//
// Guarantees: each packet that is not lost arrives once, and once more for each
// duplication; a packet that arrives after its call has ended changes nothing
// on the caller; packets whose node stopped are freed.

#ifndef SIM_WORLD_SIMULATED_NETWORK_H_
#define SIM_WORLD_SIMULATED_NETWORK_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "sim/core/event_queue.h"
#include "sim/core/ids.h"
#include "sim/core/scheduler.h"
#include "sim/env/network.h"
#include "sim/trace/trace.h"
#include "sim/world/faults.h"
#include "sim/world/link.h"
#include "sim/world/network_counters.h"

namespace reprise {

class SimulatedNetwork {
 public:
  // All must outlive the network. Tasks must end before it.
  SimulatedNetwork(Scheduler& scheduler, Trace& trace, Decisions& decisions,
                   const NetworkOptions& options);
  ~SimulatedNetwork();
  SimulatedNetwork(const SimulatedNetwork&) = delete;
  SimulatedNetwork& operator=(const SimulatedNetwork&) = delete;

  // A node that takes part from now on; ids are given in order from 0.
  void AddNode(NodeId id, TaskGroup& tasks);

  // See Network in sim/env/network.h.
  absl::StatusOr<Bytes> Call(NodeId from, NodeId to, std::string_view method,
                             Bytes request, const CallOptions& options);
  void Serve(NodeId node, std::string_view method, Handler handler);

  const NetworkCounters& counters() const { return counters_; }
  std::string_view MethodName(uint32_t method) const {
    return methods_[method];
  }

 private:
  struct PendingCall;
  class Packet;

  // A place for a call in progress. Packets name it together with the
  // generation, so that what arrives too late finds that the call is over.
  struct CallSlot {
    PendingCall* pending = nullptr;
    uint32_t generation = 0;
  };
  // A node, as the network sees it.
  struct Port {
    TaskGroup* tasks = nullptr;
    // By method number; null: not served. A handler that runs stays in place.
    std::vector<std::unique_ptr<Handler>> handlers;
    Link* last_link = nullptr;  // The link that was used last from here.
  };

  uint32_t MethodNumber(std::string_view method);
  Link& LinkFrom(NodeId from, NodeId to);
  Link& ReverseOf(Link& link);

  Packet* AcquirePacket();
  void ReleasePacket(Packet* packet);
  uint32_t AcquireSlot(PendingCall& pending);

  void Send(Packet* packet);
  void SendDuplicate(const Packet& packet);
  void ArriveAfter(Packet* packet, Duration delay);
  void Arrive(Packet* packet);
  void ArriveRequest(Packet* packet);
  void RunHandler(Packet* packet);
  void Reply(Packet* packet, absl::StatusOr<Bytes> result);
  void EndCall(Packet* packet);
  void Record(EventKind kind, const Packet& packet, NodeId node, NodeId peer,
              uint64_t value);

  Scheduler& scheduler_;
  Trace& trace_;
  Decisions& decisions_;
  NetworkOptions options_;
  NetworkCounters counters_;
  std::vector<std::string> methods_;
  std::vector<Port> ports_;
  std::deque<Link> links_;
  absl::flat_hash_map<uint64_t, Link*> link_by_ends_;
  std::vector<CallSlot> slots_;
  std::vector<uint32_t> free_slots_;
  std::vector<std::unique_ptr<Packet>> packets_;
  std::vector<Packet*> free_packets_;
};

}  // namespace reprise

#endif  // SIM_WORLD_SIMULATED_NETWORK_H_
