// LinkFaults: what befalls packets on their links beyond delay, loss,
// duplicates and corruption: links that flap or are bad, methods that are slow,
// packets that let later ones pass.
//
// Guarantees: a mix without any of them costs nothing. A packet that is held
// back arrives at the latest `reorder_wait` after it would have arrived.
//
//   if (link_faults.IsPossible()) fate = link_faults.Strike(packet, draws);

#ifndef REPRISE_SIM_WORLD_LINK_FAULTS_H_
#define REPRISE_SIM_WORLD_LINK_FAULTS_H_

#include <cstdint>
#include <vector>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/link_fault_state.h"
#include "reprise/sim/world/network_state.h"
#include "reprise/sim/world/packet.h"

namespace reprise {

class LinkFaults {
 public:
  // `state` must outlive this.
  explicit LinkFaults(NetworkState& state);
  LinkFaults(const LinkFaults&) = delete;
  LinkFaults& operator=(const LinkFaults&) = delete;

  // Whether the mix has any of them. If not, nothing else need be called.
  bool IsPossible() const { return is_possible_; }

  // What befalls a packet that is sent now.
  struct Effect {
    Duration delay = {};
    bool is_lost = false;
  };
  // Where a rule has ruled on the packet, what is drawn loses it no more.
  Effect Strike(const Packet& packet, bool is_ruled);
  // To be told of each original that is under way, to arrive at `arrival`:
  // those sent before it may have waited for it, and it may be held back, but
  // not where a rule has ruled on it.
  void OnLaunch(Packet& packet, VirtualTime arrival, bool is_ruled);
  // To be told of each packet that arrives or is lost under way.
  void OnEnd(const Packet& packet);

  // The link is down, then up and so on, for so long from now on.
  void Flap(Link& link, Duration length);
  // Packets of the method are slow for so long from now on.
  void SlowMethod(uint32_t method, Duration length);
  // When that ends, or has ended; zero: it was never slow.
  VirtualTime SlowUntil(uint32_t method) const;
  // From now on no link is bad, no method slow, and nothing is held back: what
  // is, arrives when it would have.
  void EndFaults();

 private:
  struct SlownessOfMethod {
    VirtualTime end;
    bool has_struck = false;
  };

  LinkFaultState& Meet(Link& link);
  bool IsDown(Link& link) const;
  void StrikeByLink(const Packet& packet, Effect& effect);
  void StrikeByMethod(const Packet& packet, Effect& effect);
  // The packet is lost with `loss`, and takes `delay` longer. Returns whether
  // either is so.
  bool Hamper(const Packet& packet, DecisionStream& losses, Probability loss,
              Duration delay, Effect& effect);
  // Counts a fault that strikes for the first time.
  void NoteStrike(Fault fault, bool& has_struck);
  void LetPass(LinkFaultState& faults, VirtualTime arrival);
  void Release(const HeldPacket& held);

  NetworkState& state_;
  bool is_possible_ = false;
  bool has_ended_ = false;
  std::vector<SlownessOfMethod> methods_;  // By number, as far as any was slow.
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_LINK_FAULTS_H_
