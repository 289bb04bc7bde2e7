// NetworkState: what calls (SimulatedNetwork) and the packets that carry them
// (Transport) share. The network owns it; beyond it, the transport knows
// nothing of calls, and the network nothing of how packets travel.

#ifndef REPRISE_SIM_WORLD_NETWORK_STATE_H_
#define REPRISE_SIM_WORLD_NETWORK_STATE_H_

#include <cstdint>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/served_operation.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/trace/trace.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link_map.h"
#include "reprise/sim/world/method_table.h"
#include "reprise/sim/world/network_counters.h"
#include "reprise/sim/world/packet.h"
#include "reprise/sim/world/packet_name.h"

namespace reprise {

class NetworkState {
 public:
  // All must outlive it.
  NetworkState(Scheduler& scheduler, Trace& trace, Decisions& decisions,
               const NetworkOptions& options, FaultCounts& fault_counts,
               PacketReceiver& receiver)
      : scheduler(scheduler),
        trace(trace),
        decisions(decisions),
        options(options),
        fault_counts(fault_counts),
        links(decisions, options),
        methods(scheduler, trace),
        pool(scheduler, receiver) {}
  NetworkState(const NetworkState&) = delete;
  NetworkState& operator=(const NetworkState&) = delete;

  // Records what happened to `packet` at `node`; `peer` is the other end.
  [[gnu::always_inline]] void Record(EventKind kind, const Packet& packet,
                                     NodeId node, NodeId peer, uint64_t value) {
    trace.Record({.time = scheduler.now(),
                  .kind = kind,
                  .method = packet.method,
                  .node = node,
                  .peer = peer,
                  .id = packet.call,
                  .value = value,
                  .bytes = packet.payload.size(),
                  .hash = packet.hash},
                 packet.payload);
  }

  // Numbers a request or message, whose method and link are set, for the task
  // that sends it.
  [[gnu::always_inline]] void Number(Packet& packet,
                                     ServedOperation operation) {
    packet.operation = operation;
    packet.series = PacketName::Series(methods.Hash(packet.method), operation);
    packet.number = packet.link->numbers.Next(packet.method, operation);
  }
  // What the decisions about the packet are named by.
  PacketName NameOf(const Packet& packet) const {
    return {.method_hash = methods.Hash(packet.method),
            .method = methods.Name(packet.method),
            .operation = packet.operation,
            .number = packet.number,
            .copy = packet.copy,
            .reply_copy = packet.reply_copy};
  }

  Scheduler& scheduler;
  Trace& trace;
  Decisions& decisions;
  const NetworkOptions& options;
  FaultCounts& fault_counts;
  LinkMap links;
  MethodTable methods;
  // What messages in flight are charged to.
  const MemoryAccountHandle memory = NewMemoryAccount();
  PacketPool pool;
  NetworkCounters counters;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NETWORK_STATE_H_
