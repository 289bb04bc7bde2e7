// What a folder opens to the floors above, reprise/BUILD.bazel offers to other
// projects: a library that is forgotten there can be linked, but a layering
// check refuses its header.
//
// Requires: BUILD files laid out by buildifier.
//
//   for (const std::string& label : UnofferedUnits(tree)) ...

#ifndef TOOLS_TIDY_OFFERED_H_
#define TOOLS_TIDY_OFFERED_H_

#include <string>
#include <vector>

#include "tools/tidy/tree.h"

namespace reprise::tidy {

// The labels of the units that reprise/BUILD.bazel should list, such as
// "//sim/world:node". Of a tree without that file, none.
std::vector<std::string> UnofferedUnits(const Tree& tree);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_OFFERED_H_
