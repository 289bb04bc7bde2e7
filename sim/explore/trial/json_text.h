// ParseJson: JSON text as a value, with errors that a person can act upon.
//
// Guarantees: what is no JSON, and an object that gives one key twice, are
// InvalidArgument with a message that names the lines. Never throws.
//
//   absl::StatusOr<nlohmann::json> json = ParseJson("{\"a\": 1, \"a\": 2}");
//   json.status().message();  // "a" is given twice in line 1

#ifndef REPRISE_SIM_EXPLORE_TRIAL_JSON_TEXT_H_
#define REPRISE_SIM_EXPLORE_TRIAL_JSON_TEXT_H_

#include <nlohmann/json.hpp>
#include <string_view>

#include "absl/status/statusor.h"

namespace reprise {

absl::StatusOr<nlohmann::json> ParseJson(std::string_view text);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_JSON_TEXT_H_
