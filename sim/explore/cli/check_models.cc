#include "reprise/sim/explore/cli/check_models.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "reprise/checker/history/history.h"
#include "reprise/sim/explore/trial/models.h"

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
  const bool is_register = model == kRegisterModel;
  const OperationKind refused =
      is_register ? OperationKind::kAppend : OperationKind::kCas;
  for (checker::OperationId id = 0; id < recorded.history.size(); ++id) {
    if (recorded.history[id].kind != refused) continue;
    return absl::InvalidArgumentError(
        absl::StrCat(recorded.lines[id], ": found ",
                     is_register ? "append, expected read, write or cas"
                                 : "cas, expected get, put or append",
                     ", as the model ", std::string(model), " has"));
  }
  return absl::OkStatus();
}

bool IsRegister(const checker::RecordedHistory& recorded) {
  return HasKind(recorded, OperationKind::kCas) &&
         !HasKind(recorded, OperationKind::kAppend);
}

}  // namespace reprise::cli
