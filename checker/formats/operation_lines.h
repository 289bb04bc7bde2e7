// Histories from JSON lines, an operation each, or its call and its answer
// ("return":"later" stands in a call): of a key/value store, and of any model.
//
//   KeyValueLines lines(options);
//   absl::Status status = lines.Add(text, /*line=*/1);
//   absl::StatusOr<RecordedHistory> recorded = std::move(lines).Finish();

#ifndef REPRISE_CHECKER_FORMATS_OPERATION_LINES_H_
#define REPRISE_CHECKER_FORMATS_OPERATION_LINES_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/announced_calls.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/id_set.h"
#include "reprise/checker/formats/json_calls.h"
#include "reprise/checker/formats/json_lines.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/formats/timed_calls.h"
#include "reprise/checker/formats/timed_recorder.h"

namespace reprise::checker {

// What both lines of an operation say of it.
AnnouncedCall AnnouncedBy(const JsonOperation& parsed);
AnnouncedCall AnnouncedBy(const JsonCall& parsed);

// Refuses an id that was there before. The message begins with the line.
absl::Status ExpectNewId(std::optional<int64_t> id, IdSet& ids, uint32_t line);

// Operations of a key/value store.
class KeyValueLines {
 public:
  // `options` must outlive it.
  explicit KeyValueLines(const ReaderOptions& options)
      : options_(options), parser_(options.aliases) {}

  // The message of an error begins with the line.
  absl::Status Add(std::string_view text, uint32_t line);
  absl::StatusOr<RecordedHistory> Finish() &&;

 private:
  const ReaderOptions& options_;
  JsonLineParser parser_;
  JsonOperation parsed_;
  IdSet ids_;
  AnnouncedCalls announced_;
  TimedRecorder recorder_;
};

// Operations of any model.
class CallLines {
 public:
  // `options` must outlive it.
  explicit CallLines(const ReaderOptions& options) : options_(options) {}

  // The message of an error begins with the line.
  absl::Status Add(std::string_view text, uint32_t line);
  absl::StatusOr<CallRecording> Finish() &&;

 private:
  const ReaderOptions& options_;
  IdSet ids_;
  AnnouncedCalls announced_;
  TimedCalls calls_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_OPERATION_LINES_H_
