// Puts calls with times into the order of a history, as TimedRecorder does.
//
//   TimedCalls calls;
//   for (...) RETURN_IF_ERROR(calls.Add(call, line));
//   absl::StatusOr<CallRecording> recorded = std::move(calls).Finish(options);

#ifndef REPRISE_CHECKER_FORMATS_TIMED_CALLS_H_
#define REPRISE_CHECKER_FORMATS_TIMED_CALLS_H_

#include <cstdint>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/json_calls.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/timed_recorder.h"

namespace reprise::checker {

class TimedCalls {
 public:
  // Takes each line once. The message of an error begins with the line.
  absl::Status Add(JsonCall call, uint32_t line);

  absl::StatusOr<CallRecording> Finish(const ReaderOptions& options) &&;

 private:
  TimedRecorder order_;  // of operations that have no content
  std::vector<JsonCall> calls_;
  absl::flat_hash_map<uint32_t, size_t> by_line_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_TIMED_CALLS_H_
