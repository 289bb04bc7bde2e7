// Digest: a 64-bit hash of a sequence of events, always on.
//
// Guarantees: depends on each field of each event, their order and number, and
// on nothing else: no addresses, no padding, no byte order. It finds
// differences; it is not made to withstand an adversary.
//
// Words enter in pairs, by 64x64->128-bit multiplications whose halves are
// folded together: the mixing step of wyhash (Wang Yi, "wyhash", 2019). Only
// one of an event's three multiplications waits for the event before.

#ifndef REPRISE_SIM_TRACE_DIGEST_H_
#define REPRISE_SIM_TRACE_DIGEST_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "reprise/sim/trace/event.h"

namespace reprise {
namespace internal {

inline constexpr uint64_t kSecret0 = 0xa0761d6478bd642f;
inline constexpr uint64_t kSecret1 = 0xe7037ed1a0b428db;
inline constexpr uint64_t kSecret2 = 0x8ebc6af09c88c6e3;
inline constexpr uint64_t kSecret3 = 0x589965cc75374cc3;

constexpr uint64_t Fold(uint64_t a, uint64_t b) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// `Word` bytes as a little-endian number.
template <typename Word>
uint64_t Load(const char* bytes) {
  Word word;
  std::memcpy(&word, bytes, sizeof(word));
  if constexpr (std::endian::native == std::endian::big) {
    word =
        sizeof(word) == 8 ? __builtin_bswap64(word) : __builtin_bswap32(word);
  }
  return word;
}

uint64_t HashLongContent(std::string_view content);

}  // namespace internal

// A stable 64-bit hash of bytes, equal on every platform; XXH3 where there are
// many of them.
[[gnu::always_inline]] inline uint64_t HashContent(std::string_view content) {
  constexpr size_t kShort = 96;
  if (content.size() > kShort) return internal::HashLongContent(content);
  const char* at = content.data();
  size_t left = content.size();
  uint64_t hash = internal::kSecret0;
  for (; left > 16; at += 16, left -= 16) {
    hash =
        internal::Fold(internal::Load<uint64_t>(at) ^ hash,
                       internal::Load<uint64_t>(at + 8) ^ internal::kSecret1);
  }
  // The rest, as two words that overlap where it is short.
  uint64_t low = 0;
  uint64_t high = 0;
  if (left >= 8) {
    low = internal::Load<uint64_t>(at);
    high = internal::Load<uint64_t>(at + left - 8);
  } else if (left >= 4) {
    low = internal::Load<uint32_t>(at);
    high = internal::Load<uint32_t>(at + left - 4);
  } else if (left > 0) {
    const auto byte = [at](size_t index) {
      return static_cast<uint64_t>(static_cast<unsigned char>(at[index]));
    };
    low = byte(0) << 16 | byte(left / 2) << 8 | byte(left - 1);
  }
  hash = internal::Fold(low ^ hash, high ^ internal::kSecret2);
  return internal::Fold(hash ^ internal::kSecret3,
                        content.size() ^ internal::kSecret1);
}

class Digest {
 public:
  [[gnu::always_inline]] void Add(const TraceEvent& event) {
    const uint64_t place =
        static_cast<uint64_t>(event.node.value()) << 32 | event.peer.value();
    const uint64_t what = static_cast<uint64_t>(event.method) << 8 |
                          static_cast<uint64_t>(event.kind);
    const uint64_t time = static_cast<uint64_t>(event.time.nanoseconds());
    const uint64_t second = internal::Fold(event.id ^ internal::kSecret1,
                                           what ^ internal::kSecret2);
    const uint64_t third = internal::Fold(event.value ^ internal::kSecret3,
                                          event.hash ^ internal::kSecret0);
    const uint64_t first =
        internal::Fold(time ^ state_, place ^ internal::kSecret0);
    state_ = std::rotl(state_, 23) * internal::kSecret2 + first +
             std::rotl(second, 17) + std::rotl(third, 41) +
             event.bytes * internal::kSecret0;
  }

  uint64_t Value() const {
    return internal::Fold(state_ ^ internal::kSecret0, internal::kSecret1);
  }

 private:
  uint64_t state_ = 0x1d8e4e27c47d124f;
};

}  // namespace reprise

#endif  // REPRISE_SIM_TRACE_DIGEST_H_
