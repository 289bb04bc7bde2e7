#include "checker/linearizability.h"

#include <string>
#include <utility>
#include <vector>

#include "checker/exact_search.h"

namespace reprise::checker {
namespace {

// The operations of each key, in order of invocation. A pending Get saw nothing
// and changes nothing.
std::vector<std::vector<OperationId>> ByKey(const History& history) {
  std::vector<std::vector<OperationId>> keys(history.keys());
  for (OperationId id = 0; id < history.size(); ++id) {
    const Operation& operation = history[id];
    if (operation.IsPending() && !operation.IsWrite()) continue;
    keys[operation.key].push_back(id);
  }
  return keys;
}

}  // namespace

Verdict CheckKeyValue(const History& history, const Budget& budget) {
  Verdict verdict;
  const std::vector<std::vector<OperationId>> keys = ByKey(history);
  verdict.statistics.keys = keys.size();
  for (KeyId key = 0; key < keys.size(); ++key) {
    ExactResult result = SearchExactly(history, keys[key], "", budget);
    verdict.statistics.states += result.states;
    const std::string name(history.KeyName(key));
    if (result.outcome == Outcome::kViolated) {
      verdict.outcome = Outcome::kViolated;
      verdict.contradiction = {
          name, keys[key],
          "key \"" + name + "\": no order of its operations explains them"};
      return verdict;
    }
    if (result.outcome == Outcome::kUndecided) {
      verdict.outcome = Outcome::kUndecided;
      verdict.exhaustion.key = name;
      verdict.exhaustion.operations = keys[key].size();
      verdict.exhaustion.explained = result.order.size();
      verdict.exhaustion.states = result.states;
      verdict.exhaustion.sentence = "key \"" + name + "\": undecided after " +
                                    std::to_string(result.states) + " states";
    }
  }
  return verdict;
}

}  // namespace reprise::checker
