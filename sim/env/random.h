// Chance, as the code on one node sees it. All draws are integers.
//
//   if (random.Chance({1, 2})) Append(key); else Get(key);

#ifndef REPRISE_SIM_ENV_RANDOM_H_
#define REPRISE_SIM_ENV_RANDOM_H_

#include <cstdint>

#include "reprise/sim/core/random.h"

namespace reprise {

class Random {
 public:
  virtual ~Random() = default;

  // A uniform 64-bit word.
  virtual uint64_t Next() = 0;

  // Uniform in first..last, both included. Requires first <= last.
  int64_t Uniform(int64_t first, int64_t last);
  bool Chance(Probability probability);
};

}  // namespace reprise

#endif  // REPRISE_SIM_ENV_RANDOM_H_
