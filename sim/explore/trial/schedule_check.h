// What a replay file that was edited by hand may say in its schedule.

#ifndef REPRISE_SIM_EXPLORE_TRIAL_SCHEDULE_CHECK_H_
#define REPRISE_SIM_EXPLORE_TRIAL_SCHEDULE_CHECK_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "reprise/sim/world/decisions.h"

namespace reprise {

// InvalidArgument where the decision's purpose does not exist or its value or
// words are none that its unit allows; says what was expected.
absl::Status CheckDecision(const Decision& decision);

// The line, counted from 1, on which the decision of this number, counted from
// 1, begins in the text of a replay file. Requires that the text is JSON and
// has that decision.
size_t LineOfDecision(std::string_view text, size_t number);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_SCHEDULE_CHECK_H_
