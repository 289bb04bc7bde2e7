#include "reprise/checker/models/call_parts.h"

#include <string>

#include "absl/strings/str_cat.h"

namespace reprise::checker {

absl::Status UnknownFunction(const Call& call, std::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("found the operation ", EdnStringText(call.function),
                   ", expected ", std::string(expected)));
}

absl::Status UnsuitableArgument(const Call& call, std::string_view expected) {
  return absl::InvalidArgumentError(absl::StrCat(
      "found ", CallText(call), ", expected ", std::string(expected)));
}

absl::Status UnsuitableAnswer(const Call& call, const EdnValue& answer,
                              std::string_view expected) {
  return absl::InvalidArgumentError(
      absl::StrCat("found the answer ", CanonicalText(answer), " of ",
                   CallText(call), ", expected ", std::string(expected)));
}

bool SaysOnlyDone(const Call& call, const EdnValue& answer) {
  return answer.IsNil() || IsSame(answer, EdnValue::Boolean(true)) ||
         IsSame(answer, EdnValue::Keyword("ok")) ||
         IsSame(answer, call.argument);
}

bool SaysNo(const EdnValue& answer) {
  return IsSame(answer, EdnValue::Boolean(false));
}

}  // namespace reprise::checker
