// The models that are judged by the key/value check, and which operations each
// of them has.

#ifndef REPRISE_SIM_EXPLORE_CLI_CHECK_MODELS_H_
#define REPRISE_SIM_EXPLORE_CLI_CHECK_MODELS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"

namespace reprise::cli {

// InvalidArgument names the line of an operation that `model` does not have. A
// model of another name than the project's has all of them.
absl::Status ExpectOperationsOf(std::string_view model,
                                const checker::RecordedHistory& recorded);

// The same of one operation.
absl::Status ExpectKindOf(std::string_view model, checker::OperationKind kind,
                          uint32_t line);

// Whether the operations are those of a register: some is a cas, none an
// append.
bool IsRegister(const checker::RecordedHistory& recorded);

}  // namespace reprise::cli

#endif  // REPRISE_SIM_EXPLORE_CLI_CHECK_MODELS_H_
