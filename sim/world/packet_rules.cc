#include "reprise/sim/world/packet_rules.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/link_fault_state.h"
#include "reprise/sim/world/packet_name.h"

namespace reprise {
namespace {

// As the answer of a decision: the kind in the lowest 8 bits, the delay above
// them.
constexpr int kKindBits = 8;
constexpr Duration kDelayEnd = Nanoseconds(int64_t{1} << 56);

uint64_t AnswerOf(const Ruling& ruling) {
  return static_cast<uint64_t>(ruling.delay().nanoseconds()) << kKindBits |
         static_cast<uint64_t>(ruling.kind());
}

Ruling RulingOf(uint64_t answer) {
  switch (static_cast<Ruling::Kind>(answer & 0xff)) {
    case Ruling::Kind::kPass:
      return Ruling::Pass();
    case Ruling::Kind::kDeliver:
      return Ruling::Deliver(
          Nanoseconds(static_cast<int64_t>(answer >> kKindBits)));
    case Ruling::Kind::kDrop:
      return Ruling::Drop();
    case Ruling::Kind::kDuplicate:
      return Ruling::Duplicate();
  }
  REPRISE_CHECK(false, "no packet rule rules ", answer);
  return Ruling::Pass();
}

}  // namespace

uint64_t PacketRules::Add(PacketRule rule) {
  rules_.push_back({next_id_, std::move(rule)});
  return next_id_++;
}

void PacketRules::Remove(uint64_t id) {
  rules_.erase(std::find_if(
      rules_.begin(), rules_.end(),
      [id](const InstalledRule& installed) { return installed.id == id; }));
}

Ruling PacketRules::Rule(const Packet& packet) {
  LinkFaultState& faults = state_.links.FaultsOf(*packet.link);
  const PacketName name = state_.NameOf(packet);
  return RulingOf(state_.decisions.DecideSaid(
      faults.decisions[static_cast<size_t>(packet.kind)].ruling, PlaceOf(name),
      [&] { return AnswerOf(Ask(packet)); }));
}

// The first that does not pass decides.
Ruling PacketRules::Ask(const Packet& packet) const {
  const PacketView view{packet.link->from,
                        packet.link->to,
                        packet.kind != Packet::Kind::kReply,
                        packet.kind == Packet::Kind::kMessage,
                        state_.methods.Name(packet.method),
                        packet.call,
                        packet.payload};
  for (const InstalledRule& installed : rules_) {
    const Ruling ruling = installed.rule(view);
    if (ruling.kind() == Ruling::Kind::kPass) continue;
    REPRISE_CHECK(ruling.delay() >= Duration() && ruling.delay() < kDelayEnd,
                  "a rule's delay is ", FormatDuration(ruling.delay()),
                  ", expected one from 0 to 834 days");
    return ruling;
  }
  return Ruling::Pass();
}

}  // namespace reprise
