// Packet rules: what a scenario itself decides about single packets.
//
// A rule sees each packet when it is sent, before the drawn faults, and answers
// with a Ruling. Rules are asked in the order of their installation; the first
// that does not pass decides, and the faults that were drawn for the packet are
// then ignored (they are drawn all the same, so that a rule shifts no draw).
// What is ruled on a packet is a decision: a replay may say it, or leave it
// out, and then asks no rule. So a rule decides about packets and does nothing
// else.
//
//   PacketRuleGuard guard = world.AddPacketRule([&](const PacketView& packet) {
//     if (packet.is_request && packet.to == server) return Ruling::Drop();
//     return Ruling::Pass();
//   });  // in force until `guard` is destroyed

#ifndef REPRISE_SIM_WORLD_PACKET_RULE_H_
#define REPRISE_SIM_WORLD_PACKET_RULE_H_

#include <cstdint>
#include <functional>
#include <string_view>
#include <utility>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"

namespace reprise {

// A packet, as a rule sees it. The views live as long as the rule runs.
struct PacketView {
  NodeId from;
  NodeId to;
  bool is_request = true;   // Or a one-way message.
  bool is_one_way = false;  // No reply follows.
  std::string_view method;
  // The number of the call, from 1; of a one-way message its own.
  uint64_t call = 0;
  std::string_view payload;
};

class Ruling {
 public:
  enum class Kind : uint8_t { kPass, kDeliver, kDrop, kDuplicate };

  // No opinion: the next rule decides, or the drawn faults.
  static Ruling Pass() { return Ruling(Kind::kPass, {}); }
  // Arrives after `delay`, once. Requires a delay from 0 to 834 days.
  static Ruling Deliver(Duration delay) {
    return Ruling(Kind::kDeliver, delay);
  }
  // Is lost.
  static Ruling Drop() { return Ruling(Kind::kDrop, {}); }
  // Arrives, and a duplicate of it too, after the drawn delays.
  static Ruling Duplicate() { return Ruling(Kind::kDuplicate, {}); }

  Kind kind() const { return kind_; }
  Duration delay() const { return delay_; }

 private:
  Ruling(Kind kind, Duration delay) : kind_(kind), delay_(delay) {}

  Kind kind_;
  Duration delay_;
};

using PacketRule = std::function<Ruling(const PacketView&)>;

// Keeps a rule installed. Must be destroyed before its world.
class PacketRuleGuard {
 public:
  explicit PacketRuleGuard(std::function<void()> uninstall)
      : uninstall_(std::move(uninstall)) {}
  PacketRuleGuard(PacketRuleGuard&& other) noexcept
      : uninstall_(std::exchange(other.uninstall_, nullptr)) {}
  PacketRuleGuard& operator=(PacketRuleGuard&&) = delete;
  ~PacketRuleGuard() {
    if (uninstall_ != nullptr) uninstall_();
  }

 private:
  std::function<void()> uninstall_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PACKET_RULE_H_
