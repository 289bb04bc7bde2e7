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
#include "reprise/sim/world/started_call.h"

namespace reprise {
namespace {

void AppendText(std::string* text, std::string_view more) {
  text->append(more);
}

}  // namespace

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
  PendingCall pending(calls_, state_.links.From(from, to), task);
  const uint32_t method_number = state_.methods.Number(method);
  SendRequest(pending, method_number, std::move(request));
  scheduler_.Park({.what = "a reply to",
                   .object = state_.methods.Name(method_number),
                   .number = pending.number},
                  DeadlineOf(from, options));
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

CallFuture SimulatedNetwork::StartCall(NodeId from, NodeId to,
                                       std::string_view method, Bytes&& request,
                                       const CallOptions& options) {
  const Task* task = CurrentContext().task;
  REPRISE_CHECK(task != nullptr, "only a task can make a remote call");
  const FrameworkMemoryScope scope;
  if (task->IsUnwinding()) {
    return CallFuture::Ended(absl::CancelledError("the node is stopping"));
  }
  TransferCharge(request, state_.memory.get());
  Link& link = state_.links.From(from, to);
  const uint32_t method_number = state_.methods.Number(method);
  auto call =
      std::make_unique<StartedCall>(state_, calls_, link, method_number);
  SendRequest(call->pending(), method_number, std::move(request));
  call->FailAt(DeadlineOf(from, options));
  return CallFuture(std::move(call));
}

void SimulatedNetwork::SendRequest(const PendingCall& pending, uint32_t method,
                                   Bytes&& request) {
  ++state_.counters.calls;
  state_.counters.request_bytes += request.size();
  Packet* packet = state_.pool.Acquire();
  packet->kind = Packet::Kind::kRequest;
  packet->method = method;
  packet->slot = pending.slot;
  packet->link = &pending.link;
  packet->call = pending.number;
  state_.Number(*packet, CurrentContext().task->served());
  packet->payload = std::move(request);
  if (IsReachable(pending.link)) {
    transport_.Send(packet);
  } else {
    SendUnreachable(packet);
  }
}

VirtualTime SimulatedNetwork::DeadlineOf(NodeId from,
                                         const CallOptions& options) const {
  const Duration limit = options.deadline.IsInfinite()
                             ? options_.default_deadline
                             : options.deadline;
  const NodeClock& clock = *endpoints_[from.value()].clock;
  return clock.WorldTime(clock.Monotonic(scheduler_.now()) + limit);
}

void SimulatedNetwork::Send(NodeId from, NodeId to, std::string_view method,
                            Bytes&& message) {
  const Task* task = CurrentContext().task;
  REPRISE_CHECK(task != nullptr, "only a task can send a message");
  if (task->IsUnwinding()) return;
  const FrameworkMemoryScope scope;
  TransferCharge(message, state_.memory.get());
  Link& link = state_.links.From(from, to);
  ++state_.counters.messages;
  state_.counters.message_bytes += message.size();
  Packet* packet = state_.pool.Acquire();
  packet->kind = Packet::Kind::kMessage;
  packet->method = state_.methods.Number(method);
  packet->link = &link;
  packet->call = ++last_message_;
  state_.Number(*packet, task->served());
  packet->payload = std::move(message);
  if (IsReachable(link)) {
    transport_.Send(packet);
    return;
  }
  state_.Record(EventKind::kMessageUnreachable, *packet, from, to, 0);
  state_.pool.Release(packet);
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

// The other end is cut off or down: the request goes nowhere.
void SimulatedNetwork::SendUnreachable(Packet* packet) {
  Link& link = *packet->link;
  state_.Record(EventKind::kRequestUnreachable, *packet, link.from, link.to, 0);
  if (!TellsOfFailures()) {
    state_.pool.Release(packet);
    return;
  }
  const PacketName name = state_.NameOf(*packet);
  const Duration delay =
      decisions_.DecideDelay(state_.links.DecisionsOf(link).unreachable_delay,
                             PlaceOf(name), options_.unreachable_delay);
  transport_.SendNotice(
      packet, link, absl::UnavailableError("the node is not reachable"), delay);
}

void SimulatedNetwork::Arrive(Packet* packet) {
  if (transport_.Intercept(packet)) return;
  if (packet->kind == Packet::Kind::kRequest) {
    ArriveRequest(packet);
  } else if (packet->kind == Packet::Kind::kMessage) [[unlikely]] {
    ArriveMessage(packet);
  } else {
    EndCall(packet);
  }
}

void SimulatedNetwork::Prefetch(const Packet& packet) const {
  __builtin_prefetch(packet.link);
  calls_.Prefetch(packet);
}

void SimulatedNetwork::Deliver(const Endpoint& endpoint, Packet& packet) {
  Task& handler = scheduler_.SpawnNext(
      *endpoint.tasks, state_.methods.Name(packet.method), packet);
  handler.Serve(packet.operation);
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
  calls_.NoteArrival(*packet, scheduler_.now());
  Deliver(endpoint, *packet);
}

void SimulatedNetwork::ArriveMessage(Packet* packet) {
  const Link& link = *packet->link;
  const Endpoint& endpoint = endpoints_[link.to.value()];
  const bool is_served = IsServed(link.to, packet->method);
  state_.Record(
      is_served ? EventKind::kMessageDelivered : EventKind::kMessageRefused,
      *packet, link.to, link.from, packet->is_duplicate ? 1 : 0);
  if (is_served) {
    Deliver(endpoint, *packet);
    return;
  }
  if (endpoint.is_up) ++unserved_[{link.to, packet->method}];
  state_.pool.Release(packet);
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
  ++state_.counters.handled;
  if (packet->kind == Packet::Kind::kMessage) [[unlikely]] {
    return;
  }
  if (result.ok()) TransferCharge(*result, state_.memory.get());
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
  if (request_link.is_untroubled) [[likely]] {
    transport_.Send(packet);
  } else {
    ReplyInTrouble(packet, request_link);
  }
}

// The connection may have been cut, or have broken, since the call was made.
void SimulatedNetwork::ReplyInTrouble(Packet* packet, Link& request_link) {
  const bool has_broken = request_link.HasBroken(packet->call);
  if (!has_broken && request_link.IsConnected()) {
    transport_.Send(packet);
    return;
  }
  state_.Record(EventKind::kReplyLost, *packet, request_link.to,
                request_link.from, 0);
  if (!has_broken && TellsOfFailures()) {
    transport_.SendNotice(packet, request_link,
                          absl::UnavailableError("the connection was cut"), {});
  } else {
    state_.pool.Release(packet);
  }
}

void SimulatedNetwork::EndCall(Packet* packet) {
  const bool is_notice = packet->kind == Packet::Kind::kNotice;
  PendingCall* pending = calls_.Find(*packet);
  const bool is_awaited =
      pending != nullptr && pending->answer == nullptr &&
      (pending->task == nullptr || !pending->task->HasTimedOut());
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
  if (pending->task != nullptr) [[likely]] {
    scheduler_.WakeNext(*pending->task);
  } else {
    pending->started->OnAnswer();
  }
}

}  // namespace reprise
