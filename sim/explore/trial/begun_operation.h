// BegunOperation: an operation of a trial's workload that a client has begun.

#ifndef REPRISE_SIM_EXPLORE_TRIAL_BEGUN_OPERATION_H_
#define REPRISE_SIM_EXPLORE_TRIAL_BEGUN_OPERATION_H_

#include <cstdint>

#include "reprise/sim/core/time.h"

namespace reprise {

struct BegunOperation {
  int client = 0;
  int64_t index = 0;  // Among the client's, from 0 on.
  VirtualTime began = {};
  int64_t loop = 0;  // The index of the first operation of its loop.

  friend bool operator==(const BegunOperation&,
                         const BegunOperation&) = default;
};

class OperationLog {
 public:
  virtual void OnOperation(const BegunOperation& operation) = 0;

 protected:
  ~OperationLog() = default;
};

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_BEGUN_OPERATION_H_
