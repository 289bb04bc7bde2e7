// Hash functions that give the same numbers on every machine and in every
// process. They place values in tables and fingerprint the states of searches.
// Where a verdict depends on it, two values with equal hashes are compared byte
// by byte.
//
//   uint64_t bucket = HashBytes("x 0 1 y") & mask;

#ifndef REPRISE_CHECKER_HISTORY_HASH_H_
#define REPRISE_CHECKER_HISTORY_HASH_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace reprise::checker {

// Both halves of the 128-bit product, folded.
inline uint64_t MultiplyFold(uint64_t a, uint64_t b) {
  const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

// A bijection on 64 bits whose every output bit depends on every input bit
// (the finalizer of Steele, Lea and Flood's SplitMix, 2014).
inline uint64_t Mix64(uint64_t x) {
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
  return x ^ (x >> 31);
}

namespace internal {

inline uint64_t LoadWord(const char* from, size_t size) {
  uint64_t word = 0;
  std::memcpy(&word, from, size);
  return word;
}

}  // namespace internal

// A hash for tables. Somebody who wants to can find strings that collide.
inline uint64_t HashBytes(std::string_view bytes) {
  constexpr uint64_t kOdd1 = 0x9e3779b97f4a7c15u;
  constexpr uint64_t kOdd2 = 0xd1b54a32d192ed03u;
  const char* at = bytes.data();
  size_t left = bytes.size();
  uint64_t hash = kOdd1 ^ left;
  for (; left > 16; at += 16, left -= 16) {
    hash = MultiplyFold(internal::LoadWord(at, 8) ^ hash,
                        internal::LoadWord(at + 8, 8) ^ kOdd2);
  }
  uint64_t low = 0;
  uint64_t high = 0;
  if (left >= 8) {
    low = internal::LoadWord(at, 8);
    high = internal::LoadWord(at + left - 8, 8);
  } else if (left >= 4) {
    low = internal::LoadWord(at, 4);
    high = internal::LoadWord(at + left - 4, 4);
  } else if (left > 0) {
    low = static_cast<unsigned char>(at[0]);
    high = static_cast<uint64_t>(static_cast<unsigned char>(at[left / 2]))
               << 8 |
           static_cast<unsigned char>(at[left - 1]);
  }
  return MultiplyFold(low ^ hash, high ^ kOdd2);
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_HASH_H_
