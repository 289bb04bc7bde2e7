// PacketName: what the decisions about a packet are named by, beside its link.
//
// A packet serves an operation of a client, or none; among the requests and
// messages of its method on its link that serve the same one it has a number. A
// reply has the number of its request. Duplicates are numbered on their own.
// Nothing of this moves when another operation, client or fault comes or goes.
//
// As text: "Put 3.7 #2" is the third Put that serves operation 7 of client 3;
// "#2.1" is its first duplicate, "#2.1.2" the second duplicate of the reply to
// that; "Beat 0 #5" serves no operation.
//
//   decisions.DecideFault(link.requests.loss, packet.name, {1, 10});

#ifndef REPRISE_SIM_WORLD_PACKET_NAME_H_
#define REPRISE_SIM_WORLD_PACKET_NAME_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/served_operation.h"

namespace reprise {

struct PacketName {
  uint64_t method_hash = 0;  // HashName of the method.
  std::string_view method = {};
  ServedOperation operation = {};
  uint32_t number = 0;
  uint16_t copy = 0;        // Of a request or message; 0: the original.
  uint16_t reply_copy = 0;  // Of the reply to that.

  // Where the packet's answers stand in the stream of a purpose.
  constexpr uint64_t Place() const {
    return PlaceIn(Series(method_hash, operation), number, copy, reply_copy);
  }
  // The same in two steps, of which the first is the same for all packets of a
  // method that serve one operation.
  static constexpr uint64_t Series(uint64_t method_hash,
                                   ServedOperation operation) {
    return MixBits(method_hash ^ operation.word());
  }
  static constexpr uint64_t PlaceIn(uint64_t series, uint32_t number,
                                    uint16_t copy, uint16_t reply_copy) {
    const uint64_t copies = uint64_t{reply_copy} << 48 | uint64_t{copy} << 32;
    return MixBits(series ^ copies ^ number);
  }
};

std::string FormatPacketName(const PacketName& name);
// Absent: `text` is not what the function above can have written. The views in
// it last as long as `text`.
std::optional<PacketName> ParsePacketName(std::string_view text);

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PACKET_NAME_H_
