// Random numbers that are the same everywhere, for generated histories.
//
// SplitMix (Steele, Lea and Flood, 2014): a counter and a mixing function.
//
//   Random random(/*seed=*/7);
//   if (random.Chance(1, 10)) key = random.Below(keys);

#ifndef REPRISE_CHECKER_TESTING_RANDOM_H_
#define REPRISE_CHECKER_TESTING_RANDOM_H_

#include <cstdint>

#include "reprise/checker/history/hash.h"

namespace reprise::checker {

class Random {
 public:
  explicit Random(uint64_t seed) : state_(Mix64(seed)) {}

  uint64_t Next() { return Mix64(state_ += 0x9e3779b97f4a7c15u); }

  // Uniform in 0..bound-1, up to a bias below 2^-32 for bounds below 2^32.
  uint64_t Below(uint64_t bound) {
    return static_cast<uint64_t>(
        static_cast<unsigned __int128>(Next()) * bound >> 64);
  }

  bool Chance(uint64_t numerator, uint64_t denominator) {
    return Below(denominator) < numerator;
  }

 private:
  uint64_t state_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_RANDOM_H_
