// The oracle: tries every order of a history, whatever the model
// (model/model.h).
//
// It shares no algorithm with the checker but the definition, and decides
// nothing by a hash: an operation may be next if none that is left returned
// before its call; what was reached with the same operations taken and an equal
// state is not tried again. For small histories: time is exponential in the
// number of concurrent operations.
//
//   EXPECT_EQ(TryEveryOrder(history, Budget()), Outcome::kHolds);

#ifndef REPRISE_CHECKER_TESTING_EXHAUSTIVE_CHECK_H_
#define REPRISE_CHECKER_TESTING_EXHAUSTIVE_CHECK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model/model.h"
#include "reprise/checker/model/model_history.h"

namespace reprise::checker {

namespace internal {

template <typename Model>
class ExhaustiveCheck {
 public:
  using Operation = typename ModelHistory<Model>::Operation;

  ExhaustiveCheck(const std::vector<Operation>& operations,
                  typename Model::State initial, const Budget& budget)
      : operations_(operations),
        initial_(std::move(initial)),
        budget_(budget) {}

  Outcome Run() {
    taken_.assign(operations_.size(), false);
    const bool is_legal = CanGoOn(initial_);
    if (is_legal) return Outcome::kHolds;
    return states_ > budget_.states ? Outcome::kUndecided : Outcome::kViolated;
  }

 private:
  using State = typename Model::State;

  // Whether what is not taken can follow `state`.
  bool CanGoOn(const State& state) {
    if (IsDone()) return true;
    if (++states_ > budget_.states || !Remember(state)) return false;
    for (size_t place = 0; place < operations_.size(); ++place) {
      if (!CanBeNext(place)) continue;
      const auto& output = operations_[place].output;
      State next = state;
      if (!Model::Step(operations_[place].input, output ? &*output : nullptr,
                       next)) {
        continue;
      }
      taken_[place] = true;
      const bool is_legal = CanGoOn(next);
      taken_[place] = false;
      if (is_legal) return true;
    }
    return false;
  }

  bool IsDone() const {
    for (size_t place = 0; place < operations_.size(); ++place) {
      if (!taken_[place] && operations_[place].output.has_value()) return false;
    }
    return true;
  }

  bool CanBeNext(size_t place) const {
    if (taken_[place] || operations_[place].has_failed) return false;
    for (size_t other = 0; other < operations_.size(); ++other) {
      if (!taken_[other] && !operations_[other].has_failed &&
          Precedes(other, place)) {
        return false;
      }
    }
    return true;
  }

  // As in history/precedence.h: a client keeps its order where its call shares
  // the instant of its own last return.
  bool Precedes(size_t a, size_t b) const {
    if (operations_[a].ret != operations_[b].call) {
      return operations_[a].ret < operations_[b].call;
    }
    return a < b && operations_[a].client == operations_[b].client;
  }

  // False if this configuration was reached before.
  bool Remember(const State& state) {
    std::vector<State>& states = reached_[taken_];
    if (std::find(states.begin(), states.end(), state) != states.end()) {
      return false;
    }
    states.push_back(state);
    return true;
  }

  const std::vector<Operation>& operations_;
  const State initial_;
  const Budget budget_;
  uint64_t states_ = 0;
  std::vector<bool> taken_;
  std::map<std::vector<bool>, std::vector<State>> reached_;
};

}  // namespace internal

// Partition by partition, each with the states of the budget.
template <typename Model>
Outcome TryEveryOrder(const ModelHistory<Model>& history,
                      const Budget& budget) {
  using Check = internal::ExhaustiveCheck<Model>;
  std::map<std::string, std::vector<typename Check::Operation>> partitions;
  for (const auto& operation : history.operations()) {
    partitions[PartitionOf<Model>(operation.input)].push_back(operation);
  }
  Outcome worst = Outcome::kHolds;
  for (const auto& [name, operations] : partitions) {
    const Outcome outcome = Check(operations, history.initial(), budget).Run();
    if (outcome == Outcome::kViolated) return outcome;
    if (outcome == Outcome::kUndecided) worst = outcome;
  }
  return worst;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_EXHAUSTIVE_CHECK_H_
