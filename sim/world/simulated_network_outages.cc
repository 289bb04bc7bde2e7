// What befalls the connections of a SimulatedNetwork.

#include <cstdint>
#include <utility>

#include "absl/status/status.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/simulated_network.h"
#include "reprise/sim/world/started_call.h"

namespace reprise {

void SimulatedNetwork::NodeStopped(NodeId id) {
  Endpoint& endpoint = endpoints_[id.value()];
  endpoint.is_up = false;
  endpoint.handlers.clear();
  AbandonCalls([id](const PendingCall& call) { return call.link.from == id; });
  FailRunningCalls(
      [id](const PendingCall& call) { return call.link.to == id; });
}

void SimulatedNetwork::End() {
  for (Endpoint& endpoint : endpoints_) endpoint.handlers.clear();
  AbandonCalls([](const PendingCall&) { return true; });
}

template <typename IsAffected>
void SimulatedNetwork::AbandonCalls(IsAffected is_affected) {
  calls_.ForEach([&](const PendingCall& call) {
    if (call.started != nullptr && is_affected(call)) call.started->Abandon();
  });
}

void SimulatedNetwork::SetCut(NodeId from, NodeId to, Origin by, bool is_cut) {
  Link& link = state_.links.From(from, to);
  const bool was_connected = link.IsConnected();
  is_cut ? link.cut_by.Add(by) : link.cut_by.Remove(by);
  const bool is_connected = link.IsConnected();
  if (is_connected == was_connected) return;
  link.UpdateTrouble();
  trace_.Record(
      {.time = scheduler_.now(),
       .kind = is_connected ? EventKind::kLinkConnected : EventKind::kLinkCut,
       .node = from,
       .peer = to});
  if (is_connected) return;
  FailRunningCalls(
      [&link](const PendingCall& call) { return &call.link == &link; });
}

void SimulatedNetwork::ResetConnection(NodeId from, NodeId to) {
  Link& link = state_.links.From(from, to);
  link.last_broken_call = calls_.last_number();
  link.UpdateTrouble();
  const auto is_affected = [&link](const PendingCall& call) {
    return &call.link == &link && call.answer == nullptr;
  };
  uint64_t affected = 0;
  calls_.ForEach([&](const PendingCall& call) {
    if (is_affected(call)) ++affected;
  });
  ++state_.fault_counts[Fault::kReset];
  trace_.Record({.time = scheduler_.now(),
                 .kind = EventKind::kConnectionReset,
                 .node = from,
                 .peer = to,
                 .value = affected});
  const bool has_lost = transport_.LoseConnection(link);
  if (affected > 0 || has_lost) state_.fault_counts.Strike(Fault::kReset);
  calls_.ForEach([&](const PendingCall& call) {
    if (!is_affected(call)) return;
    FailCall(call, absl::UnavailableError("the connection was reset"), {});
  });
}

// Tells the callers of affected calls whose handler is running or never will
// again, each at its next look at the connection.
template <typename IsAffected>
void SimulatedNetwork::FailRunningCalls(IsAffected is_affected) {
  if (!TellsOfFailures()) return;
  const int64_t now = scheduler_.now().nanoseconds();
  const int64_t poll = options_.liveness_poll.nanoseconds();
  calls_.ForEach([&](const PendingCall& call) {
    if (!is_affected(call) || call.answer != nullptr) return;
    const VirtualTime arrival = calls_.ArrivalOf(call);
    if (arrival == VirtualTime::Infinite()) return;
    const int64_t since = now - arrival.nanoseconds();
    FailCall(call,
             absl::UnavailableError("the connection broke while it was served"),
             Nanoseconds(poll - since % poll));
  });
}

void SimulatedNetwork::FailCall(const PendingCall& call, absl::Status status,
                                Duration delay) {
  Packet* packet = state_.pool.Acquire();
  packet->slot = call.slot;
  packet->call = call.number;
  transport_.SendNotice(packet, call.link, std::move(status), delay);
}

}  // namespace reprise
