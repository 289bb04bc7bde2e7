#include "reprise/sim/explore/cli/check_models.h"

#include <algorithm>
#include <string>

#include "absl/strings/str_cat.h"

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

absl::Status ExpectKindOf(std::string_view model, OperationKind kind,
                          uint32_t line) {
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
    if (row.model != model || row.refused != kind) continue;
    return absl::InvalidArgumentError(absl::StrCat(line, ": ", row.message,
                                                   ", as the model ",
                                                   std::string(model), " has"));
  }
  return absl::OkStatus();
}

absl::Status ExpectOperationsOf(std::string_view model,
                                const checker::RecordedHistory& recorded) {
  for (checker::OperationId id = 0; id < recorded.history.size(); ++id) {
    absl::Status status =
        ExpectKindOf(model, recorded.history[id].kind, recorded.lines[id]);
    if (!status.ok()) return status;
  }
  return absl::OkStatus();
}

bool IsRegister(const checker::RecordedHistory& recorded) {
  return HasKind(recorded, OperationKind::kCas) &&
         !HasKind(recorded, OperationKind::kAppend);
}

}  // namespace reprise::cli
