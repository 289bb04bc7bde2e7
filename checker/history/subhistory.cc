#include "reprise/checker/history/subhistory.h"

#include <algorithm>
#include <tuple>
#include <utility>
#include <vector>

namespace reprise::checker {
namespace {

struct Event {
  EventIndex at;
  bool is_return;
  size_t place;  // in `selected`

  bool operator<(const Event& other) const {
    return std::tie(at, is_return, place) <
           std::tie(other.at, other.is_return, other.place);
  }
};

OperationId CopyCall(const History& from, OperationId id, History& to) {
  const Operation& operation = from[id];
  const std::string_view key = from.KeyName(operation.key);
  if (operation.kind == OperationKind::kCas) {
    return to.InvokeCas(operation.client, key, operation.Expected(),
                        operation.Argument());
  }
  return to.Invoke(operation.client, operation.kind, key, operation.Argument());
}

void CopyReturn(const History& from, const Selected& selected, OperationId id,
                History& to) {
  const Operation& operation = from[selected.id];
  const bool is_forgotten = selected.report == Report::kForget &&
                            operation.kind == OperationKind::kAppend;
  if (operation.answer == Answer::kFailed) {
    to.ReturnFailed(id);
  } else if (operation.HasOutput() && !is_forgotten) {
    to.Return(id, from.Output(operation));
  } else {
    to.ReturnUnobserved(id);
  }
}

History Replay(const History& from, std::span<const Selected> selected,
               EventIndex end) {
  std::vector<Event> events;
  for (size_t place = 0; place < selected.size(); ++place) {
    const Operation& operation = from[selected[place].id];
    events.push_back({operation.call, false, place});
    if (operation.ret < end) events.push_back({operation.ret, true, place});
  }
  std::sort(events.begin(), events.end());

  History to;
  to.SetInitialValue(from.initial_value());
  std::vector<OperationId> ids(selected.size());
  const Event* last = nullptr;
  for (const Event& event : events) {
    if (last != nullptr && last->at == event.at) to.JoinInstant();
    last = &event;
    const Selected& chosen = selected[event.place];
    if (event.is_return) {
      CopyReturn(from, chosen, ids[event.place], to);
    } else {
      ids[event.place] = CopyCall(from, chosen.id, to);
    }
  }
  return to;
}

}  // namespace

History Subhistory(const History& history, std::span<const Selected> selected) {
  return Replay(history, selected, kNever);
}

History PrefixOf(const History& history, EventIndex end) {
  std::vector<Selected> selected;
  for (OperationId id = 0; id < history.size(); ++id) {
    if (history[id].call < end) selected.push_back({id});
  }
  return Replay(history, selected, end);
}

}  // namespace reprise::checker
