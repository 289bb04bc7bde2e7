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

Verdict Check(const History& history, const Budget& budget, Purpose purpose,
              std::vector<OperationId>* order) {
  Verdict verdict;
  const OperationsByKey by_key(history);
  KeyCheck check(history, budget, purpose);
  check.RecordOrder(order);
  KeyOperations key;
  for (KeyId id = 0; id < history.keys(); ++id) {
    if (IsStopped(budget.monitor)) {
      key.key = id;
      check.Stop(key, /*explained=*/0, verdict);
      break;
    }
    by_key.Gather(id, key, budget.monitor);
    check.Run(key, verdict.statistics.states, verdict);
    if (purpose == Purpose::kVerdict) {
      CountJudged(budget, by_key.Ids(id).size());
    }
    if (verdict.outcome == Outcome::kViolated) break;
  }
  return verdict;
}

// Adds what was found of the next key.
void Join(Verdict each, Verdict& joined) {
  joined.statistics += each.statistics;
  if (each.outcome == Outcome::kHolds) return;
  if (joined.outcome == Outcome::kHolds) {
    joined.exhaustion = std::move(each.exhaustion);
  }
  joined.outcome = each.outcome;
  joined.contradiction = std::move(each.contradiction);
}

// Judges the keys of a history on several threads, with the verdict of one.
//
// What a key may use depends on what those before it used, which is not known
// yet. Each is allowed what is left beside those that have ended, all of which
// are before it: never less than it is due. Join() walks the keys in order;
// where one took less than it is due, more would have changed nothing, and
// where it did not, it is judged again.
class ParallelCheck {
 public:
  ParallelCheck(const History& history, const Budget& budget)
      : history_(history),
        budget_(budget),
        by_key_(history),
        found_(history.keys()) {}

  Verdict Run(int threads) {
    // tidy: allow(thread) keys are independent, and JoinAll() restores their
    // order
    std::vector<std::thread> helpers;
    for (int i = 1; i < threads; ++i) {
      helpers.emplace_back([this] { CheckKeys(); });
    }
    CheckKeys();
    // tidy: allow(thread) as above
    for (std::thread& helper : helpers) helper.join();
    return JoinAll();
  }

 private:
  struct Found {
    Verdict verdict;
    uint64_t limit = 0;
    bool is_judged = false;
  };

  // Takes key after key, until one is violated that is in front of all that are
  // left.
  void CheckKeys() {
    KeyCheck check(history_, budget_);
    KeyOperations key;
    while (!IsStopped(budget_.monitor)) {
      // In this order: then all keys that had ended are before this one.
      const uint64_t used = used_;
      const KeyId id = next_++;
      if (id >= history_.keys() || id > first_violated_) return;
      Found& found = found_[id];
      by_key_.Gather(id, key, budget_.monitor);
      check.Run(key, used, found.verdict);
      found.limit = check.limit();
      found.is_judged = true;
      used_ += check.states();
      CountJudged(budget_, by_key_.Ids(id).size());
      if (found.verdict.outcome != Outcome::kViolated) continue;
      KeyId first = first_violated_;
      while (id < first && !first_violated_.compare_exchange_weak(first, id)) {
      }
    }
  }

  // As if the keys had been checked one after the other.
  Verdict JoinAll() {
    Verdict joined;
    KeyCheck check(history_, budget_);
    KeyOperations key;
    for (KeyId id = 0; id < history_.keys(); ++id) {
      Found& found = found_[id];
      if (!found.is_judged && IsStopped(budget_.monitor)) {
        key.key = id;
        check.Stop(key, /*explained=*/0, joined);
        break;
      }
      const uint64_t used = joined.statistics.states;
      const uint64_t limit = check.LimitAfter(used);
      if (!found.is_judged ||
          (found.limit != limit && found.verdict.statistics.states >= limit)) {
        found.verdict = Verdict();
        by_key_.Gather(id, key, budget_.monitor);
        check.Run(key, used, found.verdict);
      }
      Join(std::move(found.verdict), joined);
      if (joined.outcome == Outcome::kViolated) break;
    }
    return joined;
  }

  const History& history_;
  const Budget& budget_;
  const OperationsByKey by_key_;
  std::vector<Found> found_;
  std::atomic<KeyId> next_ = 0;
  std::atomic<KeyId> first_violated_ = std::numeric_limits<KeyId>::max();
  std::atomic<uint64_t> used_ = 0;  // states of the keys that have ended
};

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
  return Check(history, budget, Purpose::kVerdict, nullptr);
}

Verdict CheckPart(const History& part, const Budget& budget) {
  return Check(part, budget, Purpose::kExplanation, nullptr);
}

Verdict CheckKeyValueInParallel(const History& history, const Budget& budget,
                                int threads) {
  threads = std::min(threads, static_cast<int>(history.keys()));
  if (threads <= 1) return CheckKeyValue(history, budget);
  return ParallelCheck(history, budget).Run(threads);
}

Linearization Linearize(const History& history, const Budget& budget) {
  Linearization result;
  result.verdict = Check(history, budget, Purpose::kVerdict, &result.order);
  if (result.verdict.outcome == Outcome::kHolds) {
    InsertEmptyAppends(history, result.order);
  }
  return result;
}

}  // namespace reprise::checker
