// Errors about one line of a recorded history: "12: found X, expected Y".
// Whoever knows the file's name puts it in front.

#ifndef REPRISE_CHECKER_FORMATS_LINE_ERROR_H_
#define REPRISE_CHECKER_FORMATS_LINE_ERROR_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace reprise::checker {

absl::Status LineError(uint64_t line, std::string_view message);

// With the message of `status`, which is an error.
absl::Status LineError(uint64_t line, const absl::Status& status);

// `text` as it may stand in a message: in quotes, short, and printable.
std::string Excerpt(std::string_view text);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_LINE_ERROR_H_
