// BUILD files: one cc_library for each header, named after it; no library open
// to everybody; every test has a size.
//
// Requires: a file laid out by buildifier.

#ifndef TOOLS_TIDY_BUILD_RULES_H_
#define TOOLS_TIDY_BUILD_RULES_H_

#include "tools/tidy/finding.h"
#include "tools/tidy/source.h"

namespace reprise::tidy {

void CheckBuildRules(const Source& source, Findings& findings);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_BUILD_RULES_H_
