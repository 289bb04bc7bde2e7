// Judges a history while it happens: says at once when a response has made it
// illegal, so that what produces it can stop there.
//
// Guarantees: with the recording calls of History, which it holds. A response
// is answered with false exactly if no order explains the responses so far, as
// long as values identify their writes (zones.h). Where they do not (repeated
// values that are not separated by a quiet moment, compare-and-set), it judges
// the key when Finish() is called; violations are then found, but late.
//
// Requires: as History. Shared instants are not offered.
//
//   OnlineChecker checker;
//   OperationId get = checker.Invoke(1, OperationKind::kGet, "k", "");
//   if (!checker.Return(get, "b")) Report(checker.Finish(Budget()));

#ifndef CHECKER_ONLINE_H_
#define CHECKER_ONLINE_H_

#include <string_view>
#include <vector>

#include "checker/history.h"
#include "checker/online_key.h"
#include "checker/verdict.h"

namespace reprise::checker {

class OnlineChecker {
 public:
  OnlineChecker() = default;
  OnlineChecker(const OnlineChecker&) = delete;
  OnlineChecker& operator=(const OnlineChecker&) = delete;

  OperationId Invoke(int client, OperationKind kind, std::string_view key,
                     std::string_view value);
  OperationId InvokeCas(int client, std::string_view key,
                        std::string_view expected, std::string_view value);

  // False from the first response on that makes the history illegal.
  bool Return(OperationId id, std::string_view output);
  bool ReturnUnobserved(OperationId id);
  bool ReturnFailed(OperationId id);

  bool IsViolated() const { return is_violated_; }

  // The verdict on all that was recorded. Cheap if every key could be judged on
  // the way.
  Verdict Finish(const Budget& budget) const;

  const History& history() const { return history_; }

  // Forgets everything and keeps the memory.
  void Clear();

 private:
  OnlineKey& KeyOf(OperationId id);
  bool Judge(OperationId id);

  History history_;
  OnlineTexts texts_;
  std::vector<OnlineKey> keys_;
  size_t used_keys_ = 0;
  bool is_violated_ = false;
};

}  // namespace reprise::checker

#endif  // CHECKER_ONLINE_H_
