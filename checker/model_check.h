// Judges histories of a user's own model: anything with a sequential
// specification.
//
// A model is a struct with these members, all pure; queue_model.h is a whole
// one.
//   using State, Input, Output;
//   static State Init();
//   // Takes an operation. False if it cannot answer `*output` here; an
//   // operation that was never answered has no output.
//   static bool Step(const Input&, const Output* output, State&);
//   static bool Equal(const State&, const State&);
//   static std::string Describe(const Input&, const Output* output);
//   // Operations with different names never affect each other.
//   static std::string Partition(const Input&);
//   // Whether it changes no state, whatever it answers.
//   static bool IsReadOnly(const Input&);
//
// Guarantees: exact (nothing is decided by a hash) and the same on every run.
// The search of Wing and Gong with Lowe's memory, per partition; it takes a
// read at once where it can. Time and memory may be exponential in the number
// of concurrent operations; then the budget ends it as undecided.
//
//   ModelHistory<QueueModel> history;
//   OperationId push = history.Invoke(0, {.key = "q", .push = "a"});
//   history.Return(push, {});
//   ModelVerdict verdict = CheckModel(history, Budget());

#ifndef REPRISE_CHECKER_MODEL_CHECK_H_
#define REPRISE_CHECKER_MODEL_CHECK_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

template <typename Model>
class ModelHistory {
 public:
  struct Operation {
    int client;
    typename Model::Input input;
    std::optional<typename Model::Output> output;
    EventIndex call;
    EventIndex ret = kNever;
  };

  OperationId Invoke(int client, typename Model::Input input) {
    operations_.push_back(
        {client, std::move(input), std::nullopt, next_event_++});
    return static_cast<OperationId>(operations_.size() - 1);
  }

  void Return(OperationId id, typename Model::Output output) {
    CHECKER_REQUIRE(id < operations_.size() && !operations_[id].output,
                    "a response without an open invocation");
    operations_[id].output = std::move(output);
    operations_[id].ret = next_event_++;
  }

  const std::vector<Operation>& operations() const { return operations_; }

 private:
  std::vector<Operation> operations_;
  EventIndex next_event_ = 0;
};

struct ModelVerdict {
  Outcome outcome = Outcome::kHolds;
  std::string partition;  // that is violated or undecided
  // A linearization of all partitions if it holds, else the longest order of
  // that partition. Operations that were never answered may be missing.
  std::vector<OperationId> order;
  // Where violated: the operations of the partition, less the reads that it
  // does not hang on.
  std::vector<OperationId> operations;
  std::string text;  // those, as the model describes them
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

  bool IsDone() const {
    for (size_t place = 0; place < ids_.size(); ++place) {
      if (!taken_[place] && At(place).output.has_value()) return false;
    }
    return true;
  }

  bool Advance(uint64_t& states) {
    if (frames_.back().is_final) return false;
    EventIndex first_return = kNever;
    for (size_t place = 0; place < ids_.size(); ++place) {
      if (taken_[place]) continue;
      if (At(place).call > first_return) return false;
      first_return = std::min(first_return, At(place).ret);
      if (place < frames_.back().next) continue;
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
      order_.push_back(place);
      if (order_.size() > longest_.size()) longest_ = order_;
      frames_.push_back({std::move(state), 0, false});
      return true;
    }
    return false;
  }

  void Retreat() {
    frames_.pop_back();
    if (order_.empty()) return;
    taken_[order_.back()] = false;
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

template <typename Model>
ModelVerdict CheckModel(const ModelHistory<Model>& history,
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
    if (found.outcome == Outcome::kHolds) {
      verdict.states = found.states;
      verdict.order.insert(verdict.order.end(), found.order.begin(),
                           found.order.end());
    } else if (found.outcome == Outcome::kUndecided) {
      if (verdict.outcome == Outcome::kHolds) verdict = std::move(found);
    } else {
      internal::DropReads(history, budget, ids);
      for (OperationId id : ids) {
        const auto& operation = history.operations()[id];
        found.text +=
            "client " + std::to_string(operation.client) + "  " +
            Model::Describe(operation.input,
                            operation.output ? &*operation.output : nullptr) +
            "\n";
      }
      found.operations = std::move(ids);
      return found;
    }
  }
  return verdict;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_CHECK_H_
