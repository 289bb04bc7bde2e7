#include "reprise/checker/formats/event_recorder.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/history/subhistory.h"

namespace reprise::checker {
namespace {

std::string KindText(OperationKind kind) {
  switch (kind) {
    case OperationKind::kGet:
      return "get (or read)";
    case OperationKind::kPut:
      return "put (or write)";
    case OperationKind::kAppend:
      return "append";
    case OperationKind::kCas:
      return "cas";
  }
  return "";
}

}  // namespace

absl::Status EventRecorder::Add(const RecordedEvent& event, uint32_t line) {
  Process& process = processes_[event.process];
  if (process.state == State::kEnded) {
    return LineError(
        line,
        absl::StrCat("found process ", event.process,
                     " again, which ended in :info at line ", process.line,
                     ", expected it to come back under another number"));
  }
  return event.type == EventType::kInvoke ? Invoke(event, line, process)
                                          : Respond(event, line, process);
}

absl::Status EventRecorder::Invoke(const RecordedEvent& event, uint32_t line,
                                   Process& process) {
  if (process.state == State::kOpen) {
    return LineError(
        line, absl::StrCat("found a call of process ", event.process,
                           " while its call of line ", process.line,
                           " is open, expected its :ok, :fail or :info first"));
  }
  History& history = recorded_.history;
  OperationId id = 0;
  switch (event.kind) {
    case OperationKind::kGet:
      id = history.Invoke(event.process, event.kind, event.key, "");
      break;
    case OperationKind::kPut:
    case OperationKind::kAppend:
      if (!event.value) {
        return LineError(line, "found no value to write, expected one");
      }
      id = history.Invoke(event.process, event.kind, event.key, *event.value);
      break;
    case OperationKind::kCas:
      if (!event.value || !event.expected) {
        return LineError(line, "found no values in a cas, expected [old new]");
      }
      id = history.InvokeCas(event.process, event.key, *event.expected,
                             *event.value);
      break;
  }
  recorded_.lines.push_back(line);
  process = {State::kOpen, line, id};
  return absl::OkStatus();
}

absl::Status EventRecorder::Respond(const RecordedEvent& event, uint32_t line,
                                    Process& process) {
  if (process.state != State::kOpen) {
    return LineError(
        line, absl::StrCat("found a response to process ", event.process,
                           ", which has no open call, expected its :invoke",
                           " first"));
  }
  absl::Status status = ExpectSameCall(event, line, process);
  if (!status.ok()) return status;
  const OperationId id = process.id;
  process.state = State::kIdle;
  switch (event.type) {
    case EventType::kOk:
      status = Succeed(event, line, id);
      break;
    case EventType::kFail:
      if (event.kind == OperationKind::kCas && !event.has_error) {
        recorded_.history.ReturnFailed(id);
      } else {
        not_happened_.push_back(id);
      }
      break;
    default:
      process = {State::kEnded, line, id};
  }
  return status;
}

absl::Status EventRecorder::ExpectSameCall(const RecordedEvent& event,
                                           uint32_t line,
                                           const Process& process) const {
  const History& history = recorded_.history;
  const Operation& operation = history[process.id];
  const auto expect = [&](const std::string& found,
                          const std::string& invoked) {
    return LineError(line, absl::StrCat("found ", found, ", expected ", invoked,
                                        " as process ", event.process,
                                        " called at line ", process.line));
  };
  if (event.kind != operation.kind) {
    return expect(KindText(event.kind), KindText(operation.kind));
  }
  if (event.key != history.KeyName(operation.key)) {
    return expect("the key " + Excerpt(event.key),
                  Excerpt(history.KeyName(operation.key)));
  }
  if (event.type == EventType::kInfo || event.has_error) {
    return absl::OkStatus();  // its value is about the error
  }
  if (operation.kind != OperationKind::kGet && event.value &&
      *event.value != operation.Argument()) {
    return expect("the value " + Excerpt(*event.value),
                  Excerpt(operation.Argument()));
  }
  if (event.expected && *event.expected != operation.Expected()) {
    return expect("the old value " + Excerpt(*event.expected),
                  Excerpt(operation.Expected()));
  }
  return absl::OkStatus();
}

absl::Status EventRecorder::Succeed(const RecordedEvent& event, uint32_t line,
                                    OperationId id) {
  if (event.kind != OperationKind::kGet) {
    recorded_.history.ReturnUnobserved(id);
    return absl::OkStatus();
  }
  if (!event.value) {
    return LineError(line,
                     "found no value in the answer of a read, expected "
                     "what it returned, or nil");
  }
  recorded_.history.Return(id, *event.value);
  return absl::OkStatus();
}

RecordedHistory EventRecorder::Finish() && {
  if (not_happened_.empty()) return std::move(recorded_);
  std::sort(not_happened_.begin(), not_happened_.end());
  std::vector<Selected> selected;
  RecordedHistory rest;
  for (OperationId id = 0; id < recorded_.history.size(); ++id) {
    if (std::binary_search(not_happened_.begin(), not_happened_.end(), id)) {
      continue;
    }
    selected.push_back({id});
    rest.lines.push_back(recorded_.lines[id]);
  }
  rest.history = Subhistory(recorded_.history, selected);
  return rest;
}

}  // namespace reprise::checker
