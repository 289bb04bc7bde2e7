// One event of a history in EDN, as Jepsen and Porcupine's key/value test write
// it: a map on a line of its own, with or without a tag before it.
//
//   {:process 0, :type :invoke, :f :append, :key "0", :value "x 0 0 y"}
//   {:process 1, :type :ok, :f :read, :value 3, :time 1711, :index 7}
//   #jepsen.history.Op{:process 2, :type :invoke, :f :cas, :value [9 [1 2]],
//   ...
//
// :f is :get, :put or :append with strings, or :read, :write or :cas with any
// value. The key is in :key or, as Jepsen's independent keys are, the first of
// two elements of :value; without one there is one register. What is not about
// the history (:time, :error, ...) is read and left alone; :index must be
// unique. Processes without a number, such as :nemesis, are no clients. A Cas
// that ends in :fail without an :error found something else than it expected.

#ifndef REPRISE_CHECKER_FORMATS_EDN_EVENTS_H_
#define REPRISE_CHECKER_FORMATS_EDN_EVENTS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "reprise/checker/formats/event_recorder.h"
#include "reprise/checker/history/arena.h"

namespace reprise::checker {

struct EdnEvent {
  RecordedEvent event;
  std::optional<int64_t> index;
  bool is_of_client = true;
};

class EdnEventParser {
 public:
  // Not ok: the message says what was found and what was expected. The bytes
  // of `parsed` are those of `line` or of this object, until the next call.
  absl::Status Parse(std::string_view line, EdnEvent& parsed);

 private:
  Arena bytes_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_EDN_EVENTS_H_
