#include "reprise/checker/value/call.h"

#include "absl/strings/str_cat.h"

namespace reprise::checker {

std::string CallText(const Call& call) {
  std::string text = call.function + "(";
  if (!call.key.empty()) text += EdnStringText(call.key);
  if (!call.argument.IsNil()) {
    absl::StrAppend(&text, call.key.empty() ? "" : ", ",
                    CanonicalText(call.argument));
  }
  return text + ")";
}

std::string AnsweredText(const Call& call, const EdnValue& answer) {
  if (answer.IsNil() && !call.argument.IsNil()) return CallText(call);
  return CallText(call) + " = " + CanonicalText(answer);
}

std::string UnknownText(const Call& call) { return CallText(call) + " = ?"; }

}  // namespace reprise::checker
