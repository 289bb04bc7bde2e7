#include "reprise/checker/online.h"

#include <algorithm>

#include "reprise/checker/history/require.h"
#include "reprise/checker/linearizability.h"

namespace reprise::checker {

bool OnlineChecker::Return(OperationId id) {
  if (!is_violated_ && !KeyOf(id).Return(history_, id)) is_violated_ = true;
  return !is_violated_;
}

OnlineKey& OnlineChecker::KeyOf(OperationId id) {
  const KeyId key = history_[id].key;
  if (key >= used_keys_) {
    if (key >= keys_.size()) keys_.resize(key + 1);
    for (; used_keys_ <= key; ++used_keys_) {
      keys_[used_keys_].Clear(texts_, history_.initial_value());
    }
  }
  return keys_[key];
}

Verdict OnlineChecker::Finish(const Budget& budget) const {
  const bool is_judged =
      std::none_of(keys_.begin(), keys_.begin() + used_keys_,
                   [](const OnlineKey& key) { return key.HasGivenUp(); });
  Verdict verdict;
  if (is_violated_ || !is_judged) {
    verdict = CheckKeyValue(history_, budget);
    REPRISE_REQUIRE(!is_violated_ || verdict.outcome == Outcome::kViolated,
                    "the checker takes back what it said online");
    return verdict;
  }
  verdict.statistics.keys = used_keys_;
  verdict.statistics.segments = used_keys_;
  return verdict;
}

void OnlineChecker::Clear() {
  used_keys_ = 0;
  is_violated_ = false;
}

}  // namespace reprise::checker
