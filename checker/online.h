// Judges a history while it happens: says at once when a response has made it
// illegal, so that what produces it can stop there.
//
// Guarantees: a response is answered with false exactly if no order explains
// the responses so far, as long as values identify their writes (zones.h).
// Where they do not (repeated values that are not separated by a quiet moment,
// compare-and-set), it judges the key when Finish() is called; violations are
// then found, but late.
//
// Requires: the events of a history in their order, each after the history has
// recorded it. Events must not share instants.
//
//   History history;
//   OnlineChecker checker(history);
//   OperationId get = history.Invoke(1, OperationKind::kGet, "k", "");
//   checker.Invoke(get);
//   history.Return(get, "b");
//   if (!checker.Return(get)) Report(checker.Finish(Budget()));

#ifndef REPRISE_CHECKER_ONLINE_H_
#define REPRISE_CHECKER_ONLINE_H_

#include <vector>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"
#include "reprise/checker/key_value/online_key.h"

namespace reprise::checker {

class OnlineChecker {
 public:
  // Requires that `history` lives on.
  explicit OnlineChecker(const History& history) : history_(history) {}
  OnlineChecker(const OnlineChecker&) = delete;
  OnlineChecker& operator=(const OnlineChecker&) = delete;

  // `id` was invoked.
  void Invoke(OperationId id) { KeyOf(id).Invoke(history_, id); }
  // `id` returned. False from the first response on that makes the history
  // illegal.
  bool Return(OperationId id);

  bool IsViolated() const { return is_violated_; }

  // The verdict on the whole history. Cheap if every key could be judged on the
  // way.
  Verdict Finish(const Budget& budget) const;

  // Forgets everything and keeps the memory. The history is to be cleared too.
  void Clear();

 private:
  OnlineKey& KeyOf(OperationId id);

  const History& history_;
  OnlineTexts texts_;
  std::vector<OnlineKey> keys_;
  size_t used_keys_ = 0;
  bool is_violated_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_ONLINE_H_
