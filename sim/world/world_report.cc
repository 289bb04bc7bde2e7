// What a world tells a debugger.

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/strings/str_cat.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/memory_account.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/packet.h"
#include "reprise/sim/world/world.h"
#include "reprise/sim/world/world_state.h"

namespace reprise {
namespace {

std::string_view NameOfKind(Packet::Kind kind) {
  switch (kind) {
    case Packet::Kind::kRequest:
      return "request";
    case Packet::Kind::kReply:
      return "reply";
    case Packet::Kind::kMessage:
      return "message";
    case Packet::Kind::kNotice:
      return "notice of failure";
  }
  return "";  // The compiler cannot see that the cases are complete.
}

}  // namespace

std::string World::DescribeForDebugger() const {
  std::string messages;
  uint64_t count = 0;
  state_->network.packets().VisitScheduled([&](const Packet& packet) {
    ++count;
    absl::StrAppend(&messages, "  ", FormatTime(EventQueue::TimeOf(packet)),
                    "  ", ToAbsl(NameOfKind(packet.kind)), " ",
                    ToAbsl(state_->network.MethodName(packet.method)), " @",
                    packet.call, packet.is_duplicate ? " (duplicate)" : "",
                    "  ", ToAbsl(nodes_[packet.link->from.value()]->name()),
                    " -> ", ToAbsl(nodes_[packet.link->to.value()]->name()),
                    "  ", packet.payload.size(), " bytes\n");
  });
  std::string unsynced;
  for (const auto& node : nodes_) unsynced += node->DescribeUnsynced();
  return absl::StrCat("events traced: ", state_->trace.events(),
                      "\nmessages in flight: ", count, "\n", messages,
                      "writes that are not synced:",
                      unsynced.empty() ? " none" : "", "\n", unsynced);
}

}  // namespace reprise
