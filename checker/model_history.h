// ModelHistory: what clients saw of a system with a model of one's own, in
// event order. model_check.h says what a model is, and judges it.
//
// Requires: each operation returns at most once, after its invocation.
//
//   ModelHistory<QueueModel> history;
//   OperationId push = history.Invoke(0, {.key = "q", .push = "a"});
//   history.Return(push, {});

#ifndef REPRISE_CHECKER_MODEL_HISTORY_H_
#define REPRISE_CHECKER_MODEL_HISTORY_H_

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

  // The next event shares the instant of the last one, as
  // History::JoinInstant() has it.
  void JoinInstant() {
    CHECKER_REQUIRE(next_event_ > 0, "there is no event to join");
    --next_event_;
  }

  const std::vector<Operation>& operations() const { return operations_; }

 private:
  std::vector<Operation> operations_;
  EventIndex next_event_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_HISTORY_H_
