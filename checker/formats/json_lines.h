// One operation of the project's own format, as a line of JSON:
//
//   {"client":0,"op":"put","key":"k","value":"a","call":10,"return":20}
//   {"client":1,"op":"get","key":"k","output":"a","call":12,"return":31}
//   {"client":2,"op":"append","key":"k","value":"b","call":30,"return":null}
//   {"client":1,"op":"cas","key":"k","expected":"a","value":"c","ok":true,
//    "call":40,"return":50}                                    (one line)
//
// "op" is get, put, append, cas or delete; read and write are other names of
// get and put. A delete leaves "", as if nothing had been written.
// "return":null means that no answer came, "return":"later" that the answer has
// a line of its own to come, which repeats what is said here; without that line
// it counts as null. "output" is a get's value or,
// where the client saw it, an append's old value. "id" may number the
// operations. Fields come in any order.
//
// Guarantees: nothing that is missing is replaced by a default; what a line may
// not contain is an error that says what was found and what was expected.

#ifndef REPRISE_CHECKER_FORMATS_JSON_LINES_H_
#define REPRISE_CHECKER_FORMATS_JSON_LINES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/arena.h"
#include "reprise/checker/history/timed_history.h"

namespace reprise::checker {

struct JsonOperation {
  TimedOperation operation;
  std::optional<int64_t> id;
  bool is_later = false;  // pending, until a line to come ends it
};

class JsonLineParser {
 public:
  // `aliases` are other names of operations; they must outlive the parser.
  explicit JsonLineParser(std::span<const Alias> aliases = {})
      : aliases_(aliases) {}

  // Not ok: the message says what was found and what was expected. The bytes
  // of `parsed` are those of `line` or of this object, until the next call.
  absl::Status Parse(std::string_view line, JsonOperation& parsed);

 private:
  std::span<const Alias> aliases_;
  Arena unescaped_;
  // The fields of the last line, in their order: the next line has most likely
  // the same.
  std::array<uint8_t, 16> expected_fields_ = {};
};

// The history as lines; a blank line is not among them. Without times the
// order of events stands in for them. Text that is not UTF-8 is an
// InvalidArgument error.
absl::Status AppendJsonLines(const RecordedHistory& recorded,
                             std::string& text);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_JSON_LINES_H_
