// MixDraws: draws the parameters of a mix (presets.h). Each draw has a name, so
// that a new one moves none of the others.
//
//   const MixDraws draw(seed, "swarm");
//   if (draw.IsOn("loss", kHalf)) packet.loss = draw.UpTo("loss", kPercent);

#ifndef REPRISE_SIM_WORLD_MIX_DRAWS_H_
#define REPRISE_SIM_WORLD_MIX_DRAWS_H_

#include <cstdint>
#include <string_view>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"

namespace reprise {

class MixDraws {
 public:
  MixDraws(Seed seed, std::string_view preset)
      : seed_(seed), preset_(HashName(preset)) {}

  bool IsOn(std::string_view name, Probability probability) const {
    return ChanceOfWord(WordOf(name, 0), probability);
  }
  int64_t Uniform(std::string_view name, int64_t first, int64_t last) const {
    return UniformOfWord(WordOf(name, 1), first, last);
  }
  Duration Between(std::string_view name, Duration least, Duration most) const {
    return Nanoseconds(Uniform(name, least.nanoseconds(), most.nanoseconds()));
  }
  // Up to `most` in a million.
  Probability UpTo(std::string_view name, int64_t most) const {
    return {static_cast<uint32_t>(Uniform(name, 0, most)), 1'000'000};
  }

 private:
  uint64_t WordOf(std::string_view name, uint64_t index) const {
    return WordAt(StreamKey(seed_, preset_, HashName(name)), index);
  }

  Seed seed_;
  uint64_t preset_;
};

inline constexpr int64_t kPercent = 10'000;  // In a million.

inline constexpr Probability kHalf = {1, 2};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_MIX_DRAWS_H_
