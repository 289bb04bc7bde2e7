#include "reprise/checker/linearizability.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <thread>
#include <utility>
#include <vector>

#include "reprise/checker/history/precedence.h"
#include "reprise/checker/key_value/key_check.h"
#include "reprise/checker/key_value/operations_by_key.h"

namespace reprise::checker {

namespace {

Verdict Check(const History& history, const Budget& budget,
              std::vector<OperationId>* order) {
  Verdict verdict;
  const OperationsByKey by_key(history);
  KeyCheck check(history, budget);
  check.RecordOrder(order);
  KeyOperations key;
  for (KeyId id = 0; id < history.keys(); ++id) {
    by_key.Gather(id, key);
    check.Run(key, verdict);
    if (verdict.outcome == Outcome::kViolated) break;
  }
  return verdict;
}

// Takes key after key from `next`, until one is violated that is in front of
// all that are left.
void CheckKeys(const History& history, const OperationsByKey& by_key,
               const Budget& budget, std::atomic<KeyId>& next,
               std::atomic<KeyId>& first_violated,
               std::vector<Verdict>& verdicts) {
  KeyCheck check(history, budget);
  KeyOperations key;
  for (KeyId id = next++; id < history.keys() && id <= first_violated;
       id = next++) {
    Verdict& verdict = verdicts[id];
    by_key.Gather(id, key);
    check.Run(key, verdict);
    if (verdict.outcome != Outcome::kViolated) continue;
    KeyId first = first_violated;
    while (id < first && !first_violated.compare_exchange_weak(first, id)) {
    }
  }
}

// As if the keys had been checked one after the other.
Verdict Join(std::vector<Verdict> verdicts) {
  Verdict joined;
  for (Verdict& verdict : verdicts) {
    CheckStatistics& sum = joined.statistics;
    const CheckStatistics& each = verdict.statistics;
    sum.keys += each.keys;
    sum.keys_searched += each.keys_searched;
    sum.segments += each.segments;
    sum.segments_searched += each.segments_searched;
    sum.states += each.states;
    if (verdict.outcome == Outcome::kHolds) continue;
    if (joined.outcome == Outcome::kHolds) {
      joined.exhaustion = std::move(verdict.exhaustion);
    }
    joined.outcome = verdict.outcome;
    joined.contradiction = std::move(verdict.contradiction);
    if (joined.outcome == Outcome::kViolated) break;
  }
  return joined;
}

// Appends of "" were left out of the check: each goes before the first
// operation of its key that it precedes.
void InsertEmptyAppends(const History& history,
                        std::vector<OperationId>& order) {
  for (OperationId id = 0; id < history.size(); ++id) {
    const Operation& append = history[id];
    if (append.kind != OperationKind::kAppend || append.argument_length > 0 ||
        append.answer != Answer::kDone) {
      continue;
    }
    const auto place =
        std::find_if(order.begin(), order.end(), [&](OperationId other) {
          return history[other].key == append.key &&
                 Precedes(history, id, other);
        });
    order.insert(place, id);
  }
}

}  // namespace

Verdict CheckKeyValue(const History& history, const Budget& budget) {
  return Check(history, budget, nullptr);
}

Verdict CheckKeyValueInParallel(const History& history, const Budget& budget,
                                int threads) {
  threads = std::min(threads, static_cast<int>(history.keys()));
  if (threads <= 1) return CheckKeyValue(history, budget);
  const OperationsByKey by_key(history);
  std::atomic<KeyId> next = 0;
  std::atomic<KeyId> first_violated = std::numeric_limits<KeyId>::max();
  std::vector<Verdict> verdicts(history.keys());
  const auto work = [&] {
    CheckKeys(history, by_key, budget, next, first_violated, verdicts);
  };
  // tidy: allow(thread) keys are independent, and Join() restores their order
  std::vector<std::thread> helpers;
  for (int i = 1; i < threads; ++i) helpers.emplace_back(work);
  work();
  // tidy: allow(thread) as above
  for (std::thread& helper : helpers) helper.join();
  return Join(std::move(verdicts));
}

Linearization Linearize(const History& history, const Budget& budget) {
  Linearization result;
  result.verdict = Check(history, budget, &result.order);
  if (result.verdict.outcome == Outcome::kHolds) {
    InsertEmptyAppends(history, result.order);
  }
  return result;
}

}  // namespace reprise::checker
