#include "tools/tidy/tree.h"

#include <fstream>
#include <iterator>

namespace reprise::tidy {
namespace {

namespace fs = std::filesystem;

bool IsSkippedFolder(const fs::path& folder) {
  const std::string name = folder.filename();
  return name == ".git" || name == "out" || name.starts_with("bazel-");
}

}  // namespace

Tree ReadTree(const fs::path& root) {
  Tree tree;
  for (auto entry = fs::recursive_directory_iterator(root);
       entry != fs::recursive_directory_iterator(); ++entry) {
    if (entry->is_directory() && IsSkippedFolder(entry->path())) {
      entry.disable_recursion_pending();
    }
    if (entry->is_symlink() || !entry->is_regular_file()) continue;
    std::ifstream file(entry->path(), std::ios::binary);
    tree[fs::relative(entry->path(), root)].assign(
        std::istreambuf_iterator<char>(file), {});
  }
  return tree;
}

fs::path ProjectRoot() { return fs::canonical("WORKSPACE").parent_path(); }

}  // namespace reprise::tidy
