// One operation of any model, as a line of JSON:
//
//   {"client":0,"op":"enqueue","key":"jobs","value":7,"call":10,"return":20}
//   {"client":1,"op":"dequeue","key":"jobs","output":7,"call":12,"return":31}
//   {"client":2,"op":"dequeue","key":"jobs","call":30,"return":null}
//   {"client":1,"op":"acquire","failed":true,"call":40,"return":50}
//
// "op" is the name of a function, "key" the object that it works on (none:
// there is one), "value" its argument and "output" its answer: each any JSON;
// null, or none, is nil. "return":null means that no answer came,
// "return":"later" that the answer has a line of its own to come, which repeats
// what is said here, and "failed":true that the operation did not happen. "id"
// may number the operations. Fields come in any order. For a key/value store
// this is the format of json_lines.h, which is read faster.
//
// Numbers with a point or an exponent are doubles.
//
// Guarantees: what a line may not contain is an error that says what was found
// and what was expected; a field given twice is one.

#ifndef REPRISE_CHECKER_FORMATS_JSON_CALLS_H_
#define REPRISE_CHECKER_FORMATS_JSON_CALLS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

struct JsonCall {
  int32_t client = 0;
  Call call;
  EdnValue output;
  Ending ending = Ending::kUnknown;
  Times times;
  std::optional<int64_t> id;
  bool is_later = false;    // unknown, until a line to come ends it
  bool writes_key = false;  // when it is written, even if the key is ""
};

absl::StatusOr<JsonCall> ParseJsonCall(std::string_view line);

// Appends a line. InvalidArgument where JSON cannot hold a value: bytes that
// are not UTF-8, and kinds of EDN that JSON does not have, such as keywords. A
// set is written as an array.
absl::Status AppendJsonCall(const JsonCall& call, std::string& text);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_JSON_CALLS_H_
