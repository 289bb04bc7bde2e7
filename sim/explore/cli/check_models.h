// Which model a recorded history is told by.

#ifndef REPRISE_SIM_EXPLORE_CLI_CHECK_MODELS_H_
#define REPRISE_SIM_EXPLORE_CLI_CHECK_MODELS_H_

#include <string_view>

#include "absl/status/status.h"
#include "reprise/checker/formats/recorded_history.h"

namespace reprise::cli {

// InvalidArgument that names the first operation of `recorded` which the model
// does not have: its line, what it is and what was expected. Requires the name
// of a model.
absl::Status ExpectOperationsOf(std::string_view model,
                                const checker::RecordedHistory& recorded);

// Whether `recorded` is better told as reads and writes than as gets and puts.
bool IsRegister(const checker::RecordedHistory& recorded);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_CHECK_MODELS_H_
