#include "tools/tidy/modules.h"

#include <cstddef>
#include <set>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace reprise::tidy {
namespace {

// Their labels lead to repositories of others, or to what WORKSPACE needs.
bool UsesRepositories(std::string_view path) {
  if (path.starts_with("tests/consumers/")) return false;
  return path.ends_with("BUILD.bazel") || path.ends_with(".bzl");
}

// "@zlib//:zlib" and "@zlib" in quotes, outside of comments.
void GatherRepositories(std::string_view text, std::set<std::string>& names) {
  constexpr std::string_view kOpening = "\"@";
  for (absl::string_view line :
       absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    const std::string code(line.substr(0, line.find('#')));
    for (size_t at = code.find(kOpening); at != std::string::npos;
         at = code.find(kOpening, at + 1)) {
      const size_t begin = at + kOpening.size();
      const std::string name =
          code.substr(begin, code.find_first_of("/\"", begin) - begin);
      // Of a text such as "@/:", there is none.
      if (!name.empty()) names.insert(name);
    }
  }
}

bool IsDeclared(const std::string& module, const std::string& name) {
  return module.find(absl::StrCat("bazel_dep(name = \"", name, "\"")) !=
             std::string::npos ||
         module.find(absl::StrCat(", \"", name, "\")")) != std::string::npos;
}

}  // namespace

std::vector<std::string> UndeclaredRepositories(const Tree& tree) {
  const auto module = tree.find("MODULE.bazel");
  if (module == tree.end()) return {};
  std::set<std::string> names;
  for (const auto& [path, text] : tree) {
    if (UsesRepositories(path)) GatherRepositories(text, names);
  }
  std::vector<std::string> undeclared;
  for (const std::string& name : names) {
    const bool is_bazels_own = name == "bazel_tools" || name == "reprise";
    if (!is_bazels_own && !IsDeclared(module->second, name)) {
      undeclared.push_back(name);
    }
  }
  return undeclared;
}

}  // namespace reprise::tidy
