#include "reprise/sim/world/transport.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/trace/digest.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/packet_direction.h"
#include "reprise/sim/world/packet_name.h"

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

absl::Status LossOf(Packet::Kind kind) {
  return absl::UnavailableError(ToAbsl(DirectionOf(kind).lost_message));
}

}  // namespace

Transport::Transport(NetworkState& state)
    : state_(state),
      scheduler_(state.scheduler),
      decisions_(state.decisions),
      options_(state.options),
      losses_({LossOf(Packet::Kind::kRequest), LossOf(Packet::Kind::kMessage),
               LossOf(Packet::Kind::kReply)}),
      shapes_traffic_(ShapesTraffic(state.links.usual_options()) ||
                      std::any_of(state.options.links.begin(),
                                  state.options.links.end(), ShapesTraffic)),
      rules_(state),
      link_faults_(state) {
  UpdatePath();
}

void Transport::Send(Packet* packet) {
  packet->hash = packet->status.ok() ? HashContent(packet->payload)
                                     : HashStatus(packet->status);
  const Fate fate = Decide(*packet);
  if (fate.is_lost || fate.is_duplicated || !is_path_plain_) {
    SendWithFaults(packet, fate);
  } else {
    Launch(packet, fate.delay);
  }
}

void Transport::SendWithFaults(Packet* packet, Fate fate) {
  if (crash_points_ != nullptr) crash_points_->OnSend(packet->link->from);
  if (rules_.MayRule()) ApplyRules(*packet, fate);
  // Taken before the link changes the packet, sent after it: the original is
  // first to find a place on the link.
  Packet* duplicate = fate.is_duplicated ? DuplicateOf(*packet) : nullptr;
  if (!is_path_plain_) TravelOnPath(*packet, fate);
  if (fate.is_lost) {
    Lose(packet, fate.delay);
  } else {
    Launch(packet, fate.delay);
    if (link_faults_.IsPossible()) {
      link_faults_.OnLaunch(*packet, scheduler_.now() + fate.delay,
                            fate.is_ruled);
    }
  }
  if (duplicate != nullptr) SendDuplicates(duplicate, fate.is_ruled);
}

void Transport::Launch(Packet* packet, Duration delay) {
  const Link& link = *packet->link;
  state_.Record(DirectionOf(*packet).sent, *packet, link.from, link.to,
                static_cast<uint64_t>(delay.nanoseconds()));
  scheduler_.Schedule(*packet, scheduler_.now() + delay);
}

// The packet ends here; its caller learns of it after `delay`, or never.
void Transport::Lose(Packet* packet, Duration delay) {
  NoteLoss(*packet, delay);
  if (options_.loss_notice == LossNotice::kNone || packet->is_duplicate ||
      packet->kind == Packet::Kind::kMessage) {
    state_.pool.Release(packet);
    return;
  }
  Link& link = *packet->link;
  const bool is_request = packet->kind == Packet::Kind::kRequest;
  Link& request_link = is_request ? link : state_.links.ReverseOf(link);
  SendNotice(packet, request_link, losses_[static_cast<size_t>(packet->kind)],
             delay);
}

// A duplicate is nobody's loss: the original may have arrived.
void Transport::NoteLoss(const Packet& packet, Duration delay) {
  const PacketDirection& direction = DirectionOf(packet);
  const Link& link = *packet.link;
  if (!packet.is_duplicate) ++state_.fault_counts[direction.loss];
  state_.Record(direction.lost, packet, link.from, link.to,
                static_cast<uint64_t>(delay.nanoseconds()));
}

bool Transport::LoseConnection(const Link& link) {
  bool has_lost = false;
  state_.pool.VisitScheduled([&](Packet& packet) {
    if (packet.kind == Packet::Kind::kNotice) return;
    const bool is_reply = packet.kind == Packet::Kind::kReply;
    if (packet.link != (is_reply ? link.reverse : &link)) return;
    scheduler_.Cancel(packet);
    link_faults_.OnEnd(packet);
    if (packet.link->options->packets_max > 0) --packet.link->packets;
    NoteLoss(packet, {});
    state_.pool.Release(&packet);
    has_lost = true;
  });
  return has_lost;
}

void Transport::SendNotice(Packet* packet, Link& request_link,
                           absl::Status status, Duration delay) {
  packet->kind = Packet::Kind::kNotice;
  packet->link = &request_link;
  packet->DropPayload();
  packet->status = std::move(status);
  scheduler_.Schedule(*packet, scheduler_.now() + delay);
}

void Transport::SetCrashPoints(CrashPoints* points) {
  crash_points_ = points;
  UpdatePath();
}

PacketRuleGuard Transport::AddRule(PacketRule rule) {
  const uint64_t id = rules_.Add(std::move(rule));
  UpdatePath();
  return PacketRuleGuard([this, id] {
    rules_.Remove(id);
    UpdatePath();
  });
}

void Transport::AddPartition(const Partition& partition) {
  partitions_.push_back({&partition});
  UpdatePath();
}

void Transport::RemovePartition(const Partition& partition) {
  const auto found =
      std::find_if(partitions_.begin(), partitions_.end(),
                   [&partition](const PartitionInForce& in_force) {
                     return in_force.partition == &partition;
                   });
  REPRISE_CHECK(found != partitions_.end(), "the partition is not on");
  partitions_.erase(found);
  UpdatePath();
}

void Transport::Clog(Link& link, VirtualTime end, Origin by) {
  const bool gives_way = link.is_clog_drawn && by != Origin::kDrawn;
  link.clogged_until = gives_way ? end : std::max(link.clogged_until, end);
  link.is_clog_drawn = by == Origin::kDrawn;
  link.has_clog_struck = false;
  last_clog_end_ = std::max(last_clog_end_, end);
  UpdatePath();
}

void Transport::SlowDown(NodeId node, Duration delay, Origin by) {
  if (slowness_.size() <= node.value()) slowness_.resize(node.value() + 1);
  Slowness& slowness = slowness_[node.value()];
  const Duration before = slowness.delay;
  auto& delays = slowness.by_origin;
  delays[static_cast<size_t>(by)] = delay;
  if (by == Origin::kScript) {
    delays[static_cast<size_t>(Origin::kDrawn)] = Duration();
  }
  slowness.delay = *std::max_element(delays.begin(), delays.end());
  if (slowness.delay > before) slowness.has_struck = false;
  slow_nodes_ +=
      (slowness.delay > Duration() ? 1 : 0) - (before > Duration() ? 1 : 0);
  UpdatePath();
}

// A clog ends without notice: the next packet that looks finds out.
void Transport::UpdatePath() {
  is_path_plain_ = !shapes_traffic_ && !link_faults_.IsPossible() &&
                   !rules_.MayRule() && partitions_.empty() &&
                   slow_nodes_ == 0 && last_clog_end_ <= scheduler_.now() &&
                   crash_points_ == nullptr;
}

bool Transport::IsCut(const Link& link) {
  bool is_cut = false;
  for (PartitionInForce& in_force : partitions_) {
    if (!in_force.partition->IsCut(link.from, link.to)) continue;
    is_cut = true;
    if (std::exchange(in_force.has_struck, true)) continue;
    state_.fault_counts.Strike(Fault::kPartition);
  }
  return is_cut;
}

// How much longer a packet takes because its receiver is slow.
Duration Transport::SlowPacket(const Link& link) {
  const Duration delay = SlowDelay(link.to);
  if (delay == Duration()) return delay;
  if (!std::exchange(slowness_[link.to.value()].has_struck, true)) {
    state_.fault_counts.Strike(Fault::kSlow);
  }
  return delay;
}

bool Transport::InterceptOnPath(Packet* packet) {
  UpdatePath();
  if (packet->kind == Packet::Kind::kNotice) return false;
  Link& link = *packet->link;
  link_faults_.OnEnd(*packet);
  if (link.clogged_until > scheduler_.now()) {
    if (!std::exchange(link.has_clog_struck, true)) {
      state_.fault_counts.Strike(Fault::kClog);
    }
    scheduler_.Schedule(*packet, link.clogged_until);
    return true;
  }
  if (link.options->packets_max > 0) --link.packets;
  if (!IsCut(link)) return false;
  Lose(packet, {});
  return true;
}

// What the link, its capacity, partitions and slow nodes make of the fate.
void Transport::TravelOnPath(Packet& packet, Fate& fate) {
  Link& link = *packet.link;
  fate.is_lost |= IsCut(link);
  if (link_faults_.IsPossible()) StrikeOnLink(packet, fate);
  // A duplicate is never corrupted: its draws would shift the originals'.
  if (shapes_traffic_ && !has_ended_faults_ && !packet.is_duplicate) {
    Corrupt(packet, fate);
  }
  if (fate.is_lost) return;
  if (link.options->packets_max > 0) {
    if (!has_ended_faults_ && link.packets >= link.options->packets_max) {
      fate.is_lost = true;
      ++state_.fault_counts[Fault::kOverflow];
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
  fate.delay += SlowPacket(link);
}

void Transport::StrikeOnLink(const Packet& packet, Fate& fate) {
  const LinkFaults::Effect effect = link_faults_.Strike(packet, fate.is_ruled);
  fate.is_lost |= effect.is_lost;
  fate.delay += effect.delay;
}

void Transport::Corrupt(Packet& packet, Fate& fate) {
  const PacketDirection& direction = DirectionOf(packet);
  const PacketOptions& options = packet.link->options->*direction.options;
  if (options.corruption.IsZero() || packet.payload.empty()) return;
  DecisionStream& stream =
      state_.links.DecisionsOf(*packet.link, packet.kind).corruption;
  const PacketName name = state_.NameOf(packet);
  const uint64_t bit = decisions_.DecidePlace(
      stream, PlaceOf(name), options.corruption, packet.payload.size() * 8);
  if (bit == 0 || fate.is_lost) return;
  ++state_.fault_counts[Fault::kCorruption];
  if (options_.corruption == Corruption::kCaught) {
    fate.is_lost = true;
    return;
  }
  packet.payload[(bit - 1) / 8] ^= static_cast<char>(1 << (bit - 1) % 8);
  packet.hash = HashContent(packet.payload);
}

Transport::Fate Transport::Decide(const Packet& packet) {
  if (decisions_.HasNames()) [[unlikely]] {
    return DecideNamed(packet);
  }
  return DecideAt({packet.Place()}, packet);
}

Transport::Fate Transport::DecideNamed(const Packet& packet) {
  const PacketName name = state_.NameOf(packet);
  return DecideAt(PlaceOf(name), packet);
}

Transport::Fate Transport::DecideAt(const DecisionPlace& place,
                                    const Packet& packet) {
  Link& link = *packet.link;
  const PacketOptions& options = link.options->*DirectionOf(packet).options;
  if (has_ended_faults_) return {options.delay.calm, false, false};
  PacketDecisions& decide = state_.links.DecisionsOf(link, packet.kind);
  Fate fate;
  fate.delay = decisions_.DecideDelay(decide.delay, place, options.delay);
  fate.is_lost = decisions_.DecideFault(decide.loss, place, options.loss);
  fate.is_duplicated =
      decisions_.DecideFault(decide.duplicate, place, options.duplicate);
  if (!options.delay.late.IsZero() &&
      fate.delay >= options.delay.late_minimum) {
    ++state_.fault_counts[Fault::kLate];
  }
  return fate;
}

void Transport::ApplyRules(const Packet& packet, Fate& fate) {
  const Ruling ruling = rules_.Rule(packet);
  if (ruling.kind() == Ruling::Kind::kPass) return;
  fate.is_ruled = true;
  fate.is_lost = ruling.kind() == Ruling::Kind::kDrop;
  fate.is_duplicated = ruling.kind() == Ruling::Kind::kDuplicate;
  if (ruling.kind() == Ruling::Kind::kDeliver) fate.delay = ruling.delay();
}

Packet* Transport::DuplicateOf(const Packet& packet) {
  Packet* duplicate = state_.pool.Acquire();
  duplicate->CopyHeader(packet);
  duplicate->is_duplicate = true;
  ++(packet.kind == Packet::Kind::kReply ? duplicate->reply_copy
                                         : duplicate->copy);
  const MemoryScope scope(state_.memory.get());
  duplicate->payload = packet.payload;
  return duplicate;
}

// Sends `duplicate`, and more of them where they may be duplicated again. Of
// these, a packet rule that `is_ruled` tells of has asked for the first alone.
void Transport::SendDuplicates(Packet* duplicate, bool is_ruled) {
  DecisionStream& again =
      state_.links.DecisionsOf(*duplicate->link, duplicate->kind).duplicate;
  const Probability chance =
      (duplicate->link->options->*DirectionOf(*duplicate).options).duplicate;
  while (duplicate != nullptr) {
    const PacketName name = state_.NameOf(*duplicate);
    const bool is_duplicated =
        options_.duplicates_repeat &&
        decisions_.DecideFault(again, PlaceOf(name), chance);
    Packet* next = is_duplicated ? DuplicateOf(*duplicate) : nullptr;
    SendDuplicate(duplicate, is_ruled);
    is_ruled = false;
    duplicate = next;
  }
}

void Transport::SendDuplicate(Packet* duplicate, bool is_ruled) {
  const PacketDirection& direction = DirectionOf(*duplicate);
  Link& link = *duplicate->link;
  const PacketOptions& options = link.options->*direction.options;
  Fate fate;
  fate.is_ruled = is_ruled;
  const PacketName name = state_.NameOf(*duplicate);
  fate.delay = decisions_.DecideDelay(
      state_.links.DecisionsOf(link, duplicate->kind).duplicate_delay,
      PlaceOf(name), options.delay);
  if (!is_path_plain_) TravelOnPath(*duplicate, fate);
  if (fate.is_lost) {
    state_.pool.Release(duplicate);
    return;
  }
  ++state_.fault_counts[Fault::kDuplicate];
  state_.Record(direction.duplicated, *duplicate, link.from, link.to,
                static_cast<uint64_t>(fate.delay.nanoseconds()));
  scheduler_.Schedule(*duplicate, scheduler_.now() + fate.delay);
}

}  // namespace reprise
