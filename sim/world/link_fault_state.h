// LinkFaultState: what a link has of faults that few worlds have (LinkFaults),
// and the decisions about them. Most links have none of it.
//
//   if (link.faults != nullptr && link.faults->is_bad) ...

#ifndef REPRISE_SIM_WORLD_LINK_FAULT_STATE_H_
#define REPRISE_SIM_WORLD_LINK_FAULT_STATE_H_

#include <array>
#include <cstdint>
#include <vector>

#include "reprise/sim/core/time.h"
#include "reprise/sim/world/decisions.h"

namespace reprise {

class Packet;

// The decisions about one kind of packet on one link.
struct LinkFaultDecisions {
  DecisionStream reorder;
  DecisionStream bad_link_loss;
  DecisionStream slow_method_loss;
  DecisionStream ruling;
};

// A packet that is held back for later ones.
struct HeldPacket {
  Packet* packet = nullptr;
  uint64_t waits_for = 0;  // So many more.
  VirtualTime arrival;     // If no more come. Not before those that came.
  VirtualTime latest;
  bool has_struck = false;  // One has passed it.
};

struct LinkFaultState {
  std::array<LinkFaultDecisions, 3> decisions;  // By Packet::Kind.
  DecisionStream bad_link;
  bool has_carried = false;  // A packet: whether the link is bad is decided.
  bool is_bad = false;
  bool has_bad_link_struck = false;
  std::vector<HeldPacket> held;  // In the order in which they were sent.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_LINK_FAULT_STATE_H_
