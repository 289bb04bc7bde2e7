// DirectVerdict: what a model says of a history without a search, for
// CheckDirectly() in model.h.

#ifndef REPRISE_CHECKER_MODEL_DIRECT_VERDICT_H_
#define REPRISE_CHECKER_MODEL_DIRECT_VERDICT_H_

#include <cstdint>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {

enum class DirectOutcome : uint8_t {
  kHolds,
  kViolated,
  kUnsuitable,  // this history is for the search
};

struct DirectVerdict {
  DirectOutcome outcome = DirectOutcome::kUnsuitable;
  // Where violated: operations that no order explains even alone, ascending.
  std::vector<OperationId> contradiction = {};
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODEL_DIRECT_VERDICT_H_
