// One event of the log that Jepsen wrote of an etcd register:
//
//   INFO  jepsen.util - 4  :invoke  :write  0
//   INFO  jepsen.util - 4  :ok      :write  0
//   INFO  jepsen.util - 2  :fail    :cas    [1 0]
//   INFO  jepsen.util - 7  :info    :cas    :timed-out
//
// Values are nil or integers. Processes without a number, such as :nemesis, are
// no clients.

#ifndef REPRISE_CHECKER_FORMATS_ETCD_LOG_H_
#define REPRISE_CHECKER_FORMATS_ETCD_LOG_H_

#include <string_view>

#include "absl/status/status.h"
#include "reprise/checker/formats/event_recorder.h"

namespace reprise::checker {

struct EtcdEvent {
  RecordedEvent event;
  bool is_of_client = true;
};

// Not ok: the message says what was found and what was expected. The bytes of
// `parsed` are those of `line`.
absl::Status ParseEtcdLine(std::string_view line, EtcdEvent& parsed);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_ETCD_LOG_H_
