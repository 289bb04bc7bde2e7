// The shape of files: how long they, their lines and their functions may be,
// and how a header opens.
//
// Lengths: a header 250 lines, a source 400, a function 70, a line 80 columns
// (counted in characters; an #include may be longer). A header begins with the
// comment that says what it is, then a guard named after its path.

#ifndef TOOLS_TIDY_LAYOUT_H_
#define TOOLS_TIDY_LAYOUT_H_

#include "tools/tidy/finding.h"
#include "tools/tidy/source.h"

namespace reprise::tidy {

void CheckLayout(const Source& source, Findings& findings);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_LAYOUT_H_
