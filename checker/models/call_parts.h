// What the models share in reading recorded calls and answers.

#ifndef REPRISE_CHECKER_MODELS_CALL_PARTS_H_
#define REPRISE_CHECKER_MODELS_CALL_PARTS_H_

#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

// A name by which recordings call a function of a model. A model has a table of
// them, in which the first name of a function is the one that is written.
template <typename Function>
struct FunctionName {
  std::string_view name;
  Function function;
};

// "found the operation NAME, expected ACQUIRE, RELEASE ...".
absl::Status UnknownFunction(const Call& call, std::string_view expected);

// "found enqueue(nil), expected an argument: the element".
absl::Status UnsuitableArgument(const Call& call, std::string_view expected);

// "found the answer VALUE of CALL, expected ...".
absl::Status UnsuitableAnswer(const Call& call, const EdnValue& answer,
                              std::string_view expected);

// Whether an answer says no more than that the operation was done: nil, true,
// :ok, or the argument again, as clients of some systems repeat it.
bool SaysOnlyDone(const Call& call, const EdnValue& answer);

// Whether an answer is false.
bool SaysNo(const EdnValue& answer);

// The function that a call names.
template <typename Function>
absl::StatusOr<Function> FunctionOf(
    const Call& call, std::span<const FunctionName<Function>> names) {
  for (const FunctionName<Function>& each : names) {
    if (each.name == call.function) return each.function;
  }
  std::string expected;
  for (size_t i = 0; i < names.size(); ++i) {
    if (i > 0 && names[i].function == names[i - 1].function) continue;
    expected += expected.empty() ? "" : ", ";
    expected += names[i].name;
  }
  return UnknownFunction(call, expected);
}

// The name of a function that is in the table.
template <typename Function>
std::string NameOf(Function function,
                   std::span<const FunctionName<Function>> names) {
  for (const FunctionName<Function>& each : names) {
    if (each.function == function) return std::string(each.name);
  }
  return "";
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_MODELS_CALL_PARTS_H_
