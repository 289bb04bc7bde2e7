#include "reprise/checker/testing/brute_force.h"

#include <algorithm>
#include <string>
#include <vector>

#include "reprise/checker/history/precedence.h"
#include "reprise/checker/key_value/store_model.h"

namespace reprise::checker {
namespace {

// Whether what is left of a key's operations can be taken from `value` on.
bool CanFinish(const History& history, const std::vector<OperationId>& left,
               const std::string& value) {
  if (std::all_of(left.begin(), left.end(),
                  [&](OperationId id) { return history[id].IsPending(); })) {
    return true;
  }
  for (OperationId next : left) {
    if (std::any_of(left.begin(), left.end(), [&](OperationId other) {
          return Precedes(history, other, next);
        })) {
      continue;
    }
    std::string after = value;
    if (!StoreModel::Step(history, history[next], after)) continue;
    std::vector<OperationId> rest = left;
    rest.erase(std::find(rest.begin(), rest.end(), next));
    if (CanFinish(history, rest, after)) return true;
  }
  return false;
}

}  // namespace

bool IsLinearizableByBruteForce(const History& history) {
  std::vector<std::vector<OperationId>> keys(history.keys());
  for (OperationId id = 0; id < history.size(); ++id) {
    keys[history[id].key].push_back(id);
  }
  return std::all_of(keys.begin(), keys.end(), [&](const auto& ids) {
    return CanFinish(history, ids, "");
  });
}

}  // namespace reprise::checker
