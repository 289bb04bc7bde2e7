// MODULE.bazel names every external repository that the BUILD files use. No
// Bazel that the project is built with reads that file, so that text alone can
// tell.
//
//   for (const std::string& name : UndeclaredRepositories(tree)) ...

#ifndef TOOLS_TIDY_MODULES_H_
#define TOOLS_TIDY_MODULES_H_

#include <string>
#include <vector>

#include "tools/tidy/tree.h"

namespace reprise::tidy {

// The names of the repositories, such as "zlib", each once. Of a tree without a
// MODULE.bazel, none.
std::vector<std::string> UndeclaredRepositories(const Tree& tree);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_MODULES_H_
