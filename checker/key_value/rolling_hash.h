// A fingerprint of a byte string that can be put together from those of its
// parts: two polynomials modulo 2^61 - 1 at fixed points (Karp and Rabin,
// 1987). Two different strings of n bytes have the same one with a
// probability of about (n / 2^61)^2.
//
//   RollingHash ab = RollingHash::Of("a").Followed(RollingHash::Of("b"));

#ifndef REPRISE_CHECKER_KEY_VALUE_ROLLING_HASH_H_
#define REPRISE_CHECKER_KEY_VALUE_ROLLING_HASH_H_

#include <cstdint>
#include <string_view>

namespace reprise::checker {

class RollingHash {
 public:
  RollingHash() = default;  // of ""

  static RollingHash Of(std::string_view bytes) {
    RollingHash hash;
    hash.Add(bytes);
    return hash;
  }

  void Add(std::string_view bytes) {
    for (char byte : bytes) {
      const uint64_t digit = static_cast<unsigned char>(byte) + 1;
      first_ = Sum(Product(first_, kFirst), digit);
      second_ = Sum(Product(second_, kSecond), digit);
    }
    length_ += bytes.size();
  }

  RollingHash Followed(const RollingHash& by) const {
    RollingHash hash;
    hash.first_ = Sum(Product(first_, Power(kFirst, by.length_)), by.first_);
    hash.second_ =
        Sum(Product(second_, Power(kSecond, by.length_)), by.second_);
    hash.length_ = length_ + by.length_;
    return hash;
  }

  uint64_t length() const { return length_; }
  // Spread over 64 bits.
  uint64_t first() const { return first_; }
  uint64_t second() const { return second_; }

  bool operator==(const RollingHash&) const = default;

 private:
  static constexpr uint64_t kPrime = (uint64_t{1} << 61) - 1;
  static constexpr uint64_t kFirst = 0x0f3a1c5b7d92e641u;
  static constexpr uint64_t kSecond = 0x1b67d3f4a8e05c29u;

  static uint64_t Sum(uint64_t a, uint64_t b) {
    const uint64_t sum = a + b;
    return sum >= kPrime ? sum - kPrime : sum;
  }

  static uint64_t Product(uint64_t a, uint64_t b) {
    const unsigned __int128 product = static_cast<unsigned __int128>(a) * b;
    return Sum(static_cast<uint64_t>(product) & kPrime,
               static_cast<uint64_t>(product >> 61));
  }

  static uint64_t Power(uint64_t base, uint64_t exponent) {
    uint64_t power = 1;
    for (; exponent > 0; exponent >>= 1) {
      if (exponent & 1) power = Product(power, base);
      base = Product(base, base);
    }
    return power;
  }

  uint64_t first_ = 0;
  uint64_t second_ = 0;
  uint64_t length_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_KEY_VALUE_ROLLING_HASH_H_
