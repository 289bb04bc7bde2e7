// PacketRules: the rules of a world (packet_rule.h), and what they rule on a
// packet.
//
// Guarantees: a ruling is a decision about the packet, so it is recorded unless
// it is to pass. In a replay an edit that names it answers, and a calm base
// passes what no edit names; the rules are not asked then, and need not be
// there.
//
//   if (rules.MayRule()) const Ruling ruling = rules.Rule(packet);

#ifndef REPRISE_SIM_WORLD_PACKET_RULES_H_
#define REPRISE_SIM_WORLD_PACKET_RULES_H_

#include <cstdint>
#include <vector>

#include "reprise/sim/world/network_state.h"
#include "reprise/sim/world/packet.h"
#include "reprise/sim/world/packet_rule.h"

namespace reprise {

class PacketRules {
 public:
  // `state` must outlive this.
  explicit PacketRules(NetworkState& state) : state_(state) {}
  PacketRules(const PacketRules&) = delete;
  PacketRules& operator=(const PacketRules&) = delete;

  // Returns what names the rule for Remove.
  uint64_t Add(PacketRule rule);
  void Remove(uint64_t id);

  // Whether there are rules, or edits that rule.
  bool MayRule() const {
    return !rules_.empty() || state_.decisions.HasRulings();
  }
  Ruling Rule(const Packet& packet);

 private:
  struct InstalledRule {
    uint64_t id;
    PacketRule rule;
  };

  Ruling Ask(const Packet& packet) const;

  NetworkState& state_;
  std::vector<InstalledRule> rules_;
  uint64_t next_id_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PACKET_RULES_H_
