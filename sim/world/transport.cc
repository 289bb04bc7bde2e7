#include "sim/world/transport.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "sim/core/check.h"
#include "sim/core/memory_account.h"
#include "sim/core/random.h"
#include "sim/core/text.h"
#include "sim/trace/digest.h"

namespace reprise {
namespace {

uint64_t HashStatus(const absl::Status& status) {
  return MixBits(HashContent(ToStd(status.message())) ^
                 static_cast<uint64_t>(status.code()));
}

}  // namespace

Transport::Transport(Scheduler& scheduler, Trace& trace, Decisions& decisions,
                     const NetworkOptions& options, PacketReceiver& receiver)
    : scheduler_(scheduler),
      trace_(trace),
      decisions_(decisions),
      options_(options),
      pool_(scheduler, receiver) {}

void Transport::AddNode(NodeId id, std::string_view name) {
  REPRISE_CHECK(id.value() == ports_.size(), "node ids are given in order");
  ports_.push_back({name, nullptr});
}

uint32_t Transport::MethodNumber(std::string_view method) {
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

Link& Transport::LinkFrom(NodeId from, NodeId to) {
  REPRISE_CHECK(to.value() < ports_.size(), "no node ", to.value());
  Port& port = ports_[from.value()];
  if (port.last_link != nullptr && port.last_link->to == to) {
    return *port.last_link;
  }
  const uint64_t ends = uint64_t{from.value()} << 32 | to.value();
  Link*& link = link_by_ends_[ends];
  if (link == nullptr) {
    links_.push_back(
        OpenLink(decisions_, from, port.name, to, ports_[to.value()].name));
    link = &links_.back();
  }
  port.last_link = link;
  return *link;
}

Link& Transport::ReverseOf(Link& link) {
  if (link.reverse == nullptr) link.reverse = &LinkFrom(link.to, link.from);
  return *link.reverse;
}

void Transport::Send(Packet* packet) {
  const bool is_request = packet->kind == Packet::Kind::kRequest;
  Link& link = *packet->link;
  packet->hash = packet->status.ok() ? HashContent(packet->payload)
                                     : HashStatus(packet->status);
  Fate fate = Decide(*packet);
  if (!rules_.empty()) ApplyRules(*packet, fate);
  const auto travel = static_cast<uint64_t>(fate.delay.nanoseconds());
  if (fate.is_doubled) SendDuplicate(*packet);
  if (!fate.is_lost) {
    Record(is_request ? EventKind::kRequestSent : EventKind::kReplySent,
           *packet, link.from, link.to, travel);
    scheduler_.Schedule(*packet, scheduler_.now() + fate.delay);
    return;
  }
  ++(is_request ? counters_.requests_lost : counters_.replies_lost);
  Record(is_request ? EventKind::kRequestLost : EventKind::kReplyLost, *packet,
         link.from, link.to, travel);
  if (options_.loss_notice == LossNotice::kNone) {
    pool_.Release(packet);
    return;
  }
  Link& request_link = is_request ? link : ReverseOf(link);
  SendNotice(packet, request_link,
             absl::UnavailableError(is_request ? "the request was lost"
                                               : "the reply was lost"),
             fate.delay);
}

void Transport::SendNotice(Packet* packet, Link& request_link,
                           absl::Status status, Duration delay) {
  packet->kind = Packet::Kind::kNotice;
  packet->link = &request_link;
  packet->DropPayload();
  packet->status = std::move(status);
  scheduler_.Schedule(*packet, scheduler_.now() + delay);
}

PacketRuleGuard Transport::AddRule(PacketRule rule) {
  const uint64_t id = next_rule_id_++;
  rules_.push_back({id, std::move(rule)});
  return PacketRuleGuard([this, id] {
    rules_.erase(std::find_if(
        rules_.begin(), rules_.end(),
        [id](const InstalledRule& installed) { return installed.id == id; }));
  });
}

void Transport::Record(EventKind kind, const Packet& packet, NodeId node,
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

Transport::Fate Transport::Decide(const Packet& packet) {
  const bool is_request = packet.kind == Packet::Kind::kRequest;
  PacketDecisions& decide =
      is_request ? packet.link->requests : packet.link->replies;
  const PacketOptions& options = is_request ? options_.request : options_.reply;
  Fate fate;
  fate.delay = decisions_.DecideDelay(decide.delay, options.delay);
  fate.is_lost = decisions_.DecideFault(decide.loss, options.loss);
  fate.is_doubled = decisions_.DecideFault(decide.duplicate, options.duplicate);
  if (!options.delay.late.IsZero() &&
      fate.delay >= options.delay.late_minimum) {
    ++counters_.late;
  }
  return fate;
}

void Transport::ApplyRules(const Packet& packet, Fate& fate) {
  const PacketView view{packet.link->from,
                        packet.link->to,
                        packet.kind == Packet::Kind::kRequest,
                        methods_[packet.method],
                        packet.call,
                        packet.payload};
  for (const InstalledRule& installed : rules_) {
    const Ruling ruling = installed.rule(view);
    if (ruling.kind() == Ruling::Kind::kPass) continue;
    fate.is_lost = ruling.kind() == Ruling::Kind::kDrop;
    fate.is_doubled = ruling.kind() == Ruling::Kind::kDuplicate;
    if (ruling.kind() == Ruling::Kind::kDeliver) {
      REPRISE_CHECK(
          ruling.delay() >= Duration() && !ruling.delay().IsInfinite(),
          "a rule's delay is ", FormatDuration(ruling.delay()),
          ", expected a finite one of 0 or more");
      fate.delay = ruling.delay();
    }
    return;
  }
}

void Transport::SendDuplicate(const Packet& packet) {
  const bool is_request = packet.kind == Packet::Kind::kRequest;
  Link& link = *packet.link;
  PacketDecisions& decide = is_request ? link.requests : link.replies;
  const PacketOptions& options = is_request ? options_.request : options_.reply;
  Packet* copy = pool_.Acquire();
  copy->CopyHeader(packet);
  copy->is_duplicate = true;
  {
    const MemoryScope scope(memory_.get());
    copy->payload = packet.payload;
  }
  const Duration delay =
      decisions_.DecideDelay(decide.duplicate_delay, options.delay);
  ++counters_.duplicates;
  Record(
      is_request ? EventKind::kRequestDuplicated : EventKind::kReplyDuplicated,
      *copy, link.from, link.to, static_cast<uint64_t>(delay.nanoseconds()));
  scheduler_.Schedule(*copy, scheduler_.now() + delay);
}

}  // namespace reprise
