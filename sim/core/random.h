// Random streams: every consumer of chance owns one, keyed by
// (seed, entity, purpose).
//
// Guarantees: a stream's values depend on its key and on nothing else, so a new
// consumer shifts nobody's draws; they are bit-exact on every platform and
// compiler; all draws are integers and probabilities are ratios. A stream can
// be read at any index without the draws before it, in O(1).
//
//   RandomStream stream(StreamKey(seed, "link a->b", "delay"));
//   Duration delay = Microseconds(stream.Uniform(25, 75));
//   if (stream.Chance({1, 10})) ...
//
// Source: SplitMix64, Steele, Lea and Flood, "Fast splittable pseudorandom
// number generators", OOPSLA 2014, section 4; multiply-shift bounded draws,
// Lemire, "Fast random integer generation in an interval", TOMACS 2019.

#ifndef REPRISE_SIM_CORE_RANDOM_H_
#define REPRISE_SIM_CORE_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <utility>

#include "reprise/sim/core/ids.h"

namespace reprise {

// A probability as a ratio of integers: {1, 10} is one in ten.
struct Probability {
  uint32_t numerator = 0;
  uint32_t denominator = 1;

  constexpr bool IsZero() const { return numerator == 0; }
  friend constexpr bool operator==(Probability, Probability) = default;
};

// A bijection of 64-bit words in which every input bit moves every output bit.
constexpr uint64_t MixBits(uint64_t word) {
  word = (word ^ (word >> 30)) * 0xbf58476d1ce4e5b9;
  word = (word ^ (word >> 27)) * 0x94d049bb133111eb;
  return word ^ (word >> 31);
}

// The key of a stream. `entity` and `purpose` are names or numbers that do not
// change when other entities come or go.
uint64_t HashName(std::string_view name);
constexpr uint64_t StreamKey(Seed seed, uint64_t entity, uint64_t purpose) {
  constexpr uint64_t kGolden = 0x9e3779b97f4a7c15;
  const uint64_t seeded = MixBits(seed.value() + kGolden);
  return MixBits((MixBits(seeded ^ entity) + kGolden) ^ purpose);
}
inline uint64_t StreamKey(Seed seed, std::string_view entity,
                          std::string_view purpose) {
  return StreamKey(seed, HashName(entity), HashName(purpose));
}

// The word of stream `key` at `index`.
constexpr uint64_t WordAt(uint64_t key, uint64_t index) {
  return MixBits(key + (index + 1) * 0x9e3779b97f4a7c15);
}

// Maps a uniform word to 0..count-1. Requires count > 0. The bias is below
// count / 2^64.
constexpr uint64_t BoundedWord(uint64_t word, uint64_t count) {
  return static_cast<uint64_t>((static_cast<unsigned __int128>(word) * count) >>
                               64);
}

// Whether something of this probability happens, as a uniform word decides.
constexpr bool ChanceOfWord(uint64_t word, Probability probability) {
  return BoundedWord(word, probability.denominator) < probability.numerator;
}

// Which of `choices` a uniform word selects: its number, counted from 1, or 0
// for none. Requires that the choices sum to at most 1.
constexpr uint64_t ChoiceOfWord(uint64_t word,
                                std::initializer_list<Probability> choices) {
  using Wide = unsigned __int128;
  Wide end = 0;
  uint64_t number = 0;
  for (const Probability choice : choices) {
    ++number;
    end += (Wide{choice.numerator} << 64) / choice.denominator;
    if (word < end) return number;
  }
  return 0;
}

// Maps a uniform word to first..last, both included. Requires first <= last.
constexpr int64_t UniformOfWord(uint64_t word, int64_t first, int64_t last) {
  const uint64_t base = static_cast<uint64_t>(first);
  const uint64_t count = static_cast<uint64_t>(last) - base + 1;
  const uint64_t offset = count == 0 ? word : BoundedWord(word, count);
  return static_cast<int64_t>(base + offset);
}

// A stream that is read in order.
class RandomStream {
 public:
  explicit constexpr RandomStream(uint64_t key) : key_(key) {}

  constexpr uint64_t Next() { return WordAt(key_, index_++); }

  // Uniform in first..last, both included. Requires first <= last.
  constexpr int64_t Uniform(int64_t first, int64_t last) {
    return UniformOfWord(Next(), first, last);
  }

  // True with the given probability; always consumes one word.
  constexpr bool Chance(Probability probability) {
    return ChanceOfWord(Next(), probability);
  }

  // Puts `items` into a uniformly random order (Fisher and Yates).
  template <typename Items>
  void Shuffle(Items& items) {
    for (size_t i = items.size(); i > 1; --i) {
      const auto j =
          static_cast<size_t>(Uniform(0, static_cast<int64_t>(i) - 1));
      std::swap(items[i - 1], items[j]);
    }
  }

 private:
  uint64_t key_;
  uint64_t index_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_RANDOM_H_
