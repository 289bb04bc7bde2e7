#include "tools/tidy/build_rules.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace reprise::tidy {
namespace {

struct Rule {
  int line = 0;
  std::string kind;  // "cc_library"
  std::string name;  // "time"
  bool names_headers = false;
  bool has_size = false;
};

std::string Unquoted(std::string_view text) {
  const size_t open = text.find('"');
  const size_t close = text.find('"', open + 1);
  if (close == std::string_view::npos) return "";
  return std::string(text.substr(open + 1, close - open - 1));
}

void ReadAttribute(std::string_view line, Rule& rule) {
  if (line.starts_with("name = ")) rule.name = Unquoted(line);
  if (line.starts_with("hdrs = ")) rule.names_headers = true;
  if (line.starts_with("size = ")) rule.has_size = true;
}

void CheckRule(const Rule& rule, Findings& findings) {
  if (rule.kind == "cc_library" && rule.names_headers) {
    findings.push_back({rule.line, "unit", "a library with headers is a unit"});
  }
  if (rule.kind == "unit" && rule.names_headers) {
    findings.push_back(
        {rule.line, "one-header",
         absl::StrCat("a unit has one header, its own: ", rule.name, ".h")});
  }
  if (rule.kind.ends_with("_test") && !rule.has_size) {
    findings.push_back({rule.line, "test-size", "a test states its size"});
  }
}

}  // namespace

void CheckBuildRules(const Source& source, Findings& findings) {
  if (source.language != Language::kBuild) return;
  // Projects of their own.
  if (IsUnder(source.path, {"tests/consumers/"})) return;
  Rule rule;
  for (size_t i = 0; i < source.lines.size(); ++i) {
    const std::string& raw = source.lines[i].raw;
    const std::string line(absl::StripAsciiWhitespace(raw));
    const int number = static_cast<int>(i) + 1;
    // Everybody may depend on what the root offers.
    const bool is_inner = source.path != "BUILD.bazel";
    if (is_inner && line.find("//visibility:public") != std::string::npos) {
      findings.push_back(
          {number, "visibility", "name the packages that the arrows allow"});
    }
    const bool is_call =
        line.ends_with('(') && line.find(' ') == std::string::npos;
    if (is_call) {
      rule = Rule();
      rule.line = number;
      rule.kind = line.substr(0, line.size() - 1);
    } else if (line.starts_with(')') && rule.line > 0) {
      CheckRule(rule, findings);
      rule = Rule();
    } else {
      ReadAttribute(line, rule);
    }
  }
}

}  // namespace reprise::tidy
