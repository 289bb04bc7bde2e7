#include "tools/tidy/tidy.h"

#include <algorithm>
#include <cstddef>

#include "absl/strings/str_cat.h"
#include "tools/tidy/argument_order.h"
#include "tools/tidy/banned.h"
#include "tools/tidy/build_rules.h"
#include "tools/tidy/includes.h"
#include "tools/tidy/layout.h"
#include "tools/tidy/marks.h"
#include "tools/tidy/modules.h"
#include "tools/tidy/offered.h"
#include "tools/tidy/source.h"
#include "tools/tidy/words.h"

namespace reprise::tidy {
namespace {

// Whether the BUILD file of its folder names a source: whole, without its
// ending, or as the test or benchmark of a unit. A file that nothing builds is
// a test that never runs.
bool IsBuilt(const Tree& tree, const std::string& path) {
  const size_t slash = path.rfind('/');
  if (slash == std::string::npos) return false;
  const auto build = tree.find(path.substr(0, slash) + "/BUILD.bazel");
  if (build == tree.end()) return false;
  const std::string name = path.substr(slash + 1);
  const std::string stem = name.substr(0, name.rfind('.'));
  std::vector<std::string> names = {name, stem};
  for (std::string_view end : {"_test", "_benchmark"}) {
    if (!stem.ends_with(end)) continue;
    names.push_back(stem.substr(0, stem.size() - end.size()));
  }
  return std::any_of(names.begin(), names.end(), [&](const std::string& unit) {
    return build->second.find("\"" + unit + "\"") != std::string::npos;
  });
}

}  // namespace

std::vector<std::string> RuleNames() {
  return {"argument-order",
          "assert",
          "catch-all",
          "environment",
          "file-length",
          "float",
          "function-length",
          "global",
          "hash",
          "hash-map",
          "header-guard",
          "header-opening",
          "include",
          "line-length",
          "locale",
          "macro",
          "one-header",
          "random",
          "shared-ptr",
          "sleep",
          "test-size",
          "thread",
          "throw",
          "unit",
          "using-namespace",
          "visibility",
          "wall-clock",
          "words"};
}

Findings CheckText(std::string_view path, std::string_view text) {
  const Source source = ParseSource(path, text);
  if (source.language == Language::kOther) return {};
  Findings findings;
  CheckArgumentOrder(source, findings);
  CheckBanned(source, findings);
  CheckBuildRules(source, findings);
  CheckIncludes(source, findings);
  CheckLayout(source, findings);
  CheckWords(source, findings);
  return ApplyMarks(source, RuleNames(), findings);
}

std::vector<std::string> CheckTree(const Tree& tree) {
  std::vector<std::string> lines;
  for (const auto& [path, text] : tree) {
    for (const Finding& finding : CheckText(path, text)) {
      lines.push_back(absl::StrCat(path, ":", finding.line, ": ", finding.rule,
                                   ": ", finding.message));
    }
    // Another project's sources may lie anywhere below its BUILD file.
    const bool is_ours = !path.starts_with("tests/consumers/");
    if (is_ours && path.ends_with(".cc") && !IsBuilt(tree, path)) {
      lines.push_back(absl::StrCat(
          path, ":0: unbuilt: the BUILD file of its folder does not name it"));
    }
  }
  for (const std::string& name : UndeclaredRepositories(tree)) {
    lines.push_back(absl::StrCat("MODULE.bazel:0: modules: a BUILD file uses @",
                                 name, ", which this file does not declare"));
  }
  for (const std::string& label : UnofferedUnits(tree)) {
    lines.push_back(absl::StrCat("reprise/BUILD.bazel:0: offered: list ", label,
                                 ", so that other projects may include it"));
  }
  return lines;
}

}  // namespace reprise::tidy
