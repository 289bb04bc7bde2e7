#include "reprise/checker/validate.h"

#include <algorithm>
#include <map>
#include <string>
#include <utility>

#include "reprise/checker/exact_search.h"
#include "reprise/checker/history/precedence.h"
#include "reprise/checker/key_value/observed.h"
#include "reprise/checker/key_value/store_model.h"

namespace reprise::checker {
namespace {

// The order of one key, replayed.
class KeyReplay {
 public:
  bool Take(const History& history, OperationId id) {
    const Operation& operation = history[id];
    if (has_taken_ && operation.ret < last_call_) return false;
    // Of one client, an operation is before those that it calls at the instant
    // of this one's return.
    const auto own = calls_.find({operation.client, operation.ret});
    if (own != calls_.end() && own->second > id) return false;
    OperationId& called = calls_[{operation.client, operation.call}];
    called = std::max(called, id);
    has_taken_ = true;
    last_call_ = std::max(last_call_, operation.call);
    return StoreModel::Step(history, operation, value_);
  }

 private:
  bool has_taken_ = false;
  EventIndex last_call_ = 0;
  std::map<std::pair<int32_t, EventIndex>, OperationId> calls_;
  std::string value_;
};

}  // namespace

bool IsLinearization(const History& history,
                     std::span<const OperationId> order) {
  std::vector<bool> taken(history.size());
  std::vector<KeyReplay> keys(history.keys());
  for (OperationId id : order) {
    if (id >= history.size() || taken[id]) return false;
    taken[id] = true;
    if (!keys[history[id].key].Take(history, id)) return false;
  }
  for (OperationId id = 0; id < history.size(); ++id) {
    if (!taken[id] && !history[id].IsPending()) return false;
  }
  return true;
}

std::vector<Selected> WithObserved(const History& history,
                                   std::span<const OperationId> operations) {
  std::vector<Selected> selected;
  for (OperationId id : operations) selected.push_back({id, Report::kKeep});
  std::vector<bool> is_in(history.size());
  for (OperationId id : operations) is_in[id] = true;
  for (size_t place = 0; place < selected.size(); ++place) {
    const Selected reader = selected[place];
    const Operation& reading = history[reader.id];
    const bool reads =
        reader.report == Report::kKeep || reading.kind == OperationKind::kCas;
    for (OperationId id = 0; id < history.size(); ++id) {
      const Operation& write = history[id];
      if (is_in[id] || write.key != reading.key || !write.IsWrite()) continue;
      const bool erases =
          write.kind == OperationKind::kPut && write.argument_length == 0;
      if (!erases && !(reads && MayObserve(history, reading, write))) continue;
      is_in[id] = true;
      selected.push_back({id, Report::kForget});
    }
  }
  std::sort(selected.begin(), selected.end(),
            [](const Selected& a, const Selected& b) { return a.id < b.id; });
  return selected;
}

bool IsContradiction(const History& history,
                     std::span<const OperationId> operations) {
  if (operations.empty()) return false;
  const History part = Subhistory(history, WithObserved(history, operations));
  std::vector<OperationId> ids;
  for (OperationId id = 0; id < part.size(); ++id) {
    if (part[id].key != part[0].key) return false;
    if (part[id].IsWrite() || !part[id].IsPending()) ids.push_back(id);
  }
  return SearchExactly(part, ids, "", Budget()).outcome == Outcome::kViolated;
}

}  // namespace reprise::checker
