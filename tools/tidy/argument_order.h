// A call that reads in one argument what another one moves away.
//
// The order in which arguments are computed is the compiler's choice, so that
// such a call does one thing with one compiler and another with the next:
//
//   Keep(words.empty() ? word : 0, std::move(words));
//
// What is in braces is computed in order, and is left alone.

#ifndef TOOLS_TIDY_ARGUMENT_ORDER_H_
#define TOOLS_TIDY_ARGUMENT_ORDER_H_

#include "tools/tidy/finding.h"
#include "tools/tidy/source.h"

namespace reprise::tidy {

void CheckArgumentOrder(const Source& source, Findings& findings);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_ARGUMENT_ORDER_H_
