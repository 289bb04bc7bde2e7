// A file that is there as a whole or not at all.
//
// Guarantees: a regular file is written beside its place and takes it when it
// is complete; where that fails, what was there remains, and nothing is left
// beside it. What is no regular file (a terminal, a pipe) is written at once.
//
//   absl::Status status = WriteWholeFile("violation.html", HtmlPage(input));

#ifndef REPRISE_CHECKER_REPORT_WHOLE_FILE_H_
#define REPRISE_CHECKER_REPORT_WHOLE_FILE_H_

#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace reprise::checker {

// InvalidArgument if the file cannot be written: "a.html: cannot be written:
// No such file or directory".
absl::Status WriteWholeFile(const std::string& path, std::string_view content);

// Whether that can be expected to work, with the same error if not. Leaves what
// is at `path` as it is.
absl::Status ProbeWholeFile(const std::string& path);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_REPORT_WHOLE_FILE_H_
