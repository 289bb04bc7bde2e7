// Integers and strings as bytes: little-endian words of eight bytes, and
// strings that follow their length.
//
//   Bytes bytes;
//   AppendWord(bytes, 7);
//   AppendString(bytes, "key");
//   Decoder decoder(bytes);
//   decoder.Word();           // 7
//   decoder.String();         // "key"
//   decoder.IsOk();           // true: neither was cut short.

#ifndef REPRISE_KV_STORAGE_ENCODING_H_
#define REPRISE_KV_STORAGE_ENCODING_H_

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "reprise/sim/env/network.h"

namespace reprise::kv {

inline constexpr size_t kWordBytes = 8;

inline uint64_t LittleEndian(uint64_t word) {
  if constexpr (std::endian::native == std::endian::big) {
    return __builtin_bswap64(word);
  }
  return word;
}

inline void StoreWord(uint64_t word, char* bytes) {
  word = LittleEndian(word);
  std::memcpy(bytes, &word, sizeof(word));
}

inline uint64_t LoadWord(const char* bytes) {
  uint64_t word;
  std::memcpy(&word, bytes, sizeof(word));
  return LittleEndian(word);
}

inline void AppendWord(Bytes& bytes, uint64_t word) {
  char encoded[kWordBytes];
  StoreWord(word, encoded);
  bytes.append(encoded, kWordBytes);
}

inline void AppendString(Bytes& bytes, std::string_view string) {
  AppendWord(bytes, string.size());
  bytes.append(string);
}

// Takes words and strings off the front of `bytes`, which it refers to. What is
// cut short reads as 0 or "", and so does all that follows.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  uint64_t Word() {
    if (rest_.size() < kWordBytes) {
      Fail();
      return 0;
    }
    const uint64_t word = LoadWord(rest_.data());
    rest_.remove_prefix(kWordBytes);
    return word;
  }

  std::string_view String() {
    const uint64_t length = Word();
    if (length > rest_.size()) {
      Fail();
      return {};
    }
    const std::string_view string = rest_.substr(0, length);
    rest_.remove_prefix(length);
    return string;
  }

  // Whether nothing was cut short so far.
  bool IsOk() const { return is_ok_; }
  bool IsAtEnd() const { return rest_.empty(); }

 private:
  void Fail() {
    is_ok_ = false;
    rest_ = {};
  }

  std::string_view rest_;
  bool is_ok_ = true;
};

}  // namespace reprise::kv

#endif  // REPRISE_KV_STORAGE_ENCODING_H_
