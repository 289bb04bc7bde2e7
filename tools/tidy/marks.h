// Marks: how a line or a file says that it breaks a rule on purpose.
//
//   catch (...) {  // tidy: allow(RULE) REASON
//
// On a line of its own the mark speaks for the next line of code; spelled
// allow-file it speaks for the whole file. Several rules are separated by
// commas. A mark without a reason, with an unknown rule or with nothing to
// allow is itself a finding.

#ifndef TOOLS_TIDY_MARKS_H_
#define TOOLS_TIDY_MARKS_H_

#include <string>
#include <vector>

#include "tools/tidy/finding.h"
#include "tools/tidy/source.h"

namespace reprise::tidy {

// The findings that no mark allows, and those about the marks. `rules` are the
// names that a mark may use.
Findings ApplyMarks(const Source& source, const std::vector<std::string>& rules,
                    const Findings& findings);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_MARKS_H_
