#include "tools/tidy/source.h"

#include <algorithm>
#include <cctype>
#include <cstddef>

#include "absl/strings/ascii.h"
#include "absl/strings/str_split.h"

namespace reprise::tidy {
namespace {

// Splits C++ text into code and comments, a character at a time.
class Lexer {
 public:
  explicit Lexer(std::vector<Line>& lines) : lines_(lines) {}

  void Run() {
    for (Line& line : lines_) {
      line.code.assign(line.raw.size(), ' ');
      line.comment.assign(line.raw.size(), ' ');
      for (size_t at = 0; at < line.raw.size();) at += Step(line, at);
      // Neither goes on to the next line.
      const bool ends_with_line =
          state_ == State::kLineComment || state_ == State::kLiteral;
      if (ends_with_line) state_ = State::kCode;
    }
  }

 private:
  enum class State { kCode, kLineComment, kBlockComment, kLiteral, kRawString };

  // Classifies what begins at column `at`; returns the characters consumed.
  size_t Step(Line& line, size_t at) {
    switch (state_) {
      case State::kCode:
        return StepCode(line, at);
      case State::kLineComment:
        return KeepComment(line, at, 1);
      case State::kBlockComment:
        if (!Follows(line, at, "*/")) return KeepComment(line, at, 1);
        state_ = State::kCode;
        return KeepComment(line, at, 2);
      case State::kLiteral:
        return StepLiteral(line, at);
      case State::kRawString:
        if (!Follows(line, at, terminator_)) return 1;
        state_ = State::kCode;
        return terminator_.size();
    }
    return 1;
  }

  size_t StepCode(Line& line, size_t at) {
    const char c = line.raw[at];
    if (Follows(line, at, "//")) {
      state_ = State::kLineComment;
      return KeepComment(line, at, 2);
    }
    if (Follows(line, at, "/*")) {
      state_ = State::kBlockComment;
      return KeepComment(line, at, 2);
    }
    if (Follows(line, at, "R\"")) return StartRawString(line, at);
    line.code[at] = c;
    const bool is_digit_separator =
        c == '\'' && at > 0 && std::isalnum(line.raw[at - 1]) != 0;
    if (c == '"' || (c == '\'' && !is_digit_separator)) {
      state_ = State::kLiteral;
      quote_ = c;
    }
    return 1;
  }

  size_t StepLiteral(Line& line, size_t at) {
    if (line.raw[at] == '\\') return 2;
    if (line.raw[at] != quote_) return 1;
    line.code[at] = quote_;
    state_ = State::kCode;
    return 1;
  }

  size_t StartRawString(Line& line, size_t at) {
    const size_t open = line.raw.find('(', at);
    if (open == std::string::npos) return 2;
    terminator_ = ")" + line.raw.substr(at + 2, open - at - 2) + "\"";
    state_ = State::kRawString;
    return open + 1 - at;
  }

  static size_t KeepComment(Line& line, size_t at, size_t count) {
    line.comment.replace(at, count, line.raw, at, count);
    return count;
  }

  static bool Follows(const Line& line, size_t at, std::string_view text) {
    return line.raw.compare(at, text.size(), text) == 0;
  }

  std::vector<Line>& lines_;
  State state_ = State::kCode;
  char quote_ = '"';
  std::string terminator_;  // Of the raw string that is open.
};

Language LanguageOf(std::string_view path, std::string_view text) {
  if (path.ends_with(".h") || path.ends_with(".cc")) return Language::kCpp;
  if (path.ends_with("BUILD.bazel")) return Language::kBuild;
  if (path.ends_with(".sh") || text.starts_with("#!")) return Language::kShell;
  for (std::string_view name : {".md", ".bzl", "WORKSPACE", ".bazelrc"}) {
    if (path.ends_with(name)) return Language::kText;
  }
  return Language::kOther;
}

}  // namespace

bool Source::IsHeader() const { return path.ends_with(".h"); }

bool Source::IsTest() const {
  for (std::string_view end : {"_test.cc", "_benchmark.cc", "_testing.h",
                               "_testing.cc", "/testing.h", "/testing.cc"}) {
    if (path.ends_with(end)) return true;
  }
  return path.find("/testing/") != std::string::npos;
}

Source ParseSource(std::string_view path, std::string_view text) {
  Source source{.path = std::string(path),
                .language = LanguageOf(path, text),
                .lines = {}};
  if (text.ends_with('\n')) text.remove_suffix(1);
  for (absl::string_view line :
       absl::StrSplit(absl::string_view(text.data(), text.size()), '\n')) {
    const std::string raw(line);
    source.lines.push_back({.raw = raw, .code = raw, .comment = raw});
  }
  if (source.language == Language::kCpp) Lexer(source.lines).Run();
  return source;
}

bool IsIdentifier(char c) { return absl::ascii_isalnum(c) || c == '_'; }

bool IsUnder(std::string_view path, const std::vector<std::string>& prefixes) {
  return std::any_of(
      prefixes.begin(), prefixes.end(),
      [path](const std::string& prefix) { return path.starts_with(prefix); });
}

}  // namespace reprise::tidy
