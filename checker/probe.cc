#include "reprise/checker/probe.h"

#include <algorithm>

#include "reprise/checker/linearizability.h"

namespace reprise::checker {

Verdict Probe::Check(const History& part) {
  constexpr uint64_t kTooFew = 64;
  Budget budget = left_;
  budget.total_states = std::min(left_.states, left_.total_states / kShare);
  Verdict verdict = CheckPart(part, budget);
  left_.total_states -= std::min(left_.total_states, verdict.statistics.states);
  is_spent_ |= verdict.outcome == Outcome::kUndecided &&
               left_.total_states / kShare < kTooFew;
  return verdict;
}

}  // namespace reprise::checker
