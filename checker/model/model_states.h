// ModelStates: the states of a model that a search has met, each kept once.
//
//   ModelStates<OwnQueueModel> states(history);
//   StateId after = states.Step(states.Initial(), push, Knowledge::kAnswer);

#ifndef REPRISE_CHECKER_MODEL_MODEL_STATES_H_
#define REPRISE_CHECKER_MODEL_MODEL_STATES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <utility>
#include <vector>

#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"
#include "reprise/checker/model/state_space.h"

namespace reprise::checker {

template <typename Model>
class ModelStates final : public StateSpace {
 public:
  // `history` must outlive it. Operations have their ids.
  explicit ModelStates(const ModelHistory<Model>& history)
      : history_(history) {}

  StateId Initial() override { return Intern(history_.initial()); }

  StateId Step(StateId state, uint32_t operation,
               Knowledge knowledge) override {
    const auto& called = history_[operation];
    const auto* output = knowledge == Knowledge::kAnswer && called.output
                             ? &*called.output
                             : nullptr;
    typename Model::State next = states_[state];
    if (!Model::Step(called.input, output, next)) return kImpossible;
    if (next == states_[state]) return state;
    return Intern(std::move(next));
  }

  size_t MemoryBytes() const override {
    return states_.size() * (sizeof(typename Model::State) + 64);
  }

 private:
  StateId Intern(typename Model::State state) {
    std::vector<StateId>& alike = by_hash_[HashOfState<Model>(state)];
    for (const StateId other : alike) {
      if (states_[other] == state) return other;
    }
    alike.push_back(static_cast<StateId>(states_.size()));
    states_.push_back(std::move(state));
    return alike.back();
  }

  const ModelHistory<Model>& history_;
  std::deque<typename Model::State> states_;
  std::map<uint64_t, std::vector<StateId>> by_hash_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_MODEL_STATES_H_
