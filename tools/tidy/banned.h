// The calls and words that code must not use, folder by folder: what would
// break determinism, hide a failure or bring global state.
//
//   CheckBanned(ParseSource("kv/server.cc", text), findings);

#ifndef TOOLS_TIDY_BANNED_H_
#define TOOLS_TIDY_BANNED_H_

#include "tools/tidy/finding.h"
#include "tools/tidy/source.h"

namespace reprise::tidy {

// Looks at the code of a C++ file, not at its comments and literals.
void CheckBanned(const Source& source, Findings& findings);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_BANNED_H_
