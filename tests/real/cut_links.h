// The drill `cut-links`: server and clients are in networks of their own, and
// the link between them loses everything for seconds, in one direction or in
// both, without telling either end.
//
//   Finding finding = RunCutLinks({.program = kv, .folder = folder});

#ifndef TESTS_REAL_CUT_LINKS_H_
#define TESTS_REAL_CUT_LINKS_H_

#include "tests/real/drill.h"
#include "tests/real/finding.h"

namespace reprise {

// Enters a namespace of networks (namespaces.h); kSkipped where it may not.
Finding RunCutLinks(const DrillOptions& options);

}  // namespace reprise

#endif  // TESTS_REAL_CUT_LINKS_H_
