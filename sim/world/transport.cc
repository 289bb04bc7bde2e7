#include "reprise/sim/world/transport.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/trace/digest.h"

namespace reprise {
namespace {

uint64_t HashStatus(const absl::Status& status) {
  return MixBits(HashContent(ToStd(status.message())) ^
                 static_cast<uint64_t>(status.code()));
}

bool ShapesTraffic(const LinkOptions& link) {
  return link.bytes_per_second > 0 || link.packets_max > 0 ||
         !link.request.corruption.IsZero() || !link.reply.corruption.IsZero();
}

}  // namespace

Transport::Transport(Scheduler& scheduler, Trace& trace, Decisions& decisions,
                     const NetworkOptions& options, PacketReceiver& receiver)
    : scheduler_(scheduler),
      trace_(trace),
      decisions_(decisions),
      options_(options),
      usual_link_({.request = options.request,
                   .reply = options.reply,
                   .bytes_per_second = options.bytes_per_second,
                   .packets_max = options.packets_max,
                   .clog = options.clog}),
      pool_(scheduler, receiver),
      shapes_traffic_(ShapesTraffic(usual_link_) ||
                      std::any_of(options.links.begin(), options.links.end(),
                                  ShapesTraffic)) {
  UpdatePath();
}

void Transport::AddNode(NodeId id, std::string_view name) {
  REPRISE_CHECK(id.value() == ports_.size(), "node ids are given in order");
  ports_.push_back({.name = name});
}

uint32_t Transport::FindOrAddMethod(std::string_view method) {
  const auto number = static_cast<uint32_t>(
      std::find(methods_.begin(), methods_.end(), method) - methods_.begin());
  if (number < methods_.size()) return number;
  methods_.push_back(method_names_.emplace_back(method));
  trace_.RecordContent({.time = scheduler_.now(),
                        .kind = EventKind::kMethodNamed,
                        .method = number,
                        .id = number},
                       method);
  return number;
}

Link& Transport::FindOrOpenLink(NodeId from, NodeId to) {
  REPRISE_CHECK(to.value() < ports_.size(), "no node ", to.value());
  Port& port = ports_[from.value()];
  const uint64_t ends = uint64_t{from.value()} << 32 | to.value();
  Link*& link = link_by_ends_[ends];
  if (link == nullptr) {
    links_.push_back(
        OpenLink(decisions_, from, port.name, to, ports_[to.value()].name));
    link = &links_.back();
    link->options = &OptionsOf(*link);
  }
  port.last_link = link;
  return *link;
}

const LinkOptions& Transport::OptionsOf(const Link& link) const {
  const LinkOptions* chosen = &usual_link_;
  const auto names = [this](const std::string& name, NodeId node) {
    return name.empty() || name == ports_[node.value()].name;
  };
  for (const LinkOptions& options : options_.links) {
    if (names(options.from, link.from) && names(options.to, link.to)) {
      chosen = &options;
    }
  }
  return *chosen;
}

void Transport::Send(Packet* packet) {
  packet->hash = packet->status.ok() ? HashContent(packet->payload)
                                     : HashStatus(packet->status);
  const Fate fate = Decide(*packet);
  if (fate.is_lost || fate.is_doubled || !is_path_plain_) {
    SendWithFaults(packet, fate);
  } else {
    Launch(packet, fate.delay);
  }
}

void Transport::SendWithFaults(Packet* packet, Fate fate) {
  if (!rules_.empty()) ApplyRules(*packet, fate);
  if (fate.is_doubled) SendDuplicate(*packet);
  if (!is_path_plain_) TravelOnPath(*packet, fate);
  if (!fate.is_lost) return Launch(packet, fate.delay);
  const bool is_request = packet->kind == Packet::Kind::kRequest;
  Lose(packet, is_request ? EventKind::kRequestLost : EventKind::kReplyLost,
       fate.delay);
}

void Transport::Launch(Packet* packet, Duration delay) {
  const bool is_request = packet->kind == Packet::Kind::kRequest;
  const Link& link = *packet->link;
  Record(is_request ? EventKind::kRequestSent : EventKind::kReplySent, *packet,
         link.from, link.to, static_cast<uint64_t>(delay.nanoseconds()));
  scheduler_.Schedule(*packet, scheduler_.now() + delay);
}

// The packet ends here; its caller learns of it after `delay`, or never. A
// second copy is nobody's loss: the first may have arrived.
void Transport::Lose(Packet* packet, EventKind kind, Duration delay) {
  const bool is_request = packet->kind == Packet::Kind::kRequest;
  Link& link = *packet->link;
  if (!packet->is_duplicate) {
    ++(is_request ? counters_.requests_lost : counters_.replies_lost);
  }
  Record(kind, *packet, link.from, link.to,
         static_cast<uint64_t>(delay.nanoseconds()));
  if (options_.loss_notice == LossNotice::kNone || packet->is_duplicate) {
    pool_.Release(packet);
    return;
  }
  Link& request_link = is_request ? link : ReverseOf(link);
  SendNotice(packet, request_link, is_request ? request_lost_ : reply_lost_,
             delay);
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
  UpdatePath();
  return PacketRuleGuard([this, id] {
    rules_.erase(std::find_if(
        rules_.begin(), rules_.end(),
        [id](const InstalledRule& installed) { return installed.id == id; }));
    UpdatePath();
  });
}

void Transport::AddPartition(const Partition& partition) {
  partitions_.push_back(&partition);
  UpdatePath();
}

void Transport::RemovePartition(const Partition& partition) {
  const auto found =
      std::find(partitions_.begin(), partitions_.end(), &partition);
  REPRISE_CHECK(found != partitions_.end(), "the partition is not on");
  partitions_.erase(found);
  UpdatePath();
}

void Transport::Clog(Link& link, VirtualTime end, Origin by) {
  const bool gives_way = link.is_clog_drawn && by != Origin::kDrawn;
  link.clogged_until = gives_way ? end : std::max(link.clogged_until, end);
  link.is_clog_drawn = by == Origin::kDrawn;
  last_clog_end_ = std::max(last_clog_end_, end);
  UpdatePath();
}

void Transport::SlowDown(NodeId node, Duration delay, Origin by) {
  Port& port = ports_[node.value()];
  const bool was_slow = port.slow_delay > Duration();
  auto& delays = port.slow_delays;
  delays[static_cast<size_t>(by)] = delay;
  if (by == Origin::kScript) {
    delays[static_cast<size_t>(Origin::kDrawn)] = Duration();
  }
  port.slow_delay = *std::max_element(delays.begin(), delays.end());
  slow_nodes_ += (port.slow_delay > Duration() ? 1 : 0) - (was_slow ? 1 : 0);
  UpdatePath();
}

// A clog ends without notice: the next packet that looks finds out.
void Transport::UpdatePath() {
  is_path_plain_ = !shapes_traffic_ && rules_.empty() && partitions_.empty() &&
                   slow_nodes_ == 0 && last_clog_end_ <= scheduler_.now();
}

bool Transport::IsCut(const Link& link) const {
  return std::any_of(partitions_.begin(), partitions_.end(),
                     [&link](const Partition* partition) {
                       return partition->IsCut(link.from, link.to);
                     });
}

bool Transport::InterceptOnPath(Packet* packet) {
  UpdatePath();
  if (packet->kind == Packet::Kind::kNotice) return false;
  Link& link = *packet->link;
  if (link.clogged_until > scheduler_.now()) {
    scheduler_.Schedule(*packet, link.clogged_until);
    return true;
  }
  if (link.options->packets_max > 0) --link.packets;
  if (!IsCut(link)) return false;
  const bool is_request = packet->kind == Packet::Kind::kRequest;
  Lose(packet, is_request ? EventKind::kRequestLost : EventKind::kReplyLost,
       {});
  return true;
}

// What the link's capacity, partitions and slow nodes make of the fate.
void Transport::TravelOnPath(Packet& packet, Fate& fate) {
  Link& link = *packet.link;
  fate.is_lost |= IsCut(link);
  // A second copy is never corrupted: its draws would shift the first copies'.
  if (shapes_traffic_ && !has_ended_faults_ && !packet.is_duplicate) {
    Corrupt(packet, fate);
  }
  if (fate.is_lost) return;
  if (link.options->packets_max > 0) {
    if (!has_ended_faults_ && link.packets >= link.options->packets_max) {
      fate.is_lost = true;
      ++counters_.overflows;
      return;
    }
    ++link.packets;
  }
  if (link.options->bytes_per_second > 0) {
    const int64_t bytes = static_cast<int64_t>(packet.payload.size());
    const VirtualTime start = std::max(link.busy_until, scheduler_.now());
    link.busy_until = start + Seconds(bytes) / link.options->bytes_per_second;
    fate.delay += link.busy_until - scheduler_.now();
  }
  fate.delay += ports_[link.to.value()].slow_delay;
}

void Transport::Corrupt(Packet& packet, Fate& fate) {
  const bool is_request = packet.kind == Packet::Kind::kRequest;
  const PacketOptions& options = OptionsOf(packet);
  if (options.corruption.IsZero() || packet.payload.empty()) return;
  DecisionStream& stream = is_request ? packet.link->requests.corruption
                                      : packet.link->replies.corruption;
  const uint64_t bit = decisions_.DecidePlace(stream, options.corruption,
                                              packet.payload.size() * 8);
  if (bit == 0 || fate.is_lost) return;
  ++counters_.corrupted;
  if (options_.corruption == Corruption::kCaught) {
    fate.is_lost = true;
    return;
  }
  packet.payload[(bit - 1) / 8] ^= static_cast<char>(1 << (bit - 1) % 8);
  packet.hash = HashContent(packet.payload);
}

Transport::Fate Transport::Decide(const Packet& packet) {
  const bool is_request = packet.kind == Packet::Kind::kRequest;
  PacketDecisions& decide =
      is_request ? packet.link->requests : packet.link->replies;
  const PacketOptions& options = OptionsOf(packet);
  if (has_ended_faults_) return {options.delay.calm, false, false};
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
  const PacketOptions& options = OptionsOf(packet);
  do {
    Packet* copy = pool_.Acquire();
    copy->CopyHeader(packet);
    copy->is_duplicate = true;
    {
      const MemoryScope scope(memory_.get());
      copy->payload = packet.payload;
    }
    Fate fate;
    fate.delay = decisions_.DecideDelay(decide.duplicate_delay, options.delay);
    if (!is_path_plain_) TravelOnPath(*copy, fate);
    if (fate.is_lost) {
      pool_.Release(copy);
      continue;
    }
    ++counters_.duplicates;
    Record(is_request ? EventKind::kRequestDuplicated
                      : EventKind::kReplyDuplicated,
           *copy, link.from, link.to,
           static_cast<uint64_t>(fate.delay.nanoseconds()));
    scheduler_.Schedule(*copy, scheduler_.now() + fate.delay);
  } while (options_.duplicates_repeat &&
           decisions_.DecideFault(decide.duplicate, options.duplicate));
}

}  // namespace reprise
