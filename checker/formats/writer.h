// Writes recorded histories in each of the formats (format.h).
//
//   std::string text;
//   absl::Status status = AppendHistory(recorded, Format::kJsonLines, text);

#ifndef REPRISE_CHECKER_FORMATS_WRITER_H_
#define REPRISE_CHECKER_FORMATS_WRITER_H_

#include <string>

#include "absl/status/status.h"
#include "reprise/checker/formats/format.h"
#include "reprise/checker/formats/recorded_history.h"

namespace reprise::checker {

// Appends the lines of one history, after a blank line if `text` holds one
// already. Reading them again gives a history with the same verdicts; where a
// Cas found something else than it expected, jepsen-edn and jepsen-text need
// FailedCas::kFoundAnother for that. InvalidArgument says what the format
// cannot express: in all formats, bytes that are not UTF-8; in all but JSON
// Lines, negative clients, instants that several events share and Appends that
// report; in a log of etcd, Appends, more than one key, and values that are not
// integers; in Porcupine's, Cas.
absl::Status AppendHistory(const RecordedHistory& recorded, Format format,
                           std::string& text);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_WRITER_H_
