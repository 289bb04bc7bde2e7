#include "reprise/sim/world/simulated_network.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

void AppendText(std::string* text, std::string_view more) {
  text->append(more);
}

}  // namespace

// A call in progress, on the stack of the calling task.
struct SimulatedNetwork::PendingCall {
  SimulatedNetwork& network;
  Task& task;
  Link& link;
  uint64_t number;
  uint32_t slot;
  // When its request first arrived; Infinite() before.
  VirtualTime arrival = VirtualTime::Infinite();
  // The reply or notice that ended it; null before.
  Packet* answer = nullptr;

  PendingCall(SimulatedNetwork& network, Task& task, Link& link,
              uint64_t number)
      : network(network), task(task), link(link), number(number) {
    if (network.free_slot_ == kNoSlot) [[unlikely]] {
      network.AddSlot();
    }
    slot = network.free_slot_;
    network.free_slot_ = network.slots_[slot].next_free;
    network.slots_[slot].call = this;
  }
  PendingCall(const PendingCall&) = delete;
  PendingCall& operator=(const PendingCall&) = delete;
  // Also when the task unwinds: from now on packets of the call are late.
  ~PendingCall() {
    network.slots_[slot] = {nullptr, network.free_slot_};
    network.free_slot_ = slot;
    if (answer != nullptr) network.state_.pool.Release(answer);
  }
};

SimulatedNetwork::SimulatedNetwork(Scheduler& scheduler, Trace& trace,
                                   Decisions& decisions,
                                   const NetworkOptions& options,
                                   FaultCounts& fault_counts)
    : scheduler_(scheduler),
      trace_(trace),
      decisions_(decisions),
      options_(options),
      state_(scheduler, trace, decisions, options_, fault_counts, *this),
      transport_(state_) {}

void SimulatedNetwork::AddNode(NodeId id, TaskGroup& tasks,
                               MemoryAccount& memory, const NodeClock& clock) {
  state_.links.AddNode(id, tasks.name());
  Endpoint& endpoint = endpoints_.emplace_back();
  endpoint.tasks = &tasks;
  endpoint.memory = &memory;
  endpoint.clock = &clock;
}

void SimulatedNetwork::NodeStopped(NodeId id) {
  Endpoint& endpoint = endpoints_[id.value()];
  endpoint.is_up = false;
  endpoint.handlers.clear();
  FailRunningCalls(
      [id](const PendingCall& call) { return call.link.to == id; });
}

void SimulatedNetwork::SetCut(NodeId from, NodeId to, Origin by, bool is_cut) {
  Link& link = state_.links.From(from, to);
  const bool was_connected = link.IsConnected();
  is_cut ? link.cut_by.Add(by) : link.cut_by.Remove(by);
  const bool is_connected = link.IsConnected();
  if (is_connected == was_connected) return;
  trace_.Record(
      {.time = scheduler_.now(),
       .kind = is_connected ? EventKind::kLinkConnected : EventKind::kLinkCut,
       .node = from,
       .peer = to});
  if (is_connected) return;
  FailRunningCalls(
      [&link](const PendingCall& call) { return &call.link == &link; });
}

absl::StatusOr<Bytes> SimulatedNetwork::Call(NodeId from, NodeId to,
                                             std::string_view method,
                                             Bytes&& request,
                                             const CallOptions& options) {
  Task* task = CurrentContext().task;
  REPRISE_CHECK(task != nullptr, "only a task can make a remote call");
  if (task->IsUnwinding()) return absl::CancelledError("the node is stopping");

  MemoryAccount* caller = CurrentContext().memory;
  const FrameworkMemoryScope scope;
  TransferCharge(request, state_.memory.get());
  PendingCall pending{*this, *task, state_.links.From(from, to), ++last_call_};
  ++state_.counters.calls;
  state_.counters.request_bytes += request.size();
  Packet* packet = state_.pool.Acquire();
  packet->kind = Packet::Kind::kRequest;
  packet->method = state_.methods.Number(method);
  packet->slot = pending.slot;
  packet->link = &pending.link;
  packet->call = pending.number;
  packet->payload = std::move(request);
  const uint32_t method_number = packet->method;
  if (IsReachable(pending.link)) {
    transport_.Send(packet);
  } else {
    SendUnreachable(packet);
  }

  const Duration limit = options.deadline.IsInfinite()
                             ? options_.default_deadline
                             : options.deadline;
  const NodeClock& clock = *endpoints_[from.value()].clock;
  scheduler_.Park({.what = "a reply to",
                   .object = state_.methods.Name(method_number),
                   .number = pending.number},
                  clock.WorldTime(clock.Monotonic(scheduler_.now()) + limit));
  Packet* answer = pending.answer;
  if (answer != nullptr && answer->status.ok()) {
    TransferCharge(answer->payload, caller);
    return std::move(answer->payload);
  }
  absl::Status status =
      answer != nullptr ? std::move(answer->status) : no_reply_;
  trace_.Record({.time = scheduler_.now(),
                 .kind = EventKind::kCallFailed,
                 .method = method_number,
                 .node = from,
                 .peer = to,
                 .id = pending.number,
                 .value = static_cast<uint64_t>(status.code())});
  return status;
}

void SimulatedNetwork::Serve(NodeId node, std::string_view method,
                             Handler handler) {
  const Task* task = CurrentContext().task;
  if (task != nullptr && task->IsUnwinding()) return;
  const FrameworkMemoryScope scope;
  const uint32_t number = state_.methods.Number(method);
  auto& handlers = endpoints_[node.value()].handlers;
  if (handlers.size() <= number) handlers.resize(number + 1);
  REPRISE_CHECK(handlers[number] == nullptr, ToAbsl(method),
                " is served already");
  handlers[number] = std::make_unique<Handler>(std::move(handler));
}

void SimulatedNetwork::AddSlot() {
  slots_.push_back({nullptr, free_slot_});
  free_slot_ = static_cast<uint32_t>(slots_.size() - 1);
}

SimulatedNetwork::PendingCall* SimulatedNetwork::PendingCallOf(
    const Packet& packet) const {
  PendingCall* pending = slots_[packet.slot].call;
  return pending != nullptr && pending->number == packet.call ? pending
                                                              : nullptr;
}

// The other end is cut off or down: the request goes nowhere.
void SimulatedNetwork::SendUnreachable(Packet* packet) {
  Link& link = *packet->link;
  state_.Record(EventKind::kRequestUnreachable, *packet, link.from, link.to, 0);
  if (!TellsOfFailures()) {
    state_.pool.Release(packet);
    return;
  }
  const Duration delay = decisions_.DecideDelay(link.unreachable_delay,
                                                options_.unreachable_delay);
  transport_.SendNotice(
      packet, link, absl::UnavailableError("the node is not reachable"), delay);
}

void SimulatedNetwork::Arrive(Packet* packet) {
  if (transport_.Intercept(packet)) return;
  if (packet->kind == Packet::Kind::kRequest) {
    ArriveRequest(packet);
  } else {
    EndCall(packet);
  }
}

void SimulatedNetwork::ArriveRequest(Packet* packet) {
  Link& link = *packet->link;
  const Endpoint& endpoint = endpoints_[link.to.value()];
  if (!endpoint.is_up) {
    state_.Record(EventKind::kRequestRefused, *packet, link.to, link.from,
                  packet->is_duplicate ? 1 : 0);
    if (TellsOfFailures() && !packet->is_duplicate) {
      transport_.SendNotice(packet, link,
                            absl::UnavailableError("the node is down"), {});
    } else {
      state_.pool.Release(packet);
    }
    return;
  }
  const bool is_served = IsServed(link.to, packet->method);
  state_.Record(
      is_served ? EventKind::kRequestDelivered : EventKind::kRequestRefused,
      *packet, link.to, link.from, packet->is_duplicate ? 1 : 0);
  if (!is_served) {
    Refuse(packet);
    return;
  }
  if (PendingCall* pending = PendingCallOf(*packet)) {
    pending->arrival = std::min(pending->arrival, scheduler_.now());
  }
  scheduler_.SpawnNext(*endpoint.tasks, state_.methods.Name(packet->method),
                       *packet);
}

// No such method, or not yet.
void SimulatedNetwork::Refuse(Packet* packet) {
  ++unserved_[{packet->link->to, packet->method}];
  const absl::string_view method = ToAbsl(state_.methods.Name(packet->method));
  Reply(packet,
        absl::UnimplementedError(absl::StrCat("nothing serves ", method)));
}

std::string SimulatedNetwork::DescribeUnserved() const {
  std::string text;
  for (const auto& [what, calls] : unserved_) {
    const auto [node, method] = what;
    const Endpoint& endpoint = endpoints_[node.value()];
    if (!endpoint.is_up || IsServed(node, method)) continue;
    std::vector<std::string_view> served;
    for (uint32_t each = 0; each < endpoint.handlers.size(); ++each) {
      if (IsServed(node, each)) served.push_back(state_.methods.Name(each));
    }
    absl::StrAppend(
        &text, "node ", ToAbsl(endpoint.tasks->name()), " serves no method ",
        ToAbsl(state_.methods.Name(method)), ", which was called ", calls,
        calls == 1 ? " time" : " times", "; it serves: ",
        served.empty() ? "nothing" : absl::StrJoin(served, ", ", AppendText),
        "\n");
  }
  return text;
}

void SimulatedNetwork::Handle(Packet* packet) {
  OwnedPacket held(packet);
  const uint32_t node = packet->link->to.value();
  MemoryAccount* memory = endpoints_[node].memory;
  const Handler& handler = *endpoints_[node].handlers[packet->method];
  TransferCharge(packet->payload, memory);
  absl::StatusOr<Bytes> result = [&] {
    const MemoryScope scope(memory);
    return handler(packet->link->from, std::move(packet->payload));
  }();
  if (result.ok()) TransferCharge(*result, state_.memory.get());
  ++state_.counters.handled;
  Reply(held.Detach(), std::move(result));
}

void SimulatedNetwork::Reply(Packet* packet, absl::StatusOr<Bytes>&& result) {
  Link& request_link = *packet->link;
  packet->kind = Packet::Kind::kReply;
  packet->is_duplicate = false;
  packet->link = &state_.links.ReverseOf(request_link);
  if (result.ok()) {
    packet->payload = *std::move(result);
  } else {
    packet->DropPayload();
    packet->status = result.status();
  }
  if (request_link.IsConnected()) {
    transport_.Send(packet);
    return;
  }
  state_.Record(EventKind::kReplyLost, *packet, request_link.to,
                request_link.from, 0);
  if (TellsOfFailures()) {
    transport_.SendNotice(packet, request_link,
                          absl::UnavailableError("the connection was cut"), {});
  } else {
    state_.pool.Release(packet);
  }
}

void SimulatedNetwork::EndCall(Packet* packet) {
  const bool is_notice = packet->kind == Packet::Kind::kNotice;
  PendingCall* pending = PendingCallOf(*packet);
  const bool is_awaited = pending != nullptr && pending->answer == nullptr;
  if (!is_notice) {
    state_.Record(
        is_awaited ? EventKind::kReplyDelivered : EventKind::kReplyIgnored,
        *packet, packet->link->to, packet->link->from,
        packet->is_duplicate ? 1 : 0);
  }
  if (!is_awaited) {
    state_.pool.Release(packet);
    return;
  }
  if (!is_notice) state_.counters.reply_bytes += packet->payload.size();
  pending->answer = packet;
  scheduler_.WakeNext(pending->task);
}

// Tells the callers of affected calls whose handler is running or never will
// again, each at its next look at the connection.
template <typename IsAffected>
void SimulatedNetwork::FailRunningCalls(IsAffected is_affected) {
  if (!TellsOfFailures()) return;
  const int64_t now = scheduler_.now().nanoseconds();
  const int64_t poll = options_.liveness_poll.nanoseconds();
  for (uint32_t number = 0; number < slots_.size(); ++number) {
    if (slots_[number].call == nullptr) continue;
    const PendingCall& call = *slots_[number].call;
    if (!is_affected(call) || call.answer != nullptr) continue;
    if (call.arrival == VirtualTime::Infinite()) continue;
    const int64_t since = now - call.arrival.nanoseconds();
    Packet* packet = state_.pool.Acquire();
    packet->slot = number;
    packet->call = call.number;
    transport_.SendNotice(
        packet, call.link,
        absl::UnavailableError("the connection broke while it was served"),
        Nanoseconds(poll - since % poll));
  }
}

}  // namespace reprise
