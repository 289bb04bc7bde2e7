#include "reprise/sim/env/random.h"

namespace reprise {

int64_t Random::Uniform(int64_t first, int64_t last) {
  return UniformOfWord(Next(), first, last);
}

bool Random::Chance(Probability probability) {
  return ChanceOfWord(Next(), probability);
}

}  // namespace reprise
