#include "tools/tidy/layout.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace reprise::tidy {
namespace {

constexpr size_t kHeaderLinesMax = 250;
constexpr size_t kSourceLinesMax = 400;
constexpr size_t kFunctionLinesMax = 70;
constexpr size_t kColumnsMax = 80;

size_t Columns(std::string_view utf8) {
  return std::count_if(utf8.begin(), utf8.end(),
                       [](char c) { return (c & 0xC0) != 0x80; });
}

size_t Indent(std::string_view line) {
  return std::min(line.find_first_not_of(' '), line.size());
}

void CheckFileLength(const Source& source, Findings& findings) {
  const size_t limit = source.IsHeader() ? kHeaderLinesMax : kSourceLinesMax;
  if (source.lines.size() <= limit) return;
  findings.push_back({0, "file-length",
                      absl::StrCat(source.lines.size(), " lines, of ", limit,
                                   " at most; split the concept")});
}

void CheckLineLengths(const Source& source, Findings& findings) {
  for (size_t i = 0; i < source.lines.size(); ++i) {
    const std::string& line = source.lines[i].raw;
    if (line.starts_with("#include ")) continue;
    if (Columns(line) <= kColumnsMax) continue;
    findings.push_back({static_cast<int>(i) + 1, "line-length",
                        absl::StrCat(Columns(line), " columns")});
  }
}

// A clang-formatted block ends with a lone brace in the column of the line that
// began it. Classes end with "};" and namespaces with a comment.
void CheckFunctionLengths(const Source& source, Findings& findings) {
  for (size_t end = 0; end < source.lines.size(); ++end) {
    const std::string& closing = source.lines[end].raw;
    const size_t indent = Indent(closing);
    if (closing.substr(indent) != "}") continue;
    size_t begin = end;
    while (begin-- > 0) {
      const std::string& code = source.lines[begin].code;
      const size_t column = Indent(code);
      if (column < code.size() && column <= indent && code[column] != '#' &&
          !absl::EndsWith(absl::StripAsciiWhitespace(code), ":")) {
        break;
      }
    }
    const size_t length = end - begin + 1;
    if (length <= kFunctionLinesMax) continue;
    findings.push_back(
        {static_cast<int>(begin) + 1, "function-length",
         absl::StrCat(length, " lines, of ", kFunctionLinesMax, " at most")});
  }
}

// Whether others include it.
bool IsPublic(std::string_view path) {
  return IsUnder(path, {"sim/", "kv/", "checker/", "text/", "reprise/"});
}

std::string GuardOf(std::string_view path) {
  std::string guard =
      absl::AsciiStrToUpper(absl::string_view(path.data(), path.size()));
  std::replace_if(
      guard.begin(), guard.end(),
      [](char c) { return !absl::ascii_isalnum(c); }, '_');
  // Headers that others include share no guard with theirs. That of
  // reprise/env.h has the name already.
  const bool has_prefix = !IsPublic(path) || path.starts_with("reprise/");
  return absl::StrCat(has_prefix ? "" : "REPRISE_", guard, "_");
}

void CheckHeaderOpening(const Source& source, Findings& findings) {
  // A project of its own, whose root is elsewhere.
  if (IsUnder(source.path, {"tests/consumers/"})) return;
  const std::vector<Line>& lines = source.lines;
  if (lines.empty() || !lines[0].raw.starts_with("// ")) {
    findings.push_back({1, "header-opening",
                        "begin with a comment: what it is, what it "
                        "guarantees and requires, an example"});
  }
  const auto first_code =
      std::find_if(lines.begin(), lines.end(), [](const Line& line) {
        return line.code.find_first_not_of(' ') != std::string::npos;
      });
  const std::string guard = GuardOf(source.path);
  const bool is_guarded = lines.end() - first_code >= 2 &&
                          first_code[0].raw == "#ifndef " + guard &&
                          first_code[1].raw == "#define " + guard;
  if (!is_guarded) {
    findings.push_back({static_cast<int>(first_code - lines.begin()) + 1,
                        "header-guard", absl::StrCat("guard it by ", guard)});
  }
}

// Macros know no namespace: those that others see begin with the project's
// name.
void CheckMacros(const Source& source, Findings& findings) {
  if (!IsPublic(source.path)) return;
  for (size_t i = 0; i < source.lines.size(); ++i) {
    std::string_view code = source.lines[i].code;
    if (!code.starts_with("#define ")) continue;
    code.remove_prefix(std::string_view("#define ").size());
    // Guards have a rule of their own.
    if (code.starts_with("REPRISE_") || code.ends_with("_H_")) continue;
    findings.push_back({static_cast<int>(i) + 1, "macro",
                        "a public header's macros begin with REPRISE_"});
  }
}

}  // namespace

void CheckLayout(const Source& source, Findings& findings) {
  const bool is_cpp = source.language == Language::kCpp;
  if (is_cpp || source.language == Language::kShell) {
    CheckLineLengths(source, findings);
  }
  if (!is_cpp) return;
  CheckFileLength(source, findings);
  CheckFunctionLengths(source, findings);
  if (!source.IsHeader()) return;
  CheckHeaderOpening(source, findings);
  CheckMacros(source, findings);
}

}  // namespace reprise::tidy
