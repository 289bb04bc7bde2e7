#include "reprise/sim/world/link_map.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/world/packet_direction.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {
namespace {

void OpenDirection(Decisions& decisions, const std::string& entity,
                   Packet::Kind kind, Link& link) {
  const auto open = [&](Purpose purpose) {
    return decisions.Open(entity, purpose);
  };
  const PacketDirection& direction = DirectionOf(kind);
  const PacketPurposes& purposes = direction.purposes;
  link.*direction.decisions = {
      open(purposes.delay), open(purposes.loss), open(purposes.duplicate),
      open(purposes.duplicate_delay), open(purposes.corruption)};
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
                      .reset = options.reset}) {}

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
    Open(*link);
  }
  senders_[from.value()].last_link = link;
  return *link;
}

void LinkMap::Open(Link& link) {
  const std::string entity = NameOf(link);
  link.options = &OptionsOf(link);
  link.unreachable_delay = decisions_.Open(entity, Purpose::kUnreachableDelay);
  link.clog = decisions_.Open(entity, Purpose::kClog);
  OpenDirection(decisions_, entity, Packet::Kind::kRequest, link);
  OpenDirection(decisions_, entity, Packet::Kind::kReply, link);
  if (link.options->reset.IsZero()) return;
  link.reset = decisions_.Open(entity, Purpose::kReset);
}

void LinkMap::OpenMessages(Link& link) {
  OpenDirection(decisions_, NameOf(link), Packet::Kind::kMessage, link);
  link.has_messages = true;
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
