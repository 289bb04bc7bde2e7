#include "sim/world/simulated_network.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "sim/core/check.h"
#include "sim/core/context.h"
#include "sim/core/text.h"
#include "sim/trace/digest.h"

namespace reprise {
namespace {

uint64_t HashStatus(const absl::Status& status) {
  return MixBits(HashContent(ToStd(status.message())) ^
                 static_cast<uint64_t>(status.code()));
}

}  // namespace

// A call in progress, on the stack of the calling task.
struct SimulatedNetwork::PendingCall {
  SimulatedNetwork& network;
  Task& task;
  uint32_t slot = 0;
  bool is_done = false;
  absl::Status status = {};
  Bytes reply = {};

  // Also when the task unwinds: from now on packets of the call are late.
  ~PendingCall() {
    CallSlot& place = network.slots_[slot];
    place.pending = nullptr;
    ++place.generation;
    network.free_slots_.push_back(slot);
  }
};

class SimulatedNetwork::Packet final : public Event {
 public:
  enum class Kind : uint8_t { kRequest, kReply, kNotice };

  explicit Packet(SimulatedNetwork& network) : network(network) {}
  void Fire() override { network.Arrive(this); }

  SimulatedNetwork& network;
  Kind kind = Kind::kRequest;
  bool is_duplicate = false;
  uint32_t method = 0;
  uint32_t slot = 0;
  uint32_t generation = 0;
  Link* link = nullptr;  // The one that it travels on.
  uint64_t call = 0;
  uint64_t hash = 0;  // Of the payload.
  absl::Status status;
  Bytes payload;
};

SimulatedNetwork::SimulatedNetwork(Scheduler& scheduler, Trace& trace,
                                   Decisions& decisions,
                                   const NetworkOptions& options)
    : scheduler_(scheduler),
      trace_(trace),
      decisions_(decisions),
      options_(options) {}

SimulatedNetwork::~SimulatedNetwork() {
  for (const std::unique_ptr<Packet>& packet : packets_) {
    if (packet->IsScheduled()) scheduler_.Cancel(*packet);
  }
}

void SimulatedNetwork::AddNode(NodeId id, TaskGroup& tasks) {
  REPRISE_CHECK(id.value() == ports_.size(), "node ids are given in order");
  ports_.push_back({&tasks, {}, nullptr});
}

absl::StatusOr<Bytes> SimulatedNetwork::Call(NodeId from, NodeId to,
                                             std::string_view method,
                                             Bytes request,
                                             const CallOptions& options) {
  Task* task = CurrentContext().task;
  REPRISE_CHECK(task != nullptr, "only a task can make a remote call");
  REPRISE_CHECK(to.value() < ports_.size(), "no node ", to.value());
  if (task->IsUnwinding()) return absl::CancelledError("the node is stopping");

  PendingCall pending{*this, *task};
  pending.slot = AcquireSlot(pending);
  Packet* packet = AcquirePacket();
  packet->kind = Packet::Kind::kRequest;
  packet->method = MethodNumber(method);
  packet->slot = pending.slot;
  packet->generation = slots_[pending.slot].generation;
  packet->link = &LinkFrom(from, to);
  packet->call = ++counters_.calls;
  packet->payload = std::move(request);
  counters_.request_bytes += packet->payload.size();
  const uint64_t call = packet->call;
  const uint32_t method_number = packet->method;
  Send(packet);

  const Duration limit = std::min(options.deadline, options_.default_deadline);
  scheduler_.Park(
      {.what = "a reply to", .object = methods_[method_number], .number = call},
      scheduler_.now() + limit);
  if (!pending.is_done) {
    pending.status = absl::DeadlineExceededError("no reply in time");
  }
  if (pending.status.ok()) return std::move(pending.reply);
  trace_.Record({.time = scheduler_.now(),
                 .kind = EventKind::kCallFailed,
                 .method = method_number,
                 .node = from,
                 .peer = to,
                 .id = call,
                 .value = static_cast<uint64_t>(pending.status.code())});
  return std::move(pending.status);
}

void SimulatedNetwork::Serve(NodeId node, std::string_view method,
                             Handler handler) {
  const uint32_t number = MethodNumber(method);
  auto& handlers = ports_[node.value()].handlers;
  if (handlers.size() <= number) handlers.resize(number + 1);
  REPRISE_CHECK(handlers[number] == nullptr, ToAbsl(method),
                " is served already");
  handlers[number] = std::make_unique<Handler>(std::move(handler));
}

uint32_t SimulatedNetwork::MethodNumber(std::string_view method) {
  for (size_t i = 0; i < methods_.size(); ++i) {
    if (methods_[i] == method) return static_cast<uint32_t>(i);
  }
  methods_.emplace_back(method);
  const auto number = static_cast<uint32_t>(methods_.size() - 1);
  trace_.RecordContent({.time = scheduler_.now(),
                        .kind = EventKind::kMethodNamed,
                        .method = number,
                        .id = number},
                       method);
  return number;
}

Link& SimulatedNetwork::LinkFrom(NodeId from, NodeId to) {
  Port& port = ports_[from.value()];
  if (port.last_link != nullptr && port.last_link->to == to) {
    return *port.last_link;
  }
  const uint64_t ends = uint64_t{from.value()} << 32 | to.value();
  Link*& link = link_by_ends_[ends];
  if (link == nullptr) {
    links_.push_back(OpenLink(decisions_, from, port.tasks->name(), to,
                              ports_[to.value()].tasks->name()));
    link = &links_.back();
  }
  port.last_link = link;
  return *link;
}

Link& SimulatedNetwork::ReverseOf(Link& link) {
  if (link.reverse == nullptr) link.reverse = &LinkFrom(link.to, link.from);
  return *link.reverse;
}

SimulatedNetwork::Packet* SimulatedNetwork::AcquirePacket() {
  if (free_packets_.empty()) {
    packets_.push_back(std::make_unique<Packet>(*this));
    return packets_.back().get();
  }
  Packet* packet = free_packets_.back();
  free_packets_.pop_back();
  return packet;
}

void SimulatedNetwork::ReleasePacket(Packet* packet) {
  packet->payload = Bytes();
  packet->status = absl::OkStatus();
  packet->is_duplicate = false;
  free_packets_.push_back(packet);
}

uint32_t SimulatedNetwork::AcquireSlot(PendingCall& pending) {
  if (free_slots_.empty()) {
    slots_.push_back({&pending, 0});
    return static_cast<uint32_t>(slots_.size() - 1);
  }
  const uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  slots_[slot].pending = &pending;
  return slot;
}

void SimulatedNetwork::Send(Packet* packet) {
  const bool is_request = packet->kind == Packet::Kind::kRequest;
  Link& link = *packet->link;
  PacketDecisions& decide = is_request ? link.requests : link.replies;
  const PacketOptions& options = is_request ? options_.request : options_.reply;
  const Duration delay = decisions_.DecideDelay(decide.delay, options.delay);
  const bool is_lost = decisions_.DecideFault(decide.loss, options.loss);
  const bool is_doubled =
      decisions_.DecideFault(decide.duplicate, options.duplicate);
  const auto travel = static_cast<uint64_t>(delay.nanoseconds());
  packet->hash = packet->status.ok() ? HashContent(packet->payload)
                                     : HashStatus(packet->status);
  if (!options.delay.late.IsZero() && delay >= options.delay.late_minimum) {
    ++counters_.late;
  }
  if (is_doubled) SendDuplicate(*packet);
  if (!is_lost) {
    Record(is_request ? EventKind::kRequestSent : EventKind::kReplySent,
           *packet, link.from, link.to, travel);
    ArriveAfter(packet, delay);
    return;
  }
  ++(is_request ? counters_.requests_lost : counters_.replies_lost);
  Record(is_request ? EventKind::kRequestLost : EventKind::kReplyLost, *packet,
         link.from, link.to, travel);
  if (options_.loss_notice == LossNotice::kNone) {
    ReleasePacket(packet);
    return;
  }
  packet->kind = Packet::Kind::kNotice;
  packet->payload = Bytes();
  packet->status = absl::UnavailableError(is_request ? "the request was lost"
                                                     : "the reply was lost");
  if (is_request) packet->link = &ReverseOf(link);
  ArriveAfter(packet, delay);
}

void SimulatedNetwork::SendDuplicate(const Packet& packet) {
  const bool is_request = packet.kind == Packet::Kind::kRequest;
  Link& link = *packet.link;
  PacketDecisions& decide = is_request ? link.requests : link.replies;
  const PacketOptions& options = is_request ? options_.request : options_.reply;
  Packet* copy = AcquirePacket();
  copy->kind = packet.kind;
  copy->is_duplicate = true;
  copy->method = packet.method;
  copy->slot = packet.slot;
  copy->generation = packet.generation;
  copy->link = packet.link;
  copy->call = packet.call;
  copy->hash = packet.hash;
  copy->status = packet.status;
  copy->payload = packet.payload;
  const Duration delay =
      decisions_.DecideDelay(decide.duplicate_delay, options.delay);
  ++counters_.duplicates;
  Record(
      is_request ? EventKind::kRequestDuplicated : EventKind::kReplyDuplicated,
      *copy, link.from, link.to, static_cast<uint64_t>(delay.nanoseconds()));
  ArriveAfter(copy, delay);
}

void SimulatedNetwork::ArriveAfter(Packet* packet, Duration delay) {
  scheduler_.Schedule(*packet, scheduler_.now() + delay);
}

void SimulatedNetwork::Arrive(Packet* packet) {
  if (packet->kind == Packet::Kind::kRequest) {
    ArriveRequest(packet);
  } else {
    EndCall(packet);
  }
}

void SimulatedNetwork::ArriveRequest(Packet* packet) {
  const NodeId node = packet->link->to;
  const Port& port = ports_[node.value()];
  const bool is_served = packet->method < port.handlers.size() &&
                         port.handlers[packet->method] != nullptr;
  Record(is_served ? EventKind::kRequestDelivered : EventKind::kRequestRefused,
         *packet, node, packet->link->from, packet->is_duplicate ? 1 : 0);
  if (!is_served) {
    Reply(packet, absl::UnimplementedError(absl::StrCat(
                      "nothing serves ", methods_[packet->method])));
    return;
  }
  // Frees the packet also if the node stops before the handler is done.
  struct Delivery {
    SimulatedNetwork* network;
    Packet* packet;
    Delivery(SimulatedNetwork* n, Packet* p) : network(n), packet(p) {}
    Delivery(Delivery&& other) noexcept
        : network(other.network),
          packet(std::exchange(other.packet, nullptr)) {}
    ~Delivery() {
      if (packet != nullptr) network->ReleasePacket(packet);
    }
  };
  scheduler_.SpawnAndRun(*port.tasks, methods_[packet->method],
                         [delivery = Delivery(this, packet)]() mutable {
                           SimulatedNetwork& network = *delivery.network;
                           network.RunHandler(delivery.packet);
                           delivery.packet = nullptr;
                         });
}

void SimulatedNetwork::RunHandler(Packet* packet) {
  const Port& port = ports_[packet->link->to.value()];
  const Handler& handler = *port.handlers[packet->method];
  absl::StatusOr<Bytes> result =
      handler(packet->link->from, std::move(packet->payload));
  ++counters_.handled;
  Reply(packet, std::move(result));
}

void SimulatedNetwork::Reply(Packet* packet, absl::StatusOr<Bytes> result) {
  packet->kind = Packet::Kind::kReply;
  packet->is_duplicate = false;
  packet->link = &ReverseOf(*packet->link);
  if (result.ok()) {
    packet->payload = *std::move(result);
  } else {
    packet->payload = Bytes();
    packet->status = result.status();
  }
  Send(packet);
}

void SimulatedNetwork::EndCall(Packet* packet) {
  const bool is_notice = packet->kind == Packet::Kind::kNotice;
  CallSlot& slot = slots_[packet->slot];
  const bool is_awaited = slot.generation == packet->generation &&
                          slot.pending != nullptr && !slot.pending->is_done;
  if (!is_notice || !is_awaited) {
    Record(is_awaited ? EventKind::kReplyDelivered : EventKind::kReplyIgnored,
           *packet, packet->link->to, packet->link->from,
           packet->is_duplicate ? 1 : 0);
  }
  if (!is_notice) counters_.reply_bytes += packet->payload.size();
  if (is_awaited) {
    PendingCall& pending = *slot.pending;
    pending.is_done = true;
    pending.status = std::move(packet->status);
    pending.reply = std::move(packet->payload);
    ReleasePacket(packet);
    scheduler_.WakeAndRun(pending.task);
    return;
  }
  ReleasePacket(packet);
}

void SimulatedNetwork::Record(EventKind kind, const Packet& packet, NodeId node,
                              NodeId peer, uint64_t value) {
  trace_.Record({.time = scheduler_.now(),
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

}  // namespace reprise
