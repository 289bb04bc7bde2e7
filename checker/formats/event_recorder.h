// Builds a history from invocations and responses, as Jepsen and Porcupine
// write them.
//
// Guarantees: what ended in :ok happened. What ended in :fail did not happen,
// whatever the reason, and is left out, but for a compare-and-set where the
// options say that it found another value. What ended in :info, or never, may
// have taken effect at any later time or never. A response that does not fit
// its call is an error.
//
// Values are compared by their canonical text (edn_value.h), nil is "". Where a
// store's clients only put, get, append and delete strings, the value of a
// string is its bytes, and nil and the empty string are one, for a store
// answers "" for a key that it does not have; if a client read nil under a key
// where another wrote "", they are two. Under a key with appends they cannot be
// two: such a history is refused.
//
//   EventRecorder recorder(options);
//   while (...) RETURN_IF_ERROR(recorder.Add(event));
//   absl::StatusOr<RecordedHistory> recorded = std::move(recorder).Finish();

#ifndef REPRISE_CHECKER_FORMATS_EVENT_RECORDER_H_
#define REPRISE_CHECKER_FORMATS_EVENT_RECORDER_H_

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/call_values.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/recorded_calls.h"
#include "reprise/checker/formats/recorded_event.h"
#include "reprise/checker/formats/recorded_history.h"
#include "reprise/checker/history/history.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

class EventRecorder {
 public:
  // `options` says what nil and a failed compare-and-set mean.
  explicit EventRecorder(const ReaderOptions& options)
      : options_(options), calls_(Functions::kKeyValue, options.aliases) {}

  // The message of an error begins with the line that it is about.
  absl::Status Add(RecordedEvent event) { return calls_.Add(std::move(event)); }

  // Behind the last event.
  absl::StatusOr<RecordedHistory> Finish() &&;

 private:
  // How values become bytes.
  enum class Text : uint8_t { kStrings, kCanonical };

  // A call that is part of the history.
  struct Kept {
    RecordedCall call;
    CallValues values;
    Answer answer = Answer::kPending;
    Text text = Text::kCanonical;  // of the values
    OperationId id = 0;
  };

  absl::Status ReadInitial();
  absl::Status KeepCalls();
  Answer AnswerOf(const RecordedCall& call) const;
  bool IsLeftOut(const RecordedCall& call, const CallValues& values) const;
  absl::Status ChooseText();
  absl::Status ExpectStrings() const;
  absl::Status TellNilFromEmpty(bool has_appends);
  void Record(RecordedHistory& recorded);
  OperationId Invoke(const Kept& kept, History& history) const;
  void Return(const Kept& kept, History& history) const;
  std::string KeyBytes(const EdnValue* key) const;
  std::string ValueBytes(const EdnValue* value, Text text) const;
  const PooledEvent& CallOf(const Kept& kept) const {
    return calls_.events()[kept.call.invocation];
  }

  const ReaderOptions options_;
  RecordedCalls calls_;
  std::vector<Kept> kept_;
  EdnValue initial_;  // nil if the options name none
  Text keys_ = Text::kCanonical;
  Text initial_text_ = Text::kCanonical;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_EVENT_RECORDER_H_
