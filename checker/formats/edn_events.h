// The events of histories in EDN, as Jepsen, Knossos and Porcupine's key/value
// test write them. An event is a map, with or without a tag before it, or a
// vector of process, type, function and value:
//
//   {:process 0, :type :invoke, :f :append, :key "0", :value "x 0 0 y"}
//   #jepsen.history.Op{:process 1, :type :ok, :f :read, :value 3, :index 7}
//   [2 :invoke :cas [1 2]]
//
// The events of a history follow one another, or one list or vector is around
// all of them. Keys other than :process, :type, :f, :key, :value, :index and
// :error are read and left alone. A process that is called nemesis, as a
// keyword or in quotes, or that is a negative number is no client.

#ifndef REPRISE_CHECKER_FORMATS_EDN_EVENTS_H_
#define REPRISE_CHECKER_FORMATS_EDN_EVENTS_H_

#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/edn_reader.h"
#include "reprise/checker/formats/line_reader.h"
#include "reprise/checker/formats/recorded_event.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

class EdnEvents {
 public:
  // Reads one history, which begins in `line` or after it.
  EdnEvents(LineReader& lines, std::string_view line) : reader_(lines, line) {}

  // False at the end of the history: behind the collection, or at a blank line
  // or the end of the text. The message of an error begins with its line.
  absl::StatusOr<bool> Next(RecordedEvent& event);

 private:
  bool BeginCollection(EdnValue& first, bool& is_read);
  absl::StatusOr<bool> EndCollection();
  absl::StatusOr<bool> EndOfText();

  EdnReader reader_;
  bool has_begun_ = false;
  char close_ = '\0';  // the bracket that ends the collection, or none
};

// The event that a map, a tagged map or a vector describes. The message of an
// error begins with its line.
absl::StatusOr<RecordedEvent> EventOf(EdnValue value);

// What `process` means: a client's number goes into `event`.
absl::Status TakeProcess(const EdnValue& process, RecordedEvent& event);
// :invoke, :ok, :fail or :info.
absl::Status TakeType(const EdnValue& type, RecordedEvent& event);
// A keyword, symbol or string.
absl::Status TakeFunction(const EdnValue& function, RecordedEvent& event);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_EDN_EVENTS_H_
