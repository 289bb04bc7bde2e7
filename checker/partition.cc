#include "checker/partition.h"

#include <utility>

#include "absl/container/flat_hash_map.h"
#include "checker/observed.h"

namespace reprise::checker {
namespace {

constexpr size_t kAhead = 16;

// Whether leaving the operation out, or taking it for a Get, needs no look at
// what others observed.
bool ChangesNothing(const Operation& operation) {
  if (operation.kind == OperationKind::kGet) return operation.IsPending();
  return operation.kind == OperationKind::kAppend &&
         operation.argument_length == 0 && !operation.HasOutput();
}

void FindTouching(KeyOperations* key) {
  absl::flat_hash_map<int32_t, EventIndex> last_return;
  for (uint32_t item = 0; item < key->size(); ++item) {
    const Operation& operation = key->operations[item];
    const auto [last, is_first] =
        last_return.try_emplace(operation.client, operation.ret);
    if (is_first) continue;
    if (last->second == operation.call) key->touching.push_back(item);
    last->second = operation.ret;
  }
}

}  // namespace

Partition::Partition(const History& history)
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

void Partition::Gather(KeyId key, KeyOperations* out) const {
  out->key = key;
  out->ids.clear();
  out->operations.clear();
  out->touching.clear();
  const std::span<const OperationId> ids = Ids(key);
  out->ids.reserve(ids.size());
  out->operations.reserve(ids.size());
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
    out->ids.push_back(id);
    out->operations.push_back(operation);
    if (operation.kind == OperationKind::kAppend &&
        operation.argument_length == 0) {
      out->operations.back().kind = OperationKind::kGet;
    }
  }
  if (has_pending) DropUnobserved(history_, out);
  if (history_.HasJoinedInstants()) FindTouching(out);
}

}  // namespace reprise::checker
