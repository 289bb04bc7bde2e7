// CallHistory: what clients saw, as calls that name themselves (call.h), before
// any model has a say in it. Readers of recordings make it, and whatever
// recorded operations of a model.
//
// Guarantees: each name, key and value is kept once. Ids are dense and follow
// the order of invocation.
//
//   CallHistory history;
//   const Call call = {.function = "add", .argument = EdnValue::Integer(7)};
//   OperationId add = history.Invoke(/*client=*/0, call);
//   history.Return(add, EdnValue::Nil());

#ifndef REPRISE_CHECKER_VALUE_CALL_HISTORY_H_
#define REPRISE_CHECKER_VALUE_CALL_HISTORY_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"
#include "reprise/checker/value/value_pool.h"

namespace reprise::checker {

// How an operation ended.
enum class Ending : uint8_t {
  kUnknown,   // it may have taken effect, or may later, or never
  kAnswered,  // it took effect
  kFailed,    // it did not happen
};

class CallHistory {
 public:
  struct Operation {
    EventIndex call = 0;
    EventIndex ret = kNever;
    int32_t client = 0;
    uint32_t line = 0;  // of the text that it was read from; 0: none
    uint32_t function = 0;
    uint32_t key = 0;
    ValueId argument = ValuePool::kNil;
    ValueId output = ValuePool::kNil;
    Ending ending = Ending::kUnknown;
  };

  OperationId Invoke(int client, const Call& call, uint32_t line = 0);
  void Return(OperationId id, EdnValue output);
  void Fail(OperationId id);
  // Takes an operation whole, with its events. Requires that calls ascend.
  void Add(Operation operation, const Call& call, EdnValue output);
  // The next event shares the instant of the last one, as
  // History::JoinInstant() has it.
  void JoinInstant();

  size_t size() const { return operations_.size(); }
  bool empty() const { return operations_.empty(); }
  const Operation& operator[](OperationId id) const { return operations_[id]; }

  const std::string& FunctionOf(OperationId id) const {
    return names_[operations_[id].function];
  }
  const std::string& KeyOf(OperationId id) const {
    return names_[operations_[id].key];
  }
  Call CallOf(OperationId id) const;
  // Null unless it was answered.
  const EdnValue* OutputOf(OperationId id) const;
  // call.h's text of it: with "?" where the answer is unknown.
  std::string TextOf(OperationId id) const;

  // The state before the first operation, for a model that can read it; none:
  // the model's own.
  void SetInitial(EdnValue initial) { initial_ = std::move(initial); }
  const std::optional<EdnValue>& initial() const { return initial_; }

 private:
  uint32_t NameId(const std::string& name);
  Operation& Open(OperationId id);

  std::vector<Operation> operations_;
  std::vector<std::string> names_;  // of functions and keys
  absl::flat_hash_map<std::string, uint32_t> name_ids_;
  ValuePool values_;
  std::optional<EdnValue> initial_;
  EventIndex next_event_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_VALUE_CALL_HISTORY_H_
