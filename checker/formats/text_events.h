// The events of histories that Jepsen wrote as text, an event a line: process,
// type, function, value in EDN, and what is said of an error. Jepsen's
// history.txt consists of such lines; in its logs the name of a logger stands
// before each.
//
//   4     :invoke  :write  0
//   INFO  jepsen.util - 7  :info    :cas    :timed-out
//   :nemesis  :info  :start  nil

#ifndef REPRISE_CHECKER_FORMATS_TEXT_EVENTS_H_
#define REPRISE_CHECKER_FORMATS_TEXT_EVENTS_H_

#include <cstdint>
#include <string_view>

#include "absl/status/statusor.h"
#include "reprise/checker/formats/line_reader.h"
#include "reprise/checker/formats/recorded_event.h"

namespace reprise::checker {

enum class Logger : uint8_t {
  kNone,
  kJepsenUtil,  // "jepsen.util - " stands before each event
};

class TextEvents {
 public:
  // Reads one history, which begins with `line`.
  TextEvents(LineReader& lines, std::string_view line, Logger logger)
      : lines_(lines), line_(line), logger_(logger) {}

  // False at a blank line and at the end of the text. The message of an error
  // begins with its line.
  absl::StatusOr<bool> Next(RecordedEvent& event);

 private:
  LineReader& lines_;
  std::string_view line_;
  const Logger logger_;
  bool has_begun_ = false;
};

// Whether `line` is an event without the name of a logger.
bool IsTextEvent(std::string_view line);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_TEXT_EVENTS_H_
