#include "reprise/checker/testing/judge.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>
#include <vector>

#include "reprise/checker/history/precedence.h"
#include "reprise/checker/history/require.h"
#include "reprise/checker/history/subhistory.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/key_value_model.h"
#include "reprise/checker/key_value/observed.h"
#include "reprise/checker/testing/exhaustive_check.h"
#include "reprise/checker/testing/store_history.h"

namespace reprise::checker {
namespace {

// The order of one key, replayed.
class KeyReplay {
 public:
  explicit KeyReplay(std::string_view initial) : value_(initial) {}

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
    const auto output = KeyValueModel::OutputOf(history, operation);
    return KeyValueModel::Step(KeyValueModel::InputOf(history, operation),
                               output ? &*output : nullptr, value_);
  }

 private:
  bool has_taken_ = false;
  EventIndex last_call_ = 0;
  std::map<std::pair<int32_t, EventIndex>, OperationId> calls_;
  KeyValueModel::State value_;
};

}  // namespace

bool IsLinearizable(const History& history) {
  const Outcome outcome =
      TryEveryOrder(AsModelHistory<KeyValueModel>(history), Budget());
  REPRISE_REQUIRE(outcome != Outcome::kUndecided,
                  "the history is too large for the oracle");
  return outcome == Outcome::kHolds;
}

bool IsLinearization(const History& history,
                     std::span<const OperationId> order) {
  std::vector<bool> taken(history.size());
  std::vector<KeyReplay> keys(history.keys(),
                              KeyReplay(history.initial_value()));
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

bool IsContradiction(const History& history,
                     std::span<const OperationId> operations) {
  if (operations.empty()) return false;
  const History part = Subhistory(history, WithObserved(history, operations));
  return part.keys() == 1 && !IsLinearizable(part);
}

}  // namespace reprise::checker
