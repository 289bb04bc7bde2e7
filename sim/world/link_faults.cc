#include "reprise/sim/world/link_faults.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/packet_direction.h"
#include "reprise/sim/world/packet_name.h"

namespace reprise {
namespace {

bool HasLinkFaults(const LinkOptions& link) {
  return IsOn(link.flap) || !link.bad_link.IsZero() ||
         !link.request.reorder.IsZero() || !link.reply.reorder.IsZero();
}

}  // namespace

LinkFaults::LinkFaults(NetworkState& state)
    : state_(state),
      is_possible_(IsOn(state.options.slow_method) ||
                   HasLinkFaults(state.links.usual_options()) ||
                   std::any_of(state.options.links.begin(),
                               state.options.links.end(), HasLinkFaults)) {}

LinkFaults::Effect LinkFaults::Strike(const Packet& packet, bool is_ruled) {
  Effect effect;
  Link& link = *packet.link;
  if (IsDown(link)) {
    NoteStrike(Fault::kFlap, link.has_flap_struck);
    effect.is_lost = true;
  }
  if (has_ended_) return effect;
  const bool was_lost = effect.is_lost;
  StrikeByLink(packet, effect);
  StrikeByMethod(packet, effect);
  if (is_ruled) effect.is_lost = was_lost;
  return effect;
}

// The first packet finds out whether the link is a bad one.
LinkFaultState& LinkFaults::Meet(Link& link) {
  LinkFaultState& faults = state_.links.FaultsOf(link);
  if (std::exchange(faults.has_carried, true)) return faults;
  const LinkOptions& options = *link.options;
  if (options.bad_link.IsZero()) return faults;
  faults.is_bad =
      state_.decisions.DecideFault(faults.bad_link, options.bad_link);
  if (!faults.is_bad) return faults;
  ++state_.fault_counts[Fault::kBadLink];
  const int64_t delay = options.bad_link_delay.nanoseconds();
  state_.trace.Record({.time = state_.scheduler.now(),
                       .kind = EventKind::kLinkBad,
                       .node = link.from,
                       .peer = link.to,
                       .value = static_cast<uint64_t>(delay)});
  return faults;
}

bool LinkFaults::IsDown(Link& link) const {
  const VirtualTime now = state_.scheduler.now();
  if (link.flapping_until <= now) return false;
  const Duration since = now - link.flapping_since;
  const Duration down = link.options->flap_down;
  const Duration turn = down + link.options->flap_up;
  return since.nanoseconds() % turn.nanoseconds() < down.nanoseconds();
}

void LinkFaults::StrikeByLink(const Packet& packet, Effect& effect) {
  Link& link = *packet.link;
  const LinkOptions& options = *link.options;
  if (options.bad_link.IsZero()) return;
  LinkFaultState& faults = Meet(link);
  if (!faults.is_bad) return;
  DecisionStream& losses =
      faults.decisions[static_cast<size_t>(packet.kind)].bad_link_loss;
  if (Hamper(packet, losses, options.bad_link_loss, options.bad_link_delay,
             effect)) {
    NoteStrike(Fault::kBadLink, faults.has_bad_link_struck);
  }
}

void LinkFaults::StrikeByMethod(const Packet& packet, Effect& effect) {
  if (SlowUntil(packet.method) <= state_.scheduler.now()) return;
  LinkFaultState& faults = state_.links.FaultsOf(*packet.link);
  const NetworkOptions& options = state_.options;
  DecisionStream& losses =
      faults.decisions[static_cast<size_t>(packet.kind)].slow_method_loss;
  if (Hamper(packet, losses, options.slow_method_loss,
             options.slow_method_delay, effect)) {
    NoteStrike(Fault::kSlowMethod, methods_[packet.method].has_struck);
  }
}

bool LinkFaults::Hamper(const Packet& packet, DecisionStream& losses,
                        Probability loss, Duration delay, Effect& effect) {
  const PacketName name = state_.NameOf(packet);
  const bool is_lost =
      state_.decisions.DecideFault(losses, PlaceOf(name), loss);
  effect.is_lost |= is_lost;
  effect.delay += delay;
  return is_lost || delay > Duration();
}

void LinkFaults::NoteStrike(Fault fault, bool& has_struck) {
  if (!std::exchange(has_struck, true)) state_.fault_counts.Strike(fault);
}

void LinkFaults::OnLaunch(Packet& packet, VirtualTime arrival, bool is_ruled) {
  const PacketOptions& options =
      packet.link->options->*DirectionOf(packet).options;
  uint64_t waits_for = 0;
  if (!options.reorder.IsZero() && !is_ruled && !has_ended_) {
    LinkFaultState& faults = state_.links.FaultsOf(*packet.link);
    const PacketName name = state_.NameOf(packet);
    waits_for = state_.decisions.DecidePlace(
        faults.decisions[static_cast<size_t>(packet.kind)].reorder,
        PlaceOf(name), options.reorder,
        static_cast<uint64_t>(options.reorder_window));
  }
  LinkFaultState* faults = packet.link->faults.get();
  if (waits_for == 0) {
    if (faults != nullptr && !faults->held.empty()) LetPass(*faults, arrival);
    return;
  }
  const HeldPacket held = {&packet, waits_for, arrival,
                           arrival + options.reorder_wait};
  ++state_.fault_counts[Fault::kReorder];
  state_.trace.Record({.time = state_.scheduler.now(),
                       .kind = EventKind::kPacketHeld,
                       .method = packet.method,
                       .node = packet.link->from,
                       .peer = packet.link->to,
                       .id = packet.call,
                       .value = waits_for});
  state_.scheduler.Cancel(packet);
  state_.scheduler.Schedule(packet, held.latest);
  faults->held.push_back(held);
}

// A packet that arrives at `arrival` was sent after those that are held.
void LinkFaults::LetPass(LinkFaultState& faults, VirtualTime arrival) {
  const auto is_released = [&](HeldPacket& held) {
    if (arrival >= held.latest) return false;
    NoteStrike(Fault::kReorder, held.has_struck);
    held.arrival = std::max(held.arrival, arrival);
    if (--held.waits_for > 0) return false;
    Release(held);
    return true;
  };
  std::vector<HeldPacket>& held = faults.held;
  held.erase(std::remove_if(held.begin(), held.end(), is_released), held.end());
}

void LinkFaults::Release(const HeldPacket& held) {
  state_.scheduler.Cancel(*held.packet);
  state_.scheduler.Schedule(*held.packet, held.arrival);
}

void LinkFaults::EndFaults() {
  has_ended_ = true;
  for (Link& link : state_.links.links()) {
    if (link.faults == nullptr) continue;
    for (HeldPacket& held : std::exchange(link.faults->held, {})) {
      held.arrival = std::max(held.arrival, state_.scheduler.now());
      Release(held);
    }
  }
}

void LinkFaults::OnEnd(const Packet& packet) {
  LinkFaultState* faults = packet.link->faults.get();
  if (faults == nullptr) return;
  std::vector<HeldPacket>& held = faults->held;
  held.erase(std::remove_if(held.begin(), held.end(),
                            [&packet](const HeldPacket& each) {
                              return each.packet == &packet;
                            }),
             held.end());
}

void LinkFaults::Flap(Link& link, Duration length) {
  ++state_.fault_counts[Fault::kFlap];
  link.flapping_since = state_.scheduler.now();
  link.flapping_until = link.flapping_since + length;
  link.has_flap_struck = false;
  state_.trace.Record({.time = link.flapping_since,
                       .kind = EventKind::kLinkFlaps,
                       .node = link.from,
                       .peer = link.to,
                       .value = static_cast<uint64_t>(length.nanoseconds())});
}

void LinkFaults::SlowMethod(uint32_t method, Duration length) {
  ++state_.fault_counts[Fault::kSlowMethod];
  if (methods_.size() <= method) methods_.resize(method + 1);
  methods_[method] = {state_.scheduler.now() + length};
  state_.trace.Record({.time = state_.scheduler.now(),
                       .kind = EventKind::kMethodSlowed,
                       .method = method,
                       .value = static_cast<uint64_t>(length.nanoseconds())});
}

VirtualTime LinkFaults::SlowUntil(uint32_t method) const {
  return method < methods_.size() ? methods_[method].end : VirtualTime();
}

}  // namespace reprise
