// Comparing, searching and copying byte strings, without a call where they are
// short, as most keys and values are.
//
//   if (!SameBytes(old, value)) CopyBytes(place, value);

#ifndef REPRISE_CHECKER_HISTORY_SHORT_BYTES_H_
#define REPRISE_CHECKER_HISTORY_SHORT_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace reprise::checker {

inline bool SameBytes(const char* a, const char* b, size_t size) {
  const auto difference = [&](size_t at, auto word) {
    auto other = word;
    std::memcpy(&word, a + at, sizeof(word));
    std::memcpy(&other, b + at, sizeof(other));
    return word ^ other;
  };
  if (size > 16) return std::memcmp(a, b, size) == 0;
  if (size >= 8) {
    return (difference(0, uint64_t{}) | difference(size - 8, uint64_t{})) == 0;
  }
  if (size >= 4) {
    return (difference(0, uint32_t{}) | difference(size - 4, uint32_t{})) == 0;
  }
  if (size == 0) return true;
  return a[0] == b[0] && a[size / 2] == b[size / 2] &&
         a[size - 1] == b[size - 1];
}

inline bool SameBytes(std::string_view a, std::string_view b) {
  return a.size() == b.size() && SameBytes(a.data(), b.data(), a.size());
}

inline bool BeginsWith(std::string_view text, std::string_view beginning) {
  return text.size() >= beginning.size() &&
         SameBytes(text.data(), beginning.data(), beginning.size());
}

// Whether one of the bytes is `byte`.
inline bool HasByte(std::string_view bytes, char byte) {
  const char* at = bytes.data();
  const size_t size = bytes.size();
  // What equals `byte` becomes zero. A word has a zero byte if and only if
  // taking one from each byte turns on a highest bit that was off.
  const auto occurs = [&](size_t from, auto word) {
    constexpr decltype(word) kOnes = decltype(word)(~decltype(word)(0)) / 255;
    std::memcpy(&word, at + from, sizeof(word));
    word ^= kOnes * static_cast<unsigned char>(byte);
    return ((word - kOnes) & ~word & (kOnes << 7)) != 0;
  };
  if (size > 16) return std::memchr(at, byte, size) != nullptr;
  if (size >= 8) return occurs(0, uint64_t{}) || occurs(size - 8, uint64_t{});
  if (size >= 4) return occurs(0, uint32_t{}) || occurs(size - 4, uint32_t{});
  return size > 0 &&
         (at[0] == byte || at[size / 2] == byte || at[size - 1] == byte);
}

// The bytes of a string of at most kWord as a number: of two such strings of
// one size it is the same if and only if they are.
inline constexpr size_t kWord = 8;

inline uint64_t WordOf(std::string_view bytes) {
  const auto load = [&](size_t from) {
    uint32_t half;
    std::memcpy(&half, bytes.data() + from, sizeof(half));
    return uint64_t{half};
  };
  const auto byte = [&](size_t at) {
    return uint64_t{static_cast<unsigned char>(bytes[at])};
  };
  const size_t size = bytes.size();
  if (size >= 4) return load(0) | load(size - 4) << 32;
  if (size == 0) return 0;
  return byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
}

// `to` must not overlap `from`.
inline void CopyBytes(char* to, std::string_view from) {
  const size_t size = from.size();
  const auto copy = [&](size_t at, auto word) {
    std::memcpy(&word, from.data() + at, sizeof(word));
    std::memcpy(to + at, &word, sizeof(word));
  };
  if (size > 16) {
    std::memcpy(to, from.data(), size);
  } else if (size >= 8) {
    copy(0, uint64_t{});
    copy(size - 8, uint64_t{});
  } else if (size >= 4) {
    copy(0, uint32_t{});
    copy(size - 4, uint32_t{});
  } else if (size > 0) {
    to[0] = from[0];
    to[size / 2] = from[size / 2];
    to[size - 1] = from[size - 1];
  }
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_HISTORY_SHORT_BYTES_H_
