// Digest: a 64-bit hash of a sequence of events, always on.
//
// Guarantees: depends on each field of each event, their order and number, and
// on nothing else: no addresses, no padding, no byte order. It finds
// differences; it is not made to withstand an adversary.
//
// Each event is folded in by two 64x64->128-bit multiplications, the mixing
// step of wyhash (Wang Yi, "wyhash", 2019).

#ifndef SIM_TRACE_DIGEST_H_
#define SIM_TRACE_DIGEST_H_

#include <cstdint>
#include <string_view>

#include "sim/trace/event.h"

namespace reprise {

// A stable 64-bit hash of bytes (XXH3); equal on every platform.
uint64_t HashContent(std::string_view content);

class Digest {
 public:
  void Add(const TraceEvent& event) {
    const uint64_t place =
        static_cast<uint64_t>(event.node.value()) << 32 | event.peer.value();
    const uint64_t what = static_cast<uint64_t>(event.method) << 8 |
                          static_cast<uint64_t>(event.kind);
    const uint64_t time = static_cast<uint64_t>(event.time.nanoseconds());
    const uint64_t first = Fold(time ^ kSecret0, place ^ state_);
    const uint64_t second = Fold(event.id ^ kSecret1, what ^ kSecret2 ^ state_);
    const uint64_t third =
        Fold(event.value ^ kSecret3 ^ state_, event.hash ^ kSecret1);
    state_ = Rotate(state_, 23) * kSecret2 + first + Rotate(second, 17) +
             Rotate(third, 41) + event.bytes * kSecret0;
  }

  uint64_t Value() const { return Fold(state_ ^ kSecret0, kSecret1); }

 private:
  static constexpr uint64_t kSecret0 = 0xa0761d6478bd642f;
  static constexpr uint64_t kSecret1 = 0xe7037ed1a0b428db;
  static constexpr uint64_t kSecret2 = 0x8ebc6af09c88c6e3;
  static constexpr uint64_t kSecret3 = 0x589965cc75374cc3;

  static constexpr uint64_t Fold(uint64_t a, uint64_t b) {
    const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
    return static_cast<uint64_t>(product) ^
           static_cast<uint64_t>(product >> 64);
  }
  static constexpr uint64_t Rotate(uint64_t word, int count) {
    return word << count | word >> (64 - count);
  }

  uint64_t state_ = 0x1d8e4e27c47d124f;
};

}  // namespace reprise

#endif  // SIM_TRACE_DIGEST_H_
