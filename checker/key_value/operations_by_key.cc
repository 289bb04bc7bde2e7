#include "reprise/checker/key_value/operations_by_key.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "reprise/checker/key_value/observed.h"

namespace reprise::checker {
namespace {

constexpr size_t kAhead = 16;

bool IsEmptyAppend(const Operation& operation) {
  return operation.kind == OperationKind::kAppend &&
         operation.argument_length == 0;
}

// Whether leaving the operation out, or taking it for a Get, needs no look at
// what others observed.
bool ChangesNothing(const Operation& operation) {
  if (operation.kind == OperationKind::kGet) return operation.IsPending();
  return IsEmptyAppend(operation) && !operation.HasOutput();
}

// Whether every operation of a history of one key can be judged as it is.
bool IsComplete(const History& history) {
  for (const Operation& operation : history.operations()) {
    if (operation.IsPending() || IsEmptyAppend(operation)) return false;
  }
  return true;
}

void FindTouching(KeyOperations& key) {
  absl::flat_hash_map<int32_t, EventIndex> last_return;
  for (uint32_t item = 0; item < key.size(); ++item) {
    const Operation& operation = key.operations[item];
    const auto [last, is_first] =
        last_return.try_emplace(operation.client, operation.ret);
    if (is_first) continue;
    if (last->second == operation.call) key.touching.push_back(item);
    last->second = operation.ret;
  }
}

}  // namespace

OperationsByKey::OperationsByKey(const History& history)
    : history_(history), ids_(history.size()), begin_(history.keys() + 2) {
  for (const Operation& operation : history.operations()) {
    ++begin_[operation.key + 2];
  }
  for (size_t key = 2; key < begin_.size(); ++key) {
    begin_[key] += begin_[key - 1];
  }
  // Filling moves each begin_[key + 1] from its key's begin to its end.
  for (OperationId id = 0; id < history.size(); ++id) {
    ids_[begin_[history[id].key + 1]++] = id;
  }
}

void OperationsByKey::Gather(KeyId key, KeyOperations& out,
                             const CheckMonitor* monitor) const {
  out.key = key;
  out.touching.clear();
  out.ids = Ids(key);
  out.operations = history_.operations();
  if (out.ids.size() != history_.size() || !IsComplete(history_)) {
    Keep(out.ids, out, monitor);
  }
  if (history_.HasJoinedInstants()) FindTouching(out);
}

void OperationsByKey::Keep(std::span<const OperationId> ids, KeyOperations& out,
                           const CheckMonitor* monitor) const {
  out.kept_ids.clear();
  out.kept.clear();
  out.kept_ids.reserve(ids.size());
  out.kept.reserve(ids.size());
  bool has_pending = false;
  for (size_t place = 0; place < ids.size(); ++place) {
    // Where there are many keys, the operations of one are far apart.
    if (place + kAhead < ids.size()) {
      __builtin_prefetch(&history_[ids[place + kAhead]]);
    }
    const OperationId id = ids[place];
    const Operation& operation = history_[id];
    if (ChangesNothing(operation)) continue;
    has_pending |= operation.IsPending();
    out.kept_ids.push_back(id);
    out.kept.push_back(operation);
    if (IsEmptyAppend(operation)) out.kept.back().kind = OperationKind::kGet;
  }
  out.ids = out.kept_ids;
  out.operations = out.kept;
  if (has_pending) DropUnobserved(history_, out, monitor);
}

}  // namespace reprise::checker
