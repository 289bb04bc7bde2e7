// ModelStates: the states of a model that a search has met, each kept once, and
// the steps between them, so that none is taken twice.
//
//   ModelStates<OwnQueueModel> states(history);
//   StateId after = states.Step(states.Initial(), push, Knowledge::kAnswer);

#ifndef REPRISE_CHECKER_MODEL_MODEL_STATES_H_
#define REPRISE_CHECKER_MODEL_MODEL_STATES_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
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

  // A state that a search may begin with besides.
  StateId Add(typename Model::State state) { return Intern(std::move(state)); }
  const typename Model::State& StateOf(StateId state) const {
    return states_[state];
  }

  StateId Step(StateId state, uint32_t operation,
               Knowledge knowledge) override {
    const uint64_t question = uint64_t{state} << 32 | uint64_t{operation} << 1 |
                              (knowledge == Knowledge::kAnswer ? 1 : 0);
    const auto [found, is_new] = steps_.try_emplace(question, kImpossible);
    if (is_new) found->second = Take(state, operation, knowledge);
    return found->second;
  }

  size_t MemoryBytes() const override {
    return bytes_ + steps_.size() * kBytesOfStep;
  }

 private:
  static constexpr size_t kBytesOfStep = 24;  // about, as of what follows
  static constexpr size_t kBytesOfState = sizeof(typename Model::State) + 64;

  StateId Take(StateId state, uint32_t operation, Knowledge knowledge) {
    const auto& called = history_[operation];
    const auto* output = knowledge == Knowledge::kAnswer && called.output
                             ? &*called.output
                             : nullptr;
    typename Model::State next = states_[state];
    if (!Model::Step(called.input, output, next)) return kImpossible;
    if (next == states_[state]) return state;
    return Intern(std::move(next));
  }

  StateId Intern(typename Model::State state) {
    std::vector<StateId>& alike = by_hash_[HashOfState<Model>(state)];
    for (const StateId other : alike) {
      if (states_[other] == state) return other;
    }
    alike.push_back(static_cast<StateId>(states_.size()));
    bytes_ += kBytesOfState;
    if constexpr (requires { state.size() * sizeof(*state.begin()); }) {
      bytes_ += state.size() * sizeof(*state.begin());
    }
    states_.push_back(std::move(state));
    return alike.back();
  }

  const ModelHistory<Model>& history_;
  std::deque<typename Model::State> states_;
  absl::flat_hash_map<uint64_t, std::vector<StateId>> by_hash_;
  absl::flat_hash_map<uint64_t, StateId> steps_;  // that were taken before
  size_t bytes_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_MODEL_STATES_H_
