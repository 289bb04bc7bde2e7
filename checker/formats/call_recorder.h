// Builds a history of calls from invocations and responses, as Jepsen writes
// them, for any model (EventRecorder builds that of a key/value store).
//
// Guarantees: what ended in :ok happened. What ended in :fail did not happen,
// whatever the reason. What ended in :info, or never, may have taken effect at
// any later time or never. Names and values are taken as they are, but for
// aliases; where all keys are strings, a key is its bytes.
//
// A key is named in a field (:key), or in a tuple [key value] with a tag. Where
// no tag says so, vectors are tuples only if the values of all calls and
// answers look like tuples, the answers name the keys of their calls, and some
// call is [key nil].
//
//   CallRecorder recorder(options);
//   while (...) RETURN_IF_ERROR(recorder.Add(event));
//   absl::StatusOr<CallRecording> recorded = std::move(recorder).Finish();

#ifndef REPRISE_CHECKER_FORMATS_CALL_RECORDER_H_
#define REPRISE_CHECKER_FORMATS_CALL_RECORDER_H_

#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/recorded_calls.h"
#include "reprise/checker/formats/recorded_event.h"
#include "reprise/checker/value/call.h"
#include "reprise/checker/value/call_history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

class CallRecorder {
 public:
  // `options` says what nil means, and other names of operations.
  explicit CallRecorder(const ReaderOptions& options)
      : options_(options), calls_(Functions::kAny, options.aliases) {}

  // The message of an error begins with the line that it is about.
  absl::Status Add(RecordedEvent event) { return calls_.Add(std::move(event)); }

  // Behind the last event.
  absl::StatusOr<CallRecording> Finish() &&;

 private:
  const ReaderOptions options_;
  RecordedCalls calls_;
};

// What `options` say of a history that was read: sets its initial state.
absl::Status TakeInitial(const ReaderOptions& options, CallHistory& history);

// What came back of `call`, or null where it counts as unknown: the options say
// what a read (or get) of nil saw.
const EdnValue* AnswerOf(const ReaderOptions& options,
                         const CallHistory& history, const Call& call,
                         const EdnValue& output);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_CALL_RECORDER_H_
