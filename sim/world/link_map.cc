#include "reprise/sim/world/link_map.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/sim/core/check.h"

namespace reprise {

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
