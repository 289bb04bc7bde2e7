#include "reprise/checker/formats/text_events.h"

#include <algorithm>
#include <string>

#include "reprise/checker/formats/edn_events.h"
#include "reprise/checker/formats/edn_reader.h"
#include "reprise/checker/formats/line_error.h"

namespace reprise::checker {
namespace {

constexpr std::string_view kBlanks = " \t";
constexpr std::string_view kLogger = "jepsen.util - ";

// The line with blanks in place of what stands before the event, so that
// columns stay. Only a time, a thread and a level may stand there: no other
// event.
absl::StatusOr<std::string> WithoutLogger(std::string_view line,
                                          uint32_t number) {
  const size_t logger = line.find(kLogger);
  const std::string_view before = line.substr(0, logger);
  if (logger == line.npos || before.find('\t') != before.npos ||
      before.find(" - ") != before.npos) {
    return LineError(number,
                     "found " + Excerpt(line) +
                         ", expected 'jepsen.util - PROCESS :TYPE :FUNCTION "
                         "VALUE'");
  }
  const size_t begin = logger + kLogger.size();
  return std::string(begin, ' ') + std::string(line.substr(begin));
}

// What stands behind the value: nothing, or, behind a tab, what is said of an
// error, in any words. A call has no error yet.
absl::Status TakeRest(std::string_view rest, RecordedEvent& event) {
  if (rest.find_first_not_of(kBlanks) == rest.npos) return absl::OkStatus();
  const bool may_fail = event.type != EventType::kInvoke;
  if (!may_fail || rest[0] != '\t') {
    return LineError(event.line,
                     "found " + Excerpt(rest) + " behind the value, expected " +
                         (may_fail ? "a tab and an error, or " : "") +
                         "the end of the line");
  }
  event.has_error = true;
  return absl::OkStatus();
}

absl::StatusOr<RecordedEvent> ReadEvent(std::string_view line,
                                        uint32_t number) {
  LineReader lines = LineReader::OfText(line, number - 1);
  EdnReader reader(lines);
  RecordedEvent event;
  event.line = number;
  EdnValue process;
  if (!reader.Read(process)) return reader.status();
  absl::Status status = TakeProcess(process, event);
  if (!status.ok()) return status;
  if (!event.is_of_client) return event;
  EdnValue type;
  EdnValue function;
  if (!reader.Read(type) || !reader.Read(function)) return reader.status();
  status = TakeType(type, event);
  if (status.ok()) status = TakeFunction(function, event);
  if (!status.ok()) return status;
  if (reader.HasMore() && !reader.Read(event.value.emplace())) {
    return reader.status();
  }
  status = TakeRest(reader.Rest(), event);
  if (!status.ok()) return status;
  return event;
}

}  // namespace

absl::StatusOr<bool> TextEvents::Next(RecordedEvent& event) {
  if (has_begun_ && !lines_.Next(line_)) {
    if (!lines_.status().ok()) return lines_.status();
    return false;
  }
  has_begun_ = true;
  if (line_.find_first_not_of(kBlanks) == line_.npos) return false;
  const auto number = static_cast<uint32_t>(lines_.line_number());
  absl::StatusOr<std::string> text = std::string(line_);
  if (logger_ == Logger::kJepsenUtil) text = WithoutLogger(line_, number);
  if (!text.ok()) return text.status();
  absl::StatusOr<RecordedEvent> read = ReadEvent(*text, number);
  if (!read.ok()) return read.status();
  event = *std::move(read);
  return true;
}

bool IsTextEvent(std::string_view line) {
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  if (line.empty() || std::string_view("([{#;").find(line[0]) != line.npos) {
    return false;
  }
  line.remove_prefix(std::min(line.find_first_of(kBlanks), line.size()));
  line.remove_prefix(std::min(line.find_first_not_of(kBlanks), line.size()));
  const std::string_view type =
      line.substr(0, std::min(line.find_first_of(kBlanks), line.size()));
  return type == ":invoke" || type == ":ok" || type == ":fail" ||
         type == ":info";
}

}  // namespace reprise::checker
