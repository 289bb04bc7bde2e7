// Link: the directed path from one node to another, and its own decisions.
//
// Each link owns a stream for each purpose, keyed by the two names, so that the
// traffic of one link shifts no draw on another.

#ifndef REPRISE_SIM_WORLD_LINK_H_
#define REPRISE_SIM_WORLD_LINK_H_

#include <array>
#include <cstdint>
#include <memory>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link_fault_state.h"
#include "reprise/sim/world/origin.h"
#include "reprise/sim/world/packet_numbers.h"

namespace reprise {

// The decisions about one kind of packet on one link.
struct PacketDecisions {
  DecisionStream delay;
  DecisionStream loss;
  DecisionStream duplicate;
  DecisionStream duplicate_delay;
  DecisionStream corruption;
};

// The decisions about what befalls the link as a whole.
struct LinkDecisions {
  DecisionStream unreachable_delay;
  DecisionStream clog;
  DecisionStream reset;
  DecisionStream flap;
};

// The members that each packet needs come first, so that they lie together.
// What LinkMap opens late is null until a packet, or a fault, needed it.
struct Link {
  NodeId from;
  NodeId to;
  const LinkOptions* options = nullptr;
  Link* reverse = nullptr;  // Null until a packet needed it.
  Origins cut_by;           // For calls in its direction.
  // Whether it is not cut and no connection of it has ever broken.
  bool is_untroubled = true;
  std::array<std::unique_ptr<PacketDecisions>, 3> packet_decisions;  // By kind.
  PacketNumbers numbers;
  // The calls up to this number went over a connection that has broken.
  uint64_t last_broken_call = 0;
  VirtualTime clogged_until;  // Packets due before it wait for it.
  bool is_clog_drawn = false;
  bool has_clog_struck = false;  // The last one has held a packet back.
  VirtualTime flapping_since;
  VirtualTime flapping_until;
  bool has_flap_struck = false;  // The last one has lost a packet.
  VirtualTime busy_until;        // Where the link has a bandwidth.
  int64_t packets = 0;           // On their way, where their number is limited.
  std::unique_ptr<LinkDecisions> decisions;
  std::unique_ptr<LinkFaultState> faults;

  bool IsConnected() const { return cut_by.empty(); }
  // Whether the connection of this call has broken since the call was made.
  bool HasBroken(uint64_t call) const { return call <= last_broken_call; }
  void UpdateTrouble() {
    is_untroubled = IsConnected() && last_broken_call == 0;
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_LINK_H_
