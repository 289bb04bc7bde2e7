#include "reprise/checker/formats/event_writer.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"
#include "reprise/checker/value/edn_value.h"
#include "reprise/text/utf8.h"

namespace reprise::checker {
namespace {

struct Event {
  EventIndex at;
  OperationId id;
  bool is_return;
};

std::vector<Event> EventsOf(const History& history) {
  std::vector<Event> events;
  for (OperationId id = 0; id < history.size(); ++id) {
    const Operation& operation = history[id];
    events.push_back({operation.call, id, false});
    if (!operation.IsPending()) events.push_back({operation.ret, id, true});
  }
  std::sort(events.begin(), events.end(),
            [](const Event& a, const Event& b) { return a.at < b.at; });
  return events;
}

absl::Status Refuse(OperationId id, const std::string& why) {
  return absl::InvalidArgumentError(
      absl::StrCat("operation ", id, " cannot be written: ", why));
}

bool HasKind(const History& history, OperationKind kind) {
  return std::any_of(
      history.operations().begin(), history.operations().end(),
      [&](const Operation& operation) { return operation.kind == kind; });
}

absl::Status CheckEvents(const History& history) {
  if (history.HasJoinedInstants()) {
    return absl::InvalidArgumentError(
        "events share an instant, which an order of lines cannot express");
  }
  for (OperationId id = 0; id < history.size(); ++id) {
    const Operation& operation = history[id];
    if (operation.client < 0) {
      return Refuse(id, "the format knows no clients below 0");
    }
    if (operation.kind == OperationKind::kAppend && operation.HasOutput()) {
      return Refuse(id, "the format knows no Append that reports");
    }
    if (!IsUtf8(history.KeyName(operation.key)) ||
        !IsUtf8(operation.Argument()) || !IsUtf8(operation.Expected()) ||
        (operation.HasOutput() && !IsUtf8(history.Output(operation)))) {
      return Refuse(id, "it holds bytes that are not UTF-8");
    }
  }
  return absl::OkStatus();
}

// As a number is written: no sign but '-', no zero in front.
bool IsInteger(std::string_view text) {
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  return !digits.empty() && digits.size() <= 18 &&
         digits.find_first_not_of("0123456789") == digits.npos &&
         (digits[0] != '0' || text.size() == 1);
}

// nil, an integer, or anything else as a string.
std::string RegisterValue(std::string_view bytes) {
  if (bytes.empty()) return "nil";
  return IsInteger(bytes) ? std::string(bytes) : EdnStringText(bytes);
}

const char* TypeName(const Event& event, const Operation& operation) {
  if (!event.is_return) return ":invoke";
  return operation.answer == Answer::kFailed ? ":fail" : ":ok";
}

const char* StoreFunction(OperationKind kind) {
  switch (kind) {
    case OperationKind::kGet:
      return ":get";
    case OperationKind::kPut:
      return ":put";
    case OperationKind::kAppend:
      return ":append";
    case OperationKind::kCas:
      break;
  }
  return ":cas";
}

const char* RegisterFunction(OperationKind kind) {
  switch (kind) {
    case OperationKind::kGet:
      return ":read";
    case OperationKind::kPut:
      return ":write";
    default:
      return ":cas";
  }
}

std::string StoreValue(const History& history, const Event& event) {
  const Operation& operation = history[event.id];
  if (operation.kind != OperationKind::kGet) {
    return EdnStringText(operation.Argument());
  }
  return event.is_return ? EdnStringText(history.Output(operation)) : "nil";
}

std::string RegisterValue(const History& history, const Event& event) {
  const Operation& operation = history[event.id];
  switch (operation.kind) {
    case OperationKind::kGet:
      return event.is_return ? RegisterValue(history.Output(operation)) : "nil";
    case OperationKind::kCas:
      return "[" + RegisterValue(operation.Expected()) + " " +
             RegisterValue(operation.Argument()) + "]";
    default:
      return RegisterValue(operation.Argument());
  }
}

// One register: an event a line, with `logger` in front.
absl::Status AppendTextEvents(const History& history, std::string_view logger,
                              std::string& text) {
  absl::Status status = CheckEvents(history);
  if (!status.ok()) return status;
  if (history.keys() > 1) {
    return absl::InvalidArgumentError("the format knows only one key");
  }
  const auto fits = [](std::string_view bytes) {
    return bytes.empty() || IsInteger(bytes);
  };
  for (OperationId id = 0; id < history.size(); ++id) {
    const Operation& operation = history[id];
    if (operation.kind == OperationKind::kAppend) {
      return Refuse(id, "the format knows no Append");
    }
    if (!fits(operation.Argument()) || !fits(operation.Expected()) ||
        (operation.HasOutput() && !fits(history.Output(operation)))) {
      return Refuse(id, "the format knows only integers");
    }
  }
  for (const Event& event : EventsOf(history)) {
    const Operation& operation = history[event.id];
    absl::StrAppend(&text, std::string(logger), operation.client, "\t",
                    TypeName(event, operation), "\t",
                    RegisterFunction(operation.kind), "\t",
                    RegisterValue(history, event), "\n");
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status AppendJepsenEdn(const History& history, std::string& text) {
  absl::Status status = CheckEvents(history);
  if (!status.ok()) return status;
  const bool is_register = HasKind(history, OperationKind::kCas);
  if (is_register && HasKind(history, OperationKind::kAppend)) {
    return absl::InvalidArgumentError(
        "Append and Cas are not written into one history of Jepsen's");
  }
  int64_t index = 0;
  for (const Event& event : EventsOf(history)) {
    const Operation& operation = history[event.id];
    absl::StrAppend(&text, "{:index ", index++, ", :process ", operation.client,
                    ", :type ", TypeName(event, operation), ", :f ",
                    is_register ? RegisterFunction(operation.kind)
                                : StoreFunction(operation.kind),
                    ", :value [", EdnStringText(history.KeyName(operation.key)),
                    " ",
                    is_register ? RegisterValue(history, event)
                                : StoreValue(history, event),
                    "]}\n");
  }
  return absl::OkStatus();
}

absl::Status AppendEtcdLog(const History& history, std::string& text) {
  return AppendTextEvents(history, "INFO  jepsen.util - ", text);
}

absl::Status AppendJepsenText(const History& history, std::string& text) {
  return AppendTextEvents(history, "", text);
}

absl::Status AppendPorcupineKv(const History& history, std::string& text) {
  absl::Status status = CheckEvents(history);
  if (!status.ok()) return status;
  if (HasKind(history, OperationKind::kCas)) {
    return absl::InvalidArgumentError("Porcupine's key/value log knows no Cas");
  }
  for (const Event& event : EventsOf(history)) {
    const Operation& operation = history[event.id];
    absl::StrAppend(&text, "{:process ", operation.client, ", :type ",
                    TypeName(event, operation), ", :f ",
                    StoreFunction(operation.kind), ", :key ",
                    EdnStringText(history.KeyName(operation.key)), ", :value ",
                    StoreValue(history, event), "}\n");
  }
  return absl::OkStatus();
}

}  // namespace reprise::checker
