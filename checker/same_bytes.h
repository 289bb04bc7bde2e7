// Whether two short byte strings are equal, without a call where they are
// short, as most keys and values are.

#ifndef CHECKER_SAME_BYTES_H_
#define CHECKER_SAME_BYTES_H_

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace reprise::checker {

inline bool SameBytes(const char* a, const char* b, size_t size) {
  const auto differ = [&](size_t at, auto word) {
    auto other = word;
    std::memcpy(&word, a + at, sizeof(word));
    std::memcpy(&other, b + at, sizeof(other));
    return word != other;
  };
  if (size > 16) return std::memcmp(a, b, size) == 0;
  if (size >= 8) {
    return !differ(0, uint64_t{}) && !differ(size - 8, uint64_t{});
  }
  if (size >= 4) {
    return !differ(0, uint32_t{}) && !differ(size - 4, uint32_t{});
  }
  for (size_t at = 0; at < size; ++at) {
    if (a[at] != b[at]) return false;
  }
  return true;
}

inline bool SameBytes(std::string_view a, std::string_view b) {
  return a.size() == b.size() && SameBytes(a.data(), b.data(), a.size());
}

}  // namespace reprise::checker

#endif  // CHECKER_SAME_BYTES_H_
