#include "reprise/sim/world/link_map.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/world/link_fault_state.h"
#include "reprise/sim/world/packet_direction.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

// What opens a stream of the link named `entity`, given its purpose.
auto OpenerOf(Decisions& decisions, std::string entity) {
  return [&decisions, entity = std::move(entity)](Purpose purpose) {
    return decisions.Open(entity, purpose);
  };
}

}  // namespace

LinkMap::LinkMap(Decisions& decisions, const NetworkOptions& options)
    : decisions_(decisions),
      options_(options),
      usual_options_({.request = options.request,
                      .reply = options.reply,
                      .bytes_per_second = options.bytes_per_second,
                      .packets_max = options.packets_max,
                      .clog = options.clog,
                      .reset = options.reset,
                      .flap = options.flap,
                      .flap_up = options.flap_up,
                      .flap_down = options.flap_down,
                      .bad_link = options.bad_link,
                      .bad_link_loss = options.bad_link_loss,
                      .bad_link_delay = options.bad_link_delay}) {}

void LinkMap::AddNode(NodeId id, std::string_view name) {
  REPRISE_CHECK(id.value() == senders_.size(), "node ids are given in order");
  senders_.push_back({name});
}

Link& LinkMap::FindOrOpen(NodeId from, NodeId to) {
  REPRISE_CHECK(to.value() < senders_.size(), "no node ", to.value());
  const uint64_t ends = uint64_t{from.value()} << 32 | to.value();
  Link*& link = link_by_ends_[ends];
  if (link == nullptr) {
    link = &links_.emplace_back();
    link->from = from;
    link->to = to;
    link->options = &OptionsOf(*link);
  }
  senders_[from.value()].last_link = link;
  return *link;
}

PacketDecisions& LinkMap::OpenDecisions(Link& link, Packet::Kind kind) {
  const auto open = OpenerOf(decisions_, NameOf(link));
  const PacketPurposes& purposes = DirectionOf(kind).purposes;
  auto& decisions = link.packet_decisions[static_cast<size_t>(kind)];
  decisions = std::make_unique<PacketDecisions>(PacketDecisions{
      open(purposes.delay), open(purposes.loss), open(purposes.duplicate),
      open(purposes.duplicate_delay), open(purposes.corruption)});
  return *decisions;
}

void LinkMap::OpenDecisions(Link& link) {
  const auto open = OpenerOf(decisions_, NameOf(link));
  link.decisions = std::make_unique<LinkDecisions>(
      LinkDecisions{open(Purpose::kUnreachableDelay), open(Purpose::kClog),
                    open(Purpose::kReset), open(Purpose::kFlap)});
}

void LinkMap::OpenFaults(Link& link) {
  const auto open = OpenerOf(decisions_, NameOf(link));
  link.faults = std::make_unique<LinkFaultState>();
  link.faults->bad_link = open(Purpose::kBadLink);
  for (size_t kind = 0; kind < link.faults->decisions.size(); ++kind) {
    const LinkFaultPurposes& purposes = kDirections[kind].fault_purposes;
    link.faults->decisions[kind] = {
        open(purposes.reorder), open(purposes.bad_link_loss),
        open(purposes.slow_method_loss), open(purposes.ruling)};
  }
}

std::string LinkMap::NameOf(const Link& link) const {
  return absl::StrCat(ToAbsl(senders_[link.from.value()].name), "->",
                      ToAbsl(senders_[link.to.value()].name));
}

const LinkOptions& LinkMap::OptionsOf(const Link& link) const {
  const LinkOptions* chosen = &usual_options_;
  const auto names = [this](const std::string& name, NodeId node) {
    return name.empty() || name == senders_[node.value()].name;
  };
  for (const LinkOptions& options : options_.links) {
    if (names(options.from, link.from) && names(options.to, link.to)) {
      chosen = &options;
    }
  }
  return *chosen;
}

}  // namespace reprise
