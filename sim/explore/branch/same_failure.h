// SameFailure: whether another trial fails as the first one did: it violates
// the same property, with evidence of the same shape (failure_class.h).
//
//   const SameFailure is_same(first.verdict);
//   failures += is_same(result.verdict) ? 1 : 0;

#ifndef REPRISE_SIM_EXPLORE_BRANCH_SAME_FAILURE_H_
#define REPRISE_SIM_EXPLORE_BRANCH_SAME_FAILURE_H_

#include "reprise/sim/explore/shrink/failure_class.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {

class SameFailure {
 public:
  // Requires a violation.
  explicit SameFailure(const Verdict& first) : class_(ClassOf(first)) {}

  bool operator()(const Verdict& verdict) const {
    return verdict.kind == VerdictKind::kViolated && ClassOf(verdict) == class_;
  }

 private:
  const FailureClass class_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_BRANCH_SAME_FAILURE_H_
