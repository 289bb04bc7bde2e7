// Entropy: chance from the system, for nodes on a real machine.
//
// Guarantees: words that nobody can foresee, not even from all those before.
// Requires that the process does not fork: both would draw the same.
//
//   Entropy entropy;
//   const uint64_t word = entropy.Next();

#ifndef REPRISE_SIM_REAL_ENTROPY_H_
#define REPRISE_SIM_REAL_ENTROPY_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "reprise/sim/env/random.h"

namespace reprise {

// Invariant: the words from next_ on have not been handed out.
class Entropy final : public Random {
 public:
  uint64_t Next() override;

 private:
  // As many bytes as the system gives at once, without interruption.
  static constexpr size_t kWords = 256 / sizeof(uint64_t);

  std::array<uint64_t, kWords> words_ = {};
  size_t next_ = kWords;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_ENTROPY_H_
