// NetworkState: what calls (SimulatedNetwork) and the packets that carry them
// (Transport) share. The network owns it; beyond it, the transport knows
// nothing of calls, and the network nothing of how packets travel.

#ifndef REPRISE_SIM_WORLD_NETWORK_STATE_H_
#define REPRISE_SIM_WORLD_NETWORK_STATE_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/random.h"
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
  void Number(Packet& packet, ServedOperation operation);
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

 private:
  // How many requests and messages of a method on a link serve an operation.
  absl::flat_hash_map<uint64_t, uint32_t> serving_;
};

inline void NetworkState::Number(Packet& packet, ServedOperation operation) {
  packet.operation = operation;
  if (operation.IsNone()) [[likely]] {
    std::vector<uint32_t>& numbers = packet.link->unserving;
    if (numbers.size() <= packet.method) [[unlikely]] {
      numbers.resize(packet.method + 1);
    }
    packet.number = numbers[packet.method]++;
    return;
  }
  const uint64_t ends =
      uint64_t{packet.link->from.value()} << 32 | packet.link->to.value();
  packet.number = serving_[MixBits(MixBits(operation.word() ^ MixBits(ends)) ^
                                   packet.method)]++;
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_NETWORK_STATE_H_
