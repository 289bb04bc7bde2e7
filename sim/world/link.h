// Link: the directed path from one node to another, and its own decisions.
//
// Each link owns a stream for each purpose, keyed by the two names, so that the
// traffic of one link shifts no draw on another.

#ifndef REPRISE_SIM_WORLD_LINK_H_
#define REPRISE_SIM_WORLD_LINK_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/origin.h"

namespace reprise {

// The decisions about one kind of packet on one link.
struct PacketDecisions {
  DecisionStream delay;
  DecisionStream loss;
  DecisionStream duplicate;
  DecisionStream duplicate_delay;
  DecisionStream corruption;
};

// What each packet needs comes first, so that it lies together.
struct Link {
  NodeId from;
  NodeId to;
  const LinkOptions* options = nullptr;
  Link* reverse = nullptr;  // Null until a packet needed it.
  Origins cut_by;           // For calls in its direction.
  PacketDecisions requests;
  PacketDecisions replies;
  DecisionStream unreachable_delay;
  DecisionStream clog;
  VirtualTime clogged_until;  // What arrives before waits for it.
  bool is_clog_drawn = false;
  VirtualTime busy_until;  // Where the link has a bandwidth.
  int64_t packets = 0;     // On their way, where their number is limited.

  bool IsConnected() const { return cut_by.empty(); }
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
  link.clog = decisions.Open(entity, "clog");
  const auto open = [&](std::string_view purpose) {
    return decisions.Open(entity, purpose);
  };
  link.requests = {open("request-delay"), open("request-loss"),
                   open("request-duplicate"), open("request-duplicate-delay"),
                   open("request-corruption")};
  link.replies = {open("reply-delay"), open("reply-loss"),
                  open("reply-duplicate"), open("reply-duplicate-delay"),
                  open("reply-corruption")};
  return link;
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_LINK_H_
