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

Link OpenLink(Decisions& decisions, NodeId from, std::string_view from_name,
              NodeId to, std::string_view to_name) {
  const std::string entity =
      absl::StrCat(ToAbsl(from_name), "->", ToAbsl(to_name));
  const auto open = [&](Purpose purpose) {
    return decisions.Open(entity, purpose);
  };
  Link link;
  link.from = from;
  link.to = to;
  link.unreachable_delay = open(Purpose::kUnreachableDelay);
  link.clog = open(Purpose::kClog);
  for (const PacketDirection& direction : kDirections) {
    const PacketPurposes& purposes = direction.purposes;
    link.*direction.decisions = {
        open(purposes.delay), open(purposes.loss), open(purposes.duplicate),
        open(purposes.duplicate_delay), open(purposes.corruption)};
  }
  return link;
}

}  // namespace

LinkMap::LinkMap(Decisions& decisions, const NetworkOptions& options)
    : decisions_(decisions),
      options_(options),
      usual_options_({.request = options.request,
                      .reply = options.reply,
                      .bytes_per_second = options.bytes_per_second,
                      .packets_max = options.packets_max,
                      .clog = options.clog}) {}

void LinkMap::AddNode(NodeId id, std::string_view name) {
  REPRISE_CHECK(id.value() == senders_.size(), "node ids are given in order");
  senders_.push_back({name});
}

Link& LinkMap::FindOrOpen(NodeId from, NodeId to) {
  REPRISE_CHECK(to.value() < senders_.size(), "no node ", to.value());
  Sender& sender = senders_[from.value()];
  const uint64_t ends = uint64_t{from.value()} << 32 | to.value();
  Link*& link = link_by_ends_[ends];
  if (link == nullptr) {
    links_.push_back(
        OpenLink(decisions_, from, sender.name, to, senders_[to.value()].name));
    link = &links_.back();
    link->options = &OptionsOf(*link);
  }
  sender.last_link = link;
  return *link;
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
