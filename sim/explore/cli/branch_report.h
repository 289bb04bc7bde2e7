// What the command `branch` and `replay --fixed` print: the causes of a
// failure, and whether it is gone; for people and as JSON.
//
//   console.out << DescribeCauses(causes, catalog.text);

#ifndef REPRISE_SIM_EXPLORE_CLI_BRANCH_REPORT_H_
#define REPRISE_SIM_EXPLORE_CLI_BRANCH_REPORT_H_

#include <optional>
#include <string>
#include <string_view>

#include "reprise/sim/explore/branch/causes.h"
#include "reprise/sim/explore/branch/failure_curve.h"
#include "reprise/sim/explore/branch/fixed_check.h"
#include "reprise/sim/explore/trial/replay_file.h"
#include "reprise/sim/trace/trace_names.h"

namespace reprise::cli {

// The curve as a table with a bar for each point, the turning point, and the
// necessary faults.
std::string DescribeCauses(const Causes& causes, const TextOptions& text);

// Of that the turning point and the necessary faults.
std::string DescribeTurnAndFaults(const Causes& causes,
                                  const TextOptions& text);

// What a replay file keeps of it; none where nothing was re-seeded.
std::optional<ExpectedTurn> ExpectedTurnOf(const Causes& causes);

// "######++--  ": a bar of `columns` up to the low end of the interval, to the
// share, and to the high end.
std::string BarOf(const Share& share, int columns);

// One JSON object. Of a run that violates nothing the curve and the faults are
// empty and the turning point is null.
std::string CausesJson(std::string_view scenario, const Causes& causes,
                       const TextOptions& text, double seconds);

// What `replay FILE --fixed` prints below the verdict of the file, and as JSON.
std::string DescribeFixed(const FixedCheck& check);
std::string FixedJson(std::string_view scenario, const FixedCheck& check);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_BRANCH_REPORT_H_
