// PacketDirection: what differs between requests, one-way messages and replies,
// a row for each.
//
//   const PacketDirection& direction = DirectionOf(packet);
//   ++fault_counts[direction.loss];
//   const Probability loss = (link.options->*direction.options).loss;

#ifndef REPRISE_SIM_WORLD_PACKET_DIRECTION_H_
#define REPRISE_SIM_WORLD_PACKET_DIRECTION_H_

#include <cstddef>
#include <string_view>

#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/packet.h"
#include "reprise/sim/world/purpose.h"

namespace reprise {

// What the streams of PacketDecisions decide.
struct PacketPurposes {
  Purpose delay;
  Purpose loss;
  Purpose duplicate;
  Purpose duplicate_delay;
  Purpose corruption;
};

// What the streams of LinkFaultDecisions decide.
struct LinkFaultPurposes {
  Purpose reorder;
  Purpose bad_link_loss;
  Purpose slow_method_loss;
  Purpose ruling;
};

struct PacketDirection {
  EventKind sent;
  EventKind lost;
  EventKind duplicated;
  Fault loss;  // What counts those that are lost.
  // What the caller learns of one; empty: nothing.
  std::string_view lost_message;
  PacketOptions LinkOptions::*options;
  PacketPurposes purposes;
  LinkFaultPurposes fault_purposes;
};

// By Packet::Kind.
inline constexpr PacketDirection kDirections[] = {
    {.sent = EventKind::kRequestSent,
     .lost = EventKind::kRequestLost,
     .duplicated = EventKind::kRequestDuplicated,
     .loss = Fault::kRequestLoss,
     .lost_message = "the request was lost",
     .options = &LinkOptions::request,
     .purposes = {.delay = Purpose::kRequestDelay,
                  .loss = Purpose::kRequestLoss,
                  .duplicate = Purpose::kRequestDuplicate,
                  .duplicate_delay = Purpose::kRequestDuplicateDelay,
                  .corruption = Purpose::kRequestCorruption},
     .fault_purposes = {.reorder = Purpose::kRequestReorder,
                        .bad_link_loss = Purpose::kRequestBadLinkLoss,
                        .slow_method_loss = Purpose::kRequestSlowMethodLoss,
                        .ruling = Purpose::kRequestRuling}},
    {.sent = EventKind::kMessageSent,
     .lost = EventKind::kMessageLost,
     .duplicated = EventKind::kMessageDuplicated,
     .loss = Fault::kMessageLoss,
     .lost_message = "",
     .options = &LinkOptions::request,
     .purposes = {.delay = Purpose::kMessageDelay,
                  .loss = Purpose::kMessageLoss,
                  .duplicate = Purpose::kMessageDuplicate,
                  .duplicate_delay = Purpose::kMessageDuplicateDelay,
                  .corruption = Purpose::kMessageCorruption},
     .fault_purposes = {.reorder = Purpose::kMessageReorder,
                        .bad_link_loss = Purpose::kMessageBadLinkLoss,
                        .slow_method_loss = Purpose::kMessageSlowMethodLoss,
                        .ruling = Purpose::kMessageRuling}},
    {.sent = EventKind::kReplySent,
     .lost = EventKind::kReplyLost,
     .duplicated = EventKind::kReplyDuplicated,
     .loss = Fault::kReplyLoss,
     .lost_message = "the reply was lost",
     .options = &LinkOptions::reply,
     .purposes = {.delay = Purpose::kReplyDelay,
                  .loss = Purpose::kReplyLoss,
                  .duplicate = Purpose::kReplyDuplicate,
                  .duplicate_delay = Purpose::kReplyDuplicateDelay,
                  .corruption = Purpose::kReplyCorruption},
     .fault_purposes = {.reorder = Purpose::kReplyReorder,
                        .bad_link_loss = Purpose::kReplyBadLinkLoss,
                        .slow_method_loss = Purpose::kReplySlowMethodLoss,
                        .ruling = Purpose::kReplyRuling}},
};
static_assert(static_cast<int>(Packet::Kind::kRequest) == 0);
static_assert(static_cast<int>(Packet::Kind::kMessage) == 1);
static_assert(static_cast<int>(Packet::Kind::kReply) == 2);

// Requires that it is not a notice.
constexpr const PacketDirection& DirectionOf(Packet::Kind kind) {
  return kDirections[static_cast<size_t>(kind)];
}
inline const PacketDirection& DirectionOf(const Packet& packet) {
  return DirectionOf(packet.kind);
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PACKET_DIRECTION_H_
