#include "reprise/checker/formats/etcd_log.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/numbers.h"
#include "absl/strings/string_view.h"
#include "reprise/checker/formats/line_error.h"

namespace reprise::checker {
namespace {

constexpr std::string_view kLogger = "jepsen.util - ";
constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kKey = "register";

absl::Status Expected(std::string_view found, const std::string& expected) {
  return absl::InvalidArgumentError(
      "found " + (found.empty() ? "the end of the line" : Excerpt(found)) +
      ", expected " + expected);
}

// Takes the first word off `text`.
std::string_view TakeWord(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  const size_t size = std::min(text.find_first_of(kBlanks), text.size());
  const std::string_view word = text.substr(0, size);
  text.remove_prefix(size);
  return word;
}

template <typename Integer>
bool IsInteger(std::string_view word, Integer& value) {
  return word.find_first_not_of("-0123456789") == word.npos &&
         absl::SimpleAtoi(absl::string_view(word.data(), word.size()), &value);
}

// A register's value as the checker holds it: nil is "".
std::optional<std::string_view> ValueOf(std::string_view word) {
  int64_t value;
  if (word == "nil") return "";
  return IsInteger(word, value) ? std::optional(word) : std::nullopt;
}

bool TakeType(std::string_view word, EventType& type) {
  if (word == ":invoke") {
    type = EventType::kInvoke;
  } else if (word == ":ok") {
    type = EventType::kOk;
  } else if (word == ":fail") {
    type = EventType::kFail;
  } else if (word == ":info") {
    type = EventType::kInfo;
  } else {
    return false;
  }
  return true;
}

bool TakeFunction(std::string_view word, OperationKind& kind) {
  if (word == ":read") {
    kind = OperationKind::kRead;
  } else if (word == ":write") {
    kind = OperationKind::kWrite;
  } else if (word == ":cas") {
    kind = OperationKind::kCas;
  } else {
    return false;
  }
  return true;
}

// "[1 0]": what a Cas expects and what it writes.
bool TakeOldAndNew(std::string_view text, RecordedEvent& event) {
  if (!text.starts_with('[') || !text.ends_with(']')) return false;
  std::string_view inside = text.substr(1, text.size() - 2);
  event.expected = ValueOf(TakeWord(inside));
  event.value = ValueOf(TakeWord(inside));
  return event.expected && event.value && TakeWord(inside).empty();
}

absl::Status TakeValue(std::string_view text, RecordedEvent& event) {
  const bool is_about_error =
      event.type == EventType::kInfo || event.type == EventType::kFail;
  if (text.starts_with(':') && is_about_error) {  // such as :timed-out
    event.has_error = true;
    return absl::OkStatus();
  }
  if (event.kind == OperationKind::kCas) {
    return TakeOldAndNew(text, event)
               ? absl::OkStatus()
               : Expected(text, "[OLD NEW], both an integer or nil");
  }
  event.value = ValueOf(text);
  if (event.value) return absl::OkStatus();
  return Expected(text, "an integer or nil");
}

}  // namespace

absl::Status ParseEtcdLine(std::string_view line, EtcdEvent& parsed) {
  parsed = EtcdEvent();
  RecordedEvent& event = parsed.event;
  event.key = kKey;
  const size_t logger = line.find(kLogger);
  const std::string_view before = line.substr(0, logger);
  // Only a time, a thread and a level may stand there: no other event.
  const bool is_broken =
      before.find('\t') != before.npos || before.find(" - ") != before.npos;
  if (logger == line.npos || is_broken) {
    return Expected(line, "'jepsen.util - PROCESS :TYPE :FUNCTION VALUE'");
  }
  std::string_view rest = line.substr(logger + kLogger.size());
  const std::string_view process = TakeWord(rest);
  if (process.starts_with(':')) {
    parsed.is_of_client = false;
    return absl::OkStatus();
  }
  if (!IsInteger(process, event.process)) {
    return Expected(process, "the number of a process");
  }
  const std::string_view type = TakeWord(rest);
  if (!TakeType(type, event.type)) {
    return Expected(type, ":invoke, :ok, :fail or :info");
  }
  const std::string_view function = TakeWord(rest);
  if (!TakeFunction(function, event.kind)) {
    return Expected(function, ":read, :write or :cas");
  }
  const size_t begin = std::min(rest.find_first_not_of(kBlanks), rest.size());
  const size_t end = rest.find_last_not_of(kBlanks) + 1;
  return TakeValue(rest.substr(begin, std::max(begin, end) - begin), event);
}

}  // namespace reprise::checker
