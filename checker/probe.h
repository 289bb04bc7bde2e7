// The checks that an explanation makes, all within one budget.
//
// Each check is of a part of a history that is known to be violated. Together
// they may visit an eighth of the budget's total states, because a person waits
// for them; each may visit an eighth of what is then left, so that one hard
// question does not leave the others without an answer.
//
//   Probe probe(Budget());
//   if (probe.Check(part).outcome == Outcome::kViolated) ...

#ifndef REPRISE_CHECKER_PROBE_H_
#define REPRISE_CHECKER_PROBE_H_

#include <cstdint>

#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

class Probe {
 public:
  explicit Probe(const Budget& budget) : left_(budget) {
    left_.total_states /= kShare;
  }

  Verdict Check(const History& part);

  // Whether nothing more can be found out that takes a search.
  bool IsSpent() const { return is_spent_ || IsStopped(left_.monitor); }
  const CheckMonitor* monitor() const { return left_.monitor; }

 private:
  static constexpr uint64_t kShare = 8;

  Budget left_;
  bool is_spent_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_PROBE_H_
