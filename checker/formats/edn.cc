#include "reprise/checker/formats/edn.h"

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/text/printable.h"
#include "reprise/text/utf8.h"

namespace reprise::checker {
namespace {

bool EndsWord(char c) {
  return std::string_view(" \t\r\n,\"()[]{};").find(c) !=
         std::string_view::npos;
}

bool IsInteger(std::string_view word, int64_t& value) {
  const size_t sign = word.starts_with('-') || word.starts_with('+') ? 1 : 0;
  if (word.find_first_not_of("0123456789", sign) != word.npos ||
      word.size() == sign) {
    return false;
  }
  return absl::SimpleAtoi(absl::string_view(word.data(), word.size()), &value);
}

// The character that an escape of one letter means, or 0.
char MeantBy(char escape) {
  static constexpr std::string_view kNames = "\"\\bfnrt";
  static constexpr std::string_view kMeant = "\"\\\b\f\n\r\t";
  const size_t place = kNames.find(escape);
  return place == kNames.npos ? '\0' : kMeant[place];
}

}  // namespace

bool EdnScanner::TryChar(char c) {
  SkipBlanks();
  if (at_ == end_ || *at_ != c) return false;
  ++at_;
  return true;
}

bool EdnScanner::AtEnd() {
  SkipBlanks();
  return at_ == end_;
}

bool EdnScanner::ReadNested(EdnValue& value, int depth) {
  SkipBlanks();
  if (depth > kDeepest) return FailExpecting("less deeply nested data");
  if (at_ == end_) return FailExpecting("a value");
  switch (*at_) {
    case '"':
      return ReadString(value);
    case '[':
      return ReadCollection(']', value, depth);
    case '(':
      return ReadCollection(')', value, depth);
    case '{':
      return ReadCollection('}', value, depth);
    case '#':
      return ReadTagged(value, depth);
    default:
      return ReadWord(value);
  }
}

bool EdnScanner::ReadString(EdnValue& value) {
  const char* const begin = at_++;
  char* const copy = unescaped_.Allocate(end_ - at_);
  char* to = copy;
  while (at_ != end_ && *at_ != '"') {
    if (*at_ == '\\') {
      if (!ReadEscape(to)) return false;
      continue;
    }
    const size_t length = Utf8SequenceLength({at_, size_t(end_ - at_)});
    if (length == 0) return FailExpecting("UTF-8 text in a string");
    for (size_t byte = 0; byte < length; ++byte) *to++ = *at_++;
  }
  if (at_ == end_) return FailExpecting("'\"' at the end of the string");
  ++at_;
  value = {.kind = EdnValue::Kind::kString,
           .text = Since(begin),
           .bytes = {copy, size_t(to - copy)}};
  return true;
}

bool EdnScanner::ReadEscape(char*& to) {
  const char meant = end_ - at_ >= 2 ? MeantBy(at_[1]) : '\0';
  if (meant != '\0') {
    *to++ = meant;
    at_ += 2;
    return true;
  }
  uint32_t code_point = 0;
  const bool is_unicode =
      end_ - at_ >= 6 && at_[1] == 'u' &&
      absl::SimpleHexAtoi(absl::string_view(at_ + 2, 4), &code_point) &&
      (code_point < 0xd800 || code_point >= 0xe000);
  if (!is_unicode) return FailExpecting("an escape, such as \\n or \\u00e9");
  to = EncodeUtf8(code_point, to);
  at_ += 6;
  return true;
}

bool EdnScanner::ReadCollection(char close, EdnValue& value, int depth) {
  const char* const begin = at_++;
  const char* inside_end = at_;
  while (!TryChar(close)) {
    EdnValue element;
    if (at_ == end_) {
      return FailExpecting(std::string("'") + close + "' or a value");
    }
    if (!ReadNested(element, depth + 1)) return false;
    inside_end = at_;
  }
  const std::string_view inside(begin + 1, inside_end - (begin + 1));
  const bool is_map = close == '}';
  value = {.kind = is_map ? EdnValue::Kind::kOther : EdnValue::Kind::kVector,
           .text = is_map ? Since(begin) : inside};
  return true;
}

// A set, #{...}, or a tag and the value that it describes.
bool EdnScanner::ReadTagged(EdnValue& value, int depth) {
  const char* const begin = at_++;
  while (at_ != end_ && !EndsWord(*at_)) ++at_;
  EdnValue tagged;
  if (!IsUtf8(Since(begin))) return FailExpecting("UTF-8 text in a tag");
  if (!ReadNested(tagged, depth + 1)) return false;
  value = {.kind = EdnValue::Kind::kOther, .text = Since(begin)};
  return true;
}

bool EdnScanner::ReadWord(EdnValue& value) {
  const char* const begin = at_;
  if (*at_ == '\\' && at_ + 1 != end_) at_ += 2;  // a character
  while (at_ != end_ && !EndsWord(*at_)) ++at_;
  if (at_ == begin) return FailExpecting("a value");
  value = {.kind = EdnValue::Kind::kOther, .text = Since(begin)};
  if (!IsUtf8(value.text)) {
    at_ = begin;
    return FailExpecting("UTF-8 text");
  }
  if (value.text == "nil") {
    value.kind = EdnValue::Kind::kNil;
  } else if (*begin == ':') {
    value.kind = EdnValue::Kind::kKeyword;
  } else if (IsInteger(value.text, value.integer)) {
    value.kind = EdnValue::Kind::kInteger;
  }
  return true;
}

void EdnScanner::SkipBlanks() {
  while (at_ != end_ &&
         (*at_ == ' ' || *at_ == '\t' || *at_ == ',' || *at_ == '\r')) {
    ++at_;
  }
}

bool EdnScanner::FailExpecting(std::string_view expected) {
  if (!error_.empty()) return false;
  SkipBlanks();
  const std::string_view rest(at_, end_ - at_);
  error_ = at_ == end_
               ? "found the end of the line"
               : absl::StrCat("found ", Excerpt(FirstCharacters(rest, 24)),
                              " in column ", at_ - begin_ + 1);
  error_ += ", expected " + std::string(expected);
  return false;
}

}  // namespace reprise::checker
