#include "reprise/sim/explore/cli/check_models.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"

namespace reprise::cli {
namespace {

using checker::Operation;
using checker::OperationKind;

bool HasKind(const checker::RecordedHistory& recorded, OperationKind kind) {
  const auto operations = recorded.history.operations();
  return std::any_of(
      operations.begin(), operations.end(),
      [&](const Operation& operation) { return operation.kind == kind; });
}

}  // namespace

absl::Status ExpectOperationsOf(std::string_view model,
                                const checker::RecordedHistory& recorded) {
  struct Row {
    std::string_view model;
    OperationKind refused;
    const char* message;
  };
  static constexpr Row kRows[] = {
      {"key-value", OperationKind::kCas,
       "found cas, expected get, put, append or delete"},
      {"register", OperationKind::kAppend,
       "found append, expected read, write or cas"},
      {"cas-register", OperationKind::kAppend,
       "found append, expected read, write or cas"},
  };
  for (const Row& row : kRows) {
    if (row.model != model) continue;
    for (checker::OperationId id = 0; id < recorded.history.size(); ++id) {
      if (recorded.history[id].kind != row.refused) continue;
      return absl::InvalidArgumentError(
          absl::StrCat(recorded.lines[id], ": ", row.message, ", as the model ",
                       std::string(model), " has"));
    }
  }
  return absl::OkStatus();
}

bool IsRegister(const checker::RecordedHistory& recorded) {
  return HasKind(recorded, OperationKind::kCas) &&
         !HasKind(recorded, OperationKind::kAppend);
}

}  // namespace reprise::cli
