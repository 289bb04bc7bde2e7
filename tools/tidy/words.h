// The words that no file of the project may hold: notes to oneself, and places
// that exist on one machine only.

#ifndef TOOLS_TIDY_WORDS_H_
#define TOOLS_TIDY_WORDS_H_

#include "tools/tidy/finding.h"
#include "tools/tidy/source.h"

namespace reprise::tidy {

// Looks at whole lines, comments and literals included.
void CheckWords(const Source& source, Findings& findings);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_WORDS_H_
