// Link: the directed path from one node to another, and its own decisions.
//
// Each link owns a stream for each purpose, keyed by the two names, so that the
// traffic of one link shifts no draw on another.

#ifndef SIM_WORLD_LINK_H_
#define SIM_WORLD_LINK_H_

#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "sim/core/ids.h"
#include "sim/core/text.h"
#include "sim/world/decisions.h"

namespace reprise {

// The decisions about one kind of packet on one link.
struct PacketDecisions {
  DecisionStream delay;
  DecisionStream loss;
  DecisionStream duplicate;
  DecisionStream duplicate_delay;
};

struct Link {
  NodeId from;
  NodeId to;
  PacketDecisions requests;
  PacketDecisions replies;
  DecisionStream unreachable_delay;
  bool is_connected = true;  // For calls in its direction.
  Link* reverse = nullptr;   // Null until a packet needed it.
};

inline Link OpenLink(Decisions& decisions, NodeId from,
                     std::string_view from_name, NodeId to,
                     std::string_view to_name) {
  const std::string entity =
      absl::StrCat(ToAbsl(from_name), "->", ToAbsl(to_name));
  Link link;
  link.from = from;
  link.to = to;
  link.unreachable_delay = decisions.Open(entity, "unreachable-delay");
  link.requests = {decisions.Open(entity, "request-delay"),
                   decisions.Open(entity, "request-loss"),
                   decisions.Open(entity, "request-duplicate"),
                   decisions.Open(entity, "request-duplicate-delay")};
  link.replies = {decisions.Open(entity, "reply-delay"),
                  decisions.Open(entity, "reply-loss"),
                  decisions.Open(entity, "reply-duplicate"),
                  decisions.Open(entity, "reply-duplicate-delay")};
  return link;
}

}  // namespace reprise

#endif  // SIM_WORLD_LINK_H_
