#include "reprise/checker/value/call_history.h"

#include <algorithm>
#include <utility>

#include "reprise/checker/history/require.h"

namespace reprise::checker {

OperationId CallHistory::Invoke(int client, const Call& call, uint32_t line) {
  operations_.push_back({.call = next_event_++,
                         .client = client,
                         .line = line,
                         .function = NameId(call.function),
                         .key = NameId(call.key),
                         .argument = values_.Add(call.argument)});
  return static_cast<OperationId>(operations_.size() - 1);
}

void CallHistory::Return(OperationId id, EdnValue output) {
  Operation& operation = Open(id);
  operation.ending = Ending::kAnswered;
  operation.output = values_.Add(std::move(output));
  operation.ret = next_event_++;
}

void CallHistory::Fail(OperationId id) {
  Operation& operation = Open(id);
  operation.ending = Ending::kFailed;
  operation.ret = next_event_++;
}

void CallHistory::Add(Operation operation, const Call& call, EdnValue output) {
  operation.function = NameId(call.function);
  operation.key = NameId(call.key);
  operation.argument = values_.Add(call.argument);
  operation.output = values_.Add(std::move(output));
  const EventIndex last =
      operation.ret == kNever ? operation.call : operation.ret;
  next_event_ = std::max(next_event_, last + 1);
  operations_.push_back(operation);
}

void CallHistory::JoinInstant() {
  REPRISE_REQUIRE(next_event_ > 0, "there is no event to join");
  --next_event_;
}

Call CallHistory::CallOf(OperationId id) const {
  return {.function = FunctionOf(id),
          .key = KeyOf(id),
          .argument = values_[operations_[id].argument]};
}

const EdnValue* CallHistory::OutputOf(OperationId id) const {
  const Operation& operation = operations_[id];
  return operation.ending == Ending::kAnswered ? &values_[operation.output]
                                               : nullptr;
}

std::string CallHistory::TextOf(OperationId id) const {
  const EdnValue* const output = OutputOf(id);
  return output != nullptr ? AnsweredText(CallOf(id), *output)
                           : UnknownText(CallOf(id));
}

uint32_t CallHistory::NameId(const std::string& name) {
  const auto next = static_cast<uint32_t>(names_.size());
  const auto [found, is_new] = name_ids_.try_emplace(name, next);
  if (is_new) names_.push_back(name);
  return found->second;
}

CallHistory::Operation& CallHistory::Open(OperationId id) {
  REPRISE_REQUIRE(id < operations_.size() && operations_[id].ret == kNever,
                  "a response without an open invocation");
  return operations_[id];
}

}  // namespace reprise::checker
