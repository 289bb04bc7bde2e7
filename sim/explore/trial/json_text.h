// JSON of replay files.
//
// ParseJson(): JSON text as a value, with errors that a person can act upon.
//
// Guarantees: what is no JSON, and an object that gives one key twice, are
// InvalidArgument with a message that names the lines. Never throws.
//
//   absl::StatusOr<nlohmann::json> json = ParseJson("{\"a\": 1, \"a\": 2}");
//   json.status().message();  // "a" is given twice in line 1
//
// QuoteForJson() and TextOf(): text of any bytes as a string of JSON, and back.
// A byte that is no UTF-8, of the name of a method for example, is the
// character U+10FF00 + byte there: add\xff is "add\udbff\udfff".

#ifndef REPRISE_SIM_EXPLORE_TRIAL_JSON_TEXT_H_
#define REPRISE_SIM_EXPLORE_TRIAL_JSON_TEXT_H_

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace reprise {

absl::StatusOr<nlohmann::json> ParseJson(std::string_view text);

// With its quotes.
std::string QuoteForJson(std::string_view text);

// What QuoteForJson was given, of a string that was read. Requires UTF-8.
std::string TextOf(std::string_view read);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_TRIAL_JSON_TEXT_H_
