// Source: a file as the tidy rules see it, with comments and literals told
// apart from code.
//
// Guarantees: `code` keeps the columns of `raw`; what is a comment or the
// content of a string or character literal is blank there, raw strings
// included. Outside C++ `code` and `comment` are both the whole line.
//
// Requires: a file that compiles; trigraphs and line splices inside a token
// are not understood.
//
//   Source source = ParseSource("kv/server.h", text);
//   source.lines[0].comment;  // "// Server: ..."

#ifndef TOOLS_TIDY_SOURCE_H_
#define TOOLS_TIDY_SOURCE_H_

#include <string>
#include <string_view>
#include <vector>

namespace reprise::tidy {

enum class Language { kCpp, kBuild, kShell, kText, kOther };

struct Line {
  std::string raw;
  std::string code;
  std::string comment;
};

struct Source {
  std::string path;  // From the project's root: "sim/core/time.h".
  Language language = Language::kOther;
  std::vector<Line> lines;

  bool IsHeader() const;
  // A unit test, a benchmark or a helper that only these use.
  bool IsTest() const;
};

Source ParseSource(std::string_view path, std::string_view text);

// Whether `c` may be in an identifier.
bool IsIdentifier(char c);

// Whether `path` begins with one of `prefixes`.
bool IsUnder(std::string_view path, const std::vector<std::string>& prefixes);

}  // namespace reprise::tidy

#endif  // TOOLS_TIDY_SOURCE_H_
