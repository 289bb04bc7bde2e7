#include "tools/tidy/argument_order.h"

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/str_cat.h"

namespace reprise::tidy {
namespace {

constexpr std::string_view kMove = "std::move(";
constexpr std::string_view kOpening = "([{";
constexpr std::string_view kClosing = ")]}";

std::string CodeOf(const Source& source) {
  std::string code;
  for (const Line& line : source.lines) absl::StrAppend(&code, line.code, "\n");
  return code;
}

// Where the bracket before `at` is that encloses it; npos: a statement is.
size_t EnclosingBracket(std::string_view code, size_t at) {
  for (size_t depth = 0; at-- > 0;) {
    if (kClosing.find(code[at]) != kClosing.npos) ++depth;
    if (depth == 0 && code[at] == ';') return code.npos;
    if (kOpening.find(code[at]) == kOpening.npos) continue;
    if (depth == 0) return at;
    --depth;
  }
  return code.npos;
}

// What is between the bracket at `open` and its counterpart, parted by commas.
std::vector<std::string_view> ArgumentsIn(std::string_view code, size_t open) {
  std::vector<std::string_view> arguments;
  size_t begin = open + 1;
  size_t depth = 0;
  for (size_t at = begin; at < code.size(); ++at) {
    if (kOpening.find(code[at]) != kOpening.npos) ++depth;
    const bool closes = kClosing.find(code[at]) != kClosing.npos;
    if (depth == 0 && (closes || code[at] == ',')) {
      arguments.push_back(code.substr(begin, at - begin));
      begin = at + 1;
      if (closes) break;
    }
    if (closes) --depth;
  }
  return arguments;
}

bool Mentions(std::string_view text, std::string_view name) {
  for (size_t at = text.find(name); at != text.npos;
       at = text.find(name, at + 1)) {
    const char before = at == 0 ? ' ' : text[at - 1];
    const size_t end = at + name.size();
    const char after = end == text.size() ? ' ' : text[end];
    if (!IsIdentifier(before) && before != '.' && before != '>' &&
        before != ':' && !IsIdentifier(after)) {
      return true;
    }
  }
  return false;
}

// Whether an argument of a call around the move at `at` reads `name`, which is
// moved, and is not the argument that moves it.
bool IsReadBeside(std::string_view code, size_t at, std::string_view name) {
  while (true) {
    const size_t open = EnclosingBracket(code, at);
    if (open == code.npos || code[open] != '(') return false;
    for (std::string_view argument : ArgumentsIn(code, open)) {
      const size_t begin = argument.data() - code.data();
      const bool moves = begin <= at && at < begin + argument.size();
      if (!moves && Mentions(argument, name)) return true;
    }
    at = open;
  }
}

}  // namespace

void CheckArgumentOrder(const Source& source, Findings& findings) {
  if (source.language != Language::kCpp) return;
  const std::string code = CodeOf(source);
  for (size_t at = code.find(kMove); at != code.npos;
       at = code.find(kMove, at + 1)) {
    const std::string_view moved = ArgumentsIn(code, at + kMove.size() - 1)[0];
    if (!IsReadBeside(code, at, moved)) continue;
    const auto line = std::count(code.begin(), code.begin() + at, '\n') + 1;
    findings.push_back(
        {static_cast<int>(line), "argument-order",
         absl::StrCat("another argument reads ", std::string(moved),
                      ", perhaps after it was moved")});
  }
}

}  // namespace reprise::tidy
