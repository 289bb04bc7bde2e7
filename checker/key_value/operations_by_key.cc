#include "reprise/checker/key_value/operations_by_key.h"

#include <algorithm>

#include "absl/container/flat_hash_map.h"
#include "reprise/checker/key_value/observed.h"

namespace reprise::checker {
namespace {

constexpr size_t kAhead = 16;

bool IsEmptyAppend(const Operation& operation) {
  return (operation.kind == OperationKind::kAppend) &
         (operation.argument_length == 0);
}

// Whether the operation can be judged as it is. Without a branch on its kind,
// which no processor foretells.
bool IsComplete(const Operation& operation) {
  return !(IsEmptyAppend(operation) | (operation.answer == Answer::kPending));
}

bool IsComplete(const History& history) {
  return std::ranges::all_of(history.operations(), [](const Operation& each) {
    return IsComplete(each);
  });
}

// Whether leaving the operation out, or taking it for a Get, needs no look at
// what others observed.
bool ChangesNothing(const Operation& operation) {
  if (operation.kind == OperationKind::kGet) return operation.IsPending();
  return IsEmptyAppend(operation) && !operation.HasOutput();
}

void FindChanges(KeyOperations& key) {
  key.changes.resize(key.size());
  size_t found = 0;
  for (uint32_t item = 0; item < key.size(); ++item) {
    key.changes[found] = item;
    found += key.operations[item].kind != OperationKind::kGet;
  }
  key.changes.resize(found);
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
  FindChanges(out);
  if (history_.HasJoinedInstants()) FindTouching(out);
}

void OperationsByKey::Keep(std::span<const OperationId> ids, KeyOperations& out,
                           const CheckMonitor* monitor) const {
  out.kept_ids.resize(ids.size());
  out.kept.resize(ids.size());
  const std::span<const Operation> operations = history_.operations();
  bool has_pending = false;
  size_t kept = 0;
  for (size_t place = 0; place < ids.size(); ++place) {
    // Where there are many keys, the operations of one are far apart.
    if (place + kAhead < ids.size()) {
      __builtin_prefetch(&operations[ids[place + kAhead]]);
    }
    const Operation& operation = operations[ids[place]];
    out.kept_ids[kept] = ids[place];
    out.kept[kept] = operation;
    if (!IsComplete(operation)) [[unlikely]] {
      if (ChangesNothing(operation)) continue;
      has_pending |= operation.IsPending();
      if (IsEmptyAppend(operation)) out.kept[kept].kind = OperationKind::kGet;
    }
    ++kept;
  }
  out.kept_ids.resize(kept);
  out.kept.resize(kept);
  out.ids = out.kept_ids;
  out.operations = out.kept;
  if (has_pending) DropUnobserved(history_, out, monitor);
}

}  // namespace reprise::checker
