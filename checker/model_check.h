// Judges histories of a user's own model: anything with a sequential
// specification.
//
// A model is a struct with the members below. Its functions are pure. An output
// is null where the operation was never answered. testing/queue_model.h and
// key_value/store_model.h are whole models.
//
//   using State, Input, Output;
//
//   static State Init();
//   // Takes an operation and changes the state. False if the operation cannot
//   // give this output in this state.
//   static bool Step(const Input&, const Output*, State&);
//   static bool Equal(const State&, const State&);
//   // The operation as text, for the reader of a counterexample.
//   static std::string Describe(const Input&, const Output*);
//   // The part of the state that the operation works on, by name. Operations
//   // on different parts never affect each other.
//   static std::string Partition(const Input&);
//
//   // Whether the operation leaves the state as it is, whatever its output.
//   static bool IsReadOnly(const Input&);
//
// Guarantees: the verdict is exact, because no hash decides anything, and the
// same on every run. Each partition is searched alone, as Wing and Gong do
// (1993) with the memory of Lowe (2017); a read is taken once it can be. Time
// and memory may be exponential in the number of concurrent operations.
//
//   ModelVerdict verdict = CheckModel(history, Budget());

#ifndef REPRISE_CHECKER_MODEL_CHECK_H_
#define REPRISE_CHECKER_MODEL_CHECK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/model_history.h"

namespace reprise::checker {

struct ModelVerdict {
  Outcome outcome = Outcome::kHolds;
  std::string partition;  // the one that is violated or undecided
  // If the verdict is kHolds, a linearization of all partitions; else the
  // longest order that was found in that partition. Operations that were never
  // answered may be missing.
  std::vector<OperationId> order;
  // If it is kViolated, the operations of that partition, without the reads
  // that the violation does not depend on.
  std::vector<OperationId> operations;
  std::string text;  // the same, as the model describes them
  uint64_t states = 0;
};

namespace internal {

template <typename Model>
class ModelSearch {
 public:
  ModelSearch(const ModelHistory<Model>& history,
              const std::vector<OperationId>& ids, const Budget& budget)
      : operations_(history.operations()), ids_(ids), budget_(budget) {}

  ModelVerdict Run() {
    taken_.assign(ids_.size(), false);
    for (size_t place = 0; place < ids_.size(); ++place) {
      answered_left_ += At(place).output.has_value();
    }
    frames_.push_back({Model::Init(), 0, false});
    ModelVerdict verdict;
    while (!IsDone() && !frames_.empty() && verdict.states <= budget_.states &&
           bytes_ <= budget_.bytes) {
      if (!Advance(verdict.states)) Retreat();
    }
    verdict.outcome = IsDone()          ? Outcome::kHolds
                      : frames_.empty() ? Outcome::kViolated
                                        : Outcome::kUndecided;
    for (size_t place : IsDone() ? order_ : longest_) {
      verdict.order.push_back(ids_[place]);
    }
    return verdict;
  }

 private:
  struct Frame {
    typename Model::State state;
    size_t next;
    bool is_final;  // a read was taken from here: nothing else need be tried
  };

  bool IsDone() const { return answered_left_ == 0; }

  bool Advance(uint64_t& states) {
    if (frames_.back().is_final) return false;
    EventIndex first_return = kNever;
    for (size_t place = 0; place < ids_.size(); ++place) {
      if (taken_[place]) continue;
      const EventIndex call = At(place).call;
      if (call > first_return) return false;
      const bool touches = call == first_return;
      first_return = std::min(first_return, At(place).ret);
      if (place < frames_.back().next) continue;
      if (touches && FollowsItsOwn(place)) continue;
      typename Model::State state = frames_.back().state;
      const auto& output = At(place).output;
      if (!Model::Step(At(place).input, output ? &*output : nullptr, state)) {
        continue;
      }
      frames_.back().next = place + 1;
      taken_[place] = true;
      if (!Remember(state)) {
        taken_[place] = false;
        continue;
      }
      ++states;
      frames_.back().is_final =
          output.has_value() && Model::IsReadOnly(At(place).input);
      answered_left_ -= output.has_value();
      order_.push_back(place);
      if (order_.size() > longest_.size()) longest_ = order_;
      frames_.push_back({std::move(state), 0, false});
      return true;
    }
    return false;
  }

  // Whether its client called it at the instant at which another operation of
  // its own returned that is not taken yet: the client keeps its order.
  bool FollowsItsOwn(size_t place) const {
    for (size_t before = 0; before < place; ++before) {
      if (!taken_[before] && At(before).ret == At(place).call &&
          At(before).client == At(place).client) {
        return true;
      }
    }
    return false;
  }

  void Retreat() {
    frames_.pop_back();
    if (order_.empty()) return;
    taken_[order_.back()] = false;
    answered_left_ += At(order_.back()).output.has_value();
    order_.pop_back();
  }

  // False if this configuration was reached before.
  bool Remember(const typename Model::State& state) {
    std::vector<typename Model::State>& states = seen_[taken_];
    for (const typename Model::State& other : states) {
      if (Model::Equal(state, other)) return false;
    }
    states.push_back(state);
    bytes_ += ids_.size() / 8 + sizeof(state) + 64;
    return true;
  }

  const typename ModelHistory<Model>::Operation& At(size_t place) const {
    return operations_[ids_[place]];
  }

  const std::vector<typename ModelHistory<Model>::Operation>& operations_;
  const std::vector<OperationId>& ids_;
  const Budget budget_;
  uint64_t bytes_ = 0;
  std::vector<bool> taken_;
  size_t answered_left_ = 0;
  std::vector<Frame> frames_;  // one more than order_
  std::vector<size_t> order_;
  std::vector<size_t> longest_;
  std::map<std::vector<bool>, std::vector<typename Model::State>> seen_;
};

// Leaves out the reads without which `ids` stays illegal.
template <typename Model>
void DropReads(const ModelHistory<Model>& history, const Budget& budget,
               std::vector<OperationId>& ids) {
  for (size_t place = ids.size(); place-- > 0;) {
    const OperationId id = ids[place];
    if (!Model::IsReadOnly(history.operations()[id].input)) continue;
    std::vector<OperationId> rest = ids;
    rest.erase(rest.begin() + static_cast<ptrdiff_t>(place));
    if (ModelSearch<Model>(history, rest, budget).Run().outcome ==
        Outcome::kViolated) {
      ids = std::move(rest);
    }
  }
}

}  // namespace internal

// The verdict alone: without the text, and with all operations of a partition
// that is violated.
template <typename Model>
ModelVerdict JudgeModel(const ModelHistory<Model>& history,
                        const Budget& budget) {
  std::map<std::string, std::vector<OperationId>> partitions;
  for (OperationId id = 0; id < history.operations().size(); ++id) {
    partitions[Model::Partition(history.operations()[id].input)].push_back(id);
  }
  ModelVerdict verdict;
  for (auto& [name, ids] : partitions) {
    ModelVerdict found =
        internal::ModelSearch<Model>(history, ids, budget).Run();
    found.states += verdict.states;
    found.partition = name;
    if (found.outcome == Outcome::kViolated) {
      found.operations = std::move(ids);
      return found;
    }
    verdict.states = found.states;
    if (verdict.outcome != Outcome::kHolds) continue;
    if (found.outcome == Outcome::kUndecided) {
      verdict = std::move(found);
    } else {
      verdict.order.insert(verdict.order.end(), found.order.begin(),
                           found.order.end());
    }
  }
  return verdict;
}

template <typename Model>
ModelVerdict CheckModel(const ModelHistory<Model>& history,
                        const Budget& budget) {
  ModelVerdict verdict = JudgeModel(history, budget);
  internal::DropReads(history, budget, verdict.operations);
  for (OperationId id : verdict.operations) {
    const auto& operation = history.operations()[id];
    verdict.text +=
        "client " + std::to_string(operation.client) + "  " +
        Model::Describe(operation.input,
                        operation.output ? &*operation.output : nullptr) +
        "\n";
  }
  return verdict;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_CHECK_H_
