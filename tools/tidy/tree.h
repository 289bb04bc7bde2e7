// Tree: the project's files as the tidy rules read them.
//
//   const Tree tree = ReadTree(ProjectRoot());
//   tree.at("sim/core/time.h");

#ifndef TOOLS_TIDY_TREE_H_
#define TOOLS_TIDY_TREE_H_

#include <filesystem>
#include <map>
#include <string>

namespace reprise::tidy {

// Paths below the root and the texts of the files there.
using Tree = std::map<std::string, std::string>;

// Reads every file below `root`; links, such as bazel-bin, are not followed.
Tree ReadTree(const std::filesystem::path& root);

// The real tree, found behind the link to WORKSPACE that Bazel hands to a
// program with //:WORKSPACE among its data.
std::filesystem::path ProjectRoot();

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_TREE_H_
