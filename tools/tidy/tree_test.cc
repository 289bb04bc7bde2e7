// Holds the whole source tree to the tidy rules.

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "absl/strings/str_join.h"
#include "gtest/gtest.h"
#include "tools/tidy/tidy.h"

namespace reprise::tidy {
namespace {

namespace fs = std::filesystem;

bool IsSkippedFolder(const fs::path& folder) {
  const std::string name = folder.filename();
  return name == ".git" || name == "out" || name.starts_with("bazel-");
}

// Reads every file below `root`; links, such as bazel-bin, are not followed.
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

TEST(TreeTest, FollowsTheRules) {
  // The real WORKSPACE, behind the links that Bazel hands to a test.
  const fs::path root = fs::canonical("WORKSPACE").parent_path();
  const Tree tree = ReadTree(root);
  ASSERT_TRUE(tree.contains("tools/tidy/tidy.h")) << "not the tree: " << root;
  const std::vector<std::string> findings = CheckTree(tree);
  EXPECT_TRUE(findings.empty()) << absl::StrJoin(findings, "\n");
}

}  // namespace
}  // namespace reprise::tidy
