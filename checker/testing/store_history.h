// A key/value history as a history of the store's model (key_value_model.h), or
// of a model with the same inputs and outputs.
//
//   TryEveryOrder(AsModelHistory<KeyValueModel>(history), Budget());

#ifndef REPRISE_CHECKER_TESTING_STORE_HISTORY_H_
#define REPRISE_CHECKER_TESTING_STORE_HISTORY_H_

#include <algorithm>
#include <tuple>
#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/model/model_history.h"

namespace reprise::checker {

// Operations keep their order, and events the instants that they share. An
// initial value is written to each key first.
template <typename Model>
ModelHistory<Model> AsModelHistory(const History& history) {
  using Event = std::tuple<EventIndex, bool, OperationId>;
  std::vector<Event> events;  // instant, whether it is a return, operation
  for (OperationId id = 0; id < history.size(); ++id) {
    events.emplace_back(history[id].call, false, id);
    if (!history[id].IsPending()) {
      events.emplace_back(history[id].ret, true, id);
    }
  }
  std::sort(events.begin(), events.end());

  ModelHistory<Model> copy;
  OperationId first = 0;  // the copy of operation 0
  for (KeyId key = 0; key < history.keys(); ++key) {
    if (history.initial_value().empty()) break;
    KeyValueModel::Input write;
    write.kind = OperationKind::kPut;
    write.key = history.KeyName(key);
    write.value = history.initial_value();
    copy.Return(copy.Invoke(-1, write), {});
    ++first;
  }
  EventIndex last = kNever;
  for (const auto& [at, is_return, id] : events) {
    if (at == last) copy.JoinInstant();
    last = at;
    const Operation& operation = history[id];
    if (is_return) {
      copy.Return(first + id, *KeyValueModel::OutputOf(history, operation));
    } else {
      copy.Invoke(operation.client, KeyValueModel::InputOf(history, operation));
    }
  }
  return copy;
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_TESTING_STORE_HISTORY_H_
