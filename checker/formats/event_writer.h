// Writes histories as lines of invocations and responses. Errors as in
// writer.h.

#ifndef REPRISE_CHECKER_FORMATS_EVENT_WRITER_H_
#define REPRISE_CHECKER_FORMATS_EVENT_WRITER_H_

#include <string>

#include "absl/status/status.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {

// With independent keys, [key value]. A history of get, put and append is one
// of strings; one of read, write and cas only is one of registers.
absl::Status AppendJepsenEdn(const History& history, std::string& text);

absl::Status AppendEtcdLog(const History& history, std::string& text);

absl::Status AppendJepsenText(const History& history, std::string& text);

absl::Status AppendPorcupineKv(const History& history, std::string& text);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_EVENT_WRITER_H_
