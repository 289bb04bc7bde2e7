#include "reprise/checker/history/text.h"

#include <algorithm>
#include <numeric>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/text/printable.h"

namespace reprise::checker {
namespace {

constexpr size_t kLongest = 48;

std::string ResultText(const History& history, const Operation& operation) {
  switch (operation.answer) {
    case Answer::kReported:
      return " = " + Quoted(history.Output(operation));
    case Answer::kFailed:
      return " failed";
    default:
      return "";
  }
}

}  // namespace

std::string Quoted(std::string_view value) { return Quote(value, kLongest); }

std::string CallText(const History& history, OperationId id) {
  const Operation& operation = history[id];
  std::string text;
  const std::string key = Quoted(history.KeyName(operation.key));
  const std::string value = Quoted(operation.Argument());
  switch (operation.kind) {
    case OperationKind::kGet:
      text = "Get(" + key + ")";
      break;
    case OperationKind::kPut:
      text = "Put(" + key + ", " + value + ")";
      break;
    case OperationKind::kAppend:
      text = "Append(" + key + ", " + value + ")";
      break;
    case OperationKind::kCas:
      text = "Cas(" + key + ", " + Quoted(operation.Expected()) + " -> " +
             value + ")";
      break;
  }
  return text + ResultText(history, operation);
}

std::string ToText(const History& history) {
  std::vector<OperationId> ids(history.size());
  std::iota(ids.begin(), ids.end(), 0);
  return ToText(history, ids);
}

std::string ToText(const History& history, std::span<const OperationId> ids) {
  size_t width = 0;
  for (OperationId id : ids) {
    width = std::max(width, CallText(history, id).size());
  }
  std::string text;
  for (OperationId id : ids) {
    const Operation& operation = history[id];
    absl::StrAppendFormat(&text, "%5u  client %-3d  %-*s  %u..", id,
                          operation.client, static_cast<int>(width),
                          CallText(history, id), operation.call);
    if (!operation.IsPending()) absl::StrAppend(&text, operation.ret);
    text += "\n";
  }
  return text;
}

}  // namespace reprise::checker
