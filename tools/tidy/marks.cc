#include "tools/tidy/marks.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"

namespace reprise::tidy {
namespace {

constexpr std::string_view kMark = "tidy: allow";
constexpr int kWholeFile = -1;

struct Mark {
  int line = 0;     // Where it stands.
  int covered = 0;  // The line it speaks for, or kWholeFile.
  std::vector<std::string> rules;
  bool has_reason = false;
};

bool IsBlank(std::string_view text) {
  return text.find_first_not_of(" #/") == std::string_view::npos;
}

bool HoldsOnlyComments(const Source& source, size_t at) {
  const std::string& code = source.lines[at].code;
  if (source.language == Language::kCpp) return IsBlank(code);
  return IsBlank(code.substr(0, code.find('#')));
}

// The line that a mark on line `at` (from 0) speaks for, from 1.
int CoveredLine(const Source& source, size_t at) {
  while (at + 1 < source.lines.size() && HoldsOnlyComments(source, at)) ++at;
  return static_cast<int>(at) + 1;
}

// A mark names its rules in lower case; anything else only speaks of marks.
std::optional<Mark> ParseMark(const Source& source, size_t at) {
  std::string_view text = source.lines[at].comment;
  const size_t begin = text.find(kMark);
  if (begin == std::string_view::npos) return std::nullopt;
  text.remove_prefix(begin + kMark.size());
  const bool is_for_file = text.starts_with("-file");
  if (is_for_file) text.remove_prefix(5);
  const size_t close = text.find(')');
  if (!text.starts_with('(') || close == std::string_view::npos) {
    return std::nullopt;
  }
  Mark mark;
  mark.line = static_cast<int>(at) + 1;
  mark.covered = is_for_file ? kWholeFile : CoveredLine(source, at);
  mark.has_reason = !IsBlank(text.substr(close + 1));
  const std::string rules(text.substr(1, close - 1));
  if (rules.empty() || !absl::ascii_islower(rules[0])) return std::nullopt;
  for (absl::string_view rule : absl::StrSplit(rules, ", ")) {
    mark.rules.emplace_back(rule);
  }
  return mark;
}

bool Allows(const Mark& mark, const std::string& rule, const Finding& finding) {
  return finding.rule == rule &&
         (mark.covered == kWholeFile || mark.covered == finding.line);
}

void CheckMark(const Mark& mark, const std::vector<std::string>& rules,
               const Findings& findings, Findings& result) {
  const auto complain = [&](const std::string& message) {
    result.push_back({mark.line, "mark", message});
  };
  if (!mark.has_reason) complain("a mark states its reason");
  for (const std::string& rule : mark.rules) {
    if (std::find(rules.begin(), rules.end(), rule) == rules.end()) {
      complain(absl::StrCat("there is no rule ", rule));
    } else if (std::none_of(findings.begin(), findings.end(),
                            [&](const Finding& finding) {
                              return Allows(mark, rule, finding);
                            })) {
      complain(absl::StrCat("nothing here breaks the rule ", rule));
    }
  }
}

}  // namespace

Findings ApplyMarks(const Source& source, const std::vector<std::string>& rules,
                    const Findings& findings) {
  std::vector<Mark> marks;
  Findings result;
  for (size_t at = 0; at < source.lines.size(); ++at) {
    if (std::optional<Mark> mark = ParseMark(source, at)) {
      CheckMark(*mark, rules, findings, result);
      marks.push_back(*mark);
    }
  }
  for (const Finding& finding : findings) {
    const bool is_allowed =
        std::any_of(marks.begin(), marks.end(), [&](const Mark& mark) {
          return std::any_of(mark.rules.begin(), mark.rules.end(),
                             [&](const std::string& rule) {
                               return Allows(mark, rule, finding);
                             });
        });
    if (!is_allowed) result.push_back(finding);
  }
  return result;
}

}  // namespace reprise::tidy
