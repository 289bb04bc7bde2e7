// The schedule of a replay file as rows of JSON: one for each decision, or for
// a range of decisions with one answer.
//
// A row is [entity, purpose, place, answer]. The place is an index, what a
// packet serves, or [first, last]: all indices of a range.
//
//   ["clerk-1->server", "request-loss", "Put 1.12 #0", 1]
//   ["client 3", "operation-left-out", [0, 41], 1]
//
// Guarantees: reading the rows of a schedule gives its decisions in their
// order.

#ifndef REPRISE_SIM_EXPLORE_TRIAL_SCHEDULE_ROWS_H_
#define REPRISE_SIM_EXPLORE_TRIAL_SCHEDULE_ROWS_H_

#include <cstddef>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "reprise/sim/world/edits.h"

namespace reprise {

// So many decisions a file may have.
inline constexpr size_t kDecisionsMost = size_t{1} << 22;

// The text of each row. Decisions whose indices follow one another, with
// nothing between them, share one where they are otherwise alike. O(n).
std::vector<std::string> RowsOf(const Schedule& schedule);

// The decisions of a row. InvalidArgument, with what follows the name of the
// row in an error, where it is none, holds more than `most` decisions or one
// that CheckDecision refuses. Never throws. O(n) in decisions.
absl::StatusOr<Schedule> ReadRow(const nlohmann::json& row,
                                 size_t most = kDecisionsMost);

// The number of the row, counted from 1, that has the decision of this number,
// counted from 1, in the text of a replay file. Requires that the file can be
// read and has that decision.
size_t RowOfDecision(std::string_view text, size_t number);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_SCHEDULE_ROWS_H_
