// Origin: who began an outage.
//
// Outages of one kind may overlap on one node or link: a scenario pauses a node
// that a script pauses too. Each origin ends what it began and nothing else;
// the node or link is well again when the last of them has ended.
//
//   Origins cut_by;
//   cut_by.Add(Origin::kScript);
//   if (cut_by.empty()) ...

#ifndef REPRISE_SIM_WORLD_ORIGIN_H_
#define REPRISE_SIM_WORLD_ORIGIN_H_

#include <cstdint>

namespace reprise {

enum class Origin : uint8_t {
  kScenario,  // By hand, through World and Node.
  kScript,    // FaultScript, which itself counts those of its own that overlap.
  kDrawn,     // FaultDriver.
};
inline constexpr int kOrigins = 3;

// A set of them.
class Origins {
 public:
  bool empty() const { return bits_ == 0; }
  bool Has(Origin origin) const { return (bits_ & Bit(origin)) != 0; }
  void Add(Origin origin) { bits_ = static_cast<uint8_t>(bits_ | Bit(origin)); }
  void Remove(Origin origin) {
    bits_ = static_cast<uint8_t>(bits_ & ~Bit(origin));
  }
  // Removes every other origin.
  void RemoveAllBut(Origin origin) {
    bits_ = static_cast<uint8_t>(bits_ & Bit(origin));
  }

 private:
  static uint8_t Bit(Origin origin) {
    return static_cast<uint8_t>(1 << static_cast<int>(origin));
  }

  uint8_t bits_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_ORIGIN_H_
