// StateSpace: the states of a model, as the search for an order sees them:
// numbered, and equal exactly if their numbers are.
//
// The operations of a search are numbered from 0. model_states.h makes a state
// space of a model and a history.

#ifndef REPRISE_CHECKER_MODEL_STATE_SPACE_H_
#define REPRISE_CHECKER_MODEL_STATE_SPACE_H_

#include <cstddef>
#include <cstdint>

namespace reprise::checker {

using StateId = uint32_t;
// The operation cannot give its answer in that state.
inline constexpr StateId kImpossible = UINT32_MAX;

// What is known of an operation's answer.
enum class Knowledge : uint8_t {
  kAnswer,   // What came back, and so that it took effect.
  kNothing,  // It may have taken effect, with any answer, or never will.
};

class StateSpace {
 public:
  virtual ~StateSpace() = default;

  virtual StateId Initial() = 0;
  // The state after `operation`, or kImpossible.
  virtual StateId Step(StateId state, uint32_t operation,
                       Knowledge knowledge) = 0;
  // Of all states so far, about.
  virtual size_t MemoryBytes() const = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_STATE_SPACE_H_
