// Whether a fault mix is possible.
//
//   absl::Status status = Validate(faults);
//   // faults: network.request.loss is 11/10, expected a ratio from 0 to 1
//
// What each field may hold stands in fault_fields.h.

#ifndef REPRISE_SIM_WORLD_VALIDATE_MIX_H_
#define REPRISE_SIM_WORLD_VALIDATE_MIX_H_

#include "absl/status/status.h"
#include "reprise/sim/world/faults.h"

namespace reprise {

// InvalidArgument, naming field, value and valid range, for an impossible mix.
absl::Status Validate(const FaultMix& faults);

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_VALIDATE_MIX_H_
