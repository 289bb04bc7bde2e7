// ModelVerdict: what a check of a history of any model ends in.

#ifndef REPRISE_CHECKER_MODEL_MODEL_VERDICT_H_
#define REPRISE_CHECKER_MODEL_MODEL_VERDICT_H_

#include <vector>

#include "reprise/checker/history/explanation.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/history/verdict.h"

namespace reprise::checker {

struct ModelVerdict {
  // The key of a contradiction, or of what is undecided, is its partition.
  Verdict verdict;
  // Why, if it is violated. Whether an operation took effect counts where its
  // report is forgotten, its answer does not.
  Explanation explanation;
  // If it holds, a linearization of all partitions that were searched; else the
  // longest order that was found in the one above. Operations whose answers are
  // unknown may be missing.
  std::vector<OperationId> order;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_MODEL_VERDICT_H_
