// ModelHistory: what clients saw of an object of one's own model.
//
// An operation is answered, or failed, which says that it had no effect, or its
// answer is unknown: then it may have taken effect at any later time, or never.
// An operation that nobody answers is of the last kind.
//
//   ModelHistory<OwnQueueModel> history;
//   OperationId push = history.Invoke(/*client=*/0, {.push = "a"});
//   history.Return(push, {});

#ifndef REPRISE_CHECKER_MODEL_MODEL_HISTORY_H_
#define REPRISE_CHECKER_MODEL_MODEL_HISTORY_H_

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/require.h"

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
    bool has_failed = false;
  };

  OperationId Invoke(int client, typename Model::Input input) {
    operations_.push_back(
        {client, std::move(input), std::nullopt, next_event_++});
    return static_cast<OperationId>(operations_.size() - 1);
  }

  void Return(OperationId id, typename Model::Output output) {
    Operation& operation = Open(id);
    operation.output = std::move(output);
    operation.ret = next_event_++;
  }

  // It had no effect.
  void Fail(OperationId id) {
    Operation& operation = Open(id);
    operation.has_failed = true;
    operation.ret = next_event_++;
  }

  // Takes an operation whole, with its events. Requires that calls ascend.
  void Add(Operation operation) {
    next_event_ = std::max(next_event_, operation.call + 1);
    if (operation.ret != kNever) {
      next_event_ = std::max(next_event_, operation.ret + 1);
    }
    operations_.push_back(std::move(operation));
  }

  // The next event shares the instant of the last one, as
  // History::JoinInstant() has it.
  void JoinInstant() {
    REPRISE_REQUIRE(next_event_ > 0, "there is no event to join");
    --next_event_;
  }

  // The state before the first operation; else it is Model::Init().
  void SetInitial(typename Model::State state) { initial_ = std::move(state); }
  typename Model::State initial() const {
    return initial_ ? *initial_ : Model::Init();
  }

  size_t size() const { return operations_.size(); }
  bool empty() const { return operations_.empty(); }
  const Operation& operator[](OperationId id) const { return operations_[id]; }
  const std::vector<Operation>& operations() const { return operations_; }

  // Forgets everything and keeps the memory.
  void Clear() {
    operations_.clear();
    initial_.reset();
    next_event_ = 0;
  }

 private:
  Operation& Open(OperationId id) {
    REPRISE_REQUIRE(id < operations_.size() && operations_[id].ret == kNever,
                    "a response without an open invocation");
    return operations_[id];
  }

  std::vector<Operation> operations_;
  std::optional<typename Model::State> initial_;
  EventIndex next_event_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_MODEL_HISTORY_H_
