// DrawnInWords: something that a decision draws and that words can say, too.
//
// Replay files keep the words, so that people see what was drawn and can change
// it (decisions.h, DecideInWords).
//
//   class Shape final : public DrawnInWords { ... };
//   Shape shape;
//   decisions.DecideInWords(stream, shape);

#ifndef REPRISE_SIM_WORLD_DRAWN_IN_WORDS_H_
#define REPRISE_SIM_WORLD_DRAWN_IN_WORDS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "reprise/sim/world/edits.h"

namespace reprise {

// One of the first three functions is called, and then perhaps Describe().
class DrawnInWords {
 public:
  virtual void Draw(uint64_t word) = 0;
  // Nothing happens.
  virtual void BeCalm() = 0;
  // Is what `words` say, as far as the run has what they name. Returns what
  // does not fit. Requires that the purpose allows them.
  virtual std::optional<Misfit> Read(std::string_view words) = 0;
  // Words of which Read() makes it again; empty where there are none.
  virtual std::string Describe() const = 0;

 protected:
  ~DrawnInWords() = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_DRAWN_IN_WORDS_H_
