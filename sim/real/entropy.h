// Entropy: words from the system's source of chance.

#ifndef REPRISE_SIM_REAL_ENTROPY_H_
#define REPRISE_SIM_REAL_ENTROPY_H_

#include <sys/random.h>

#include <cstdint>

namespace reprise {

class Entropy {
 public:
  uint64_t Next() {
    uint64_t word = 0;
    (void)!getrandom(&word, sizeof(word), 0);
    return word;
  }
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_ENTROPY_H_
