#include "reprise/checker/formats/json_scanner.h"

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/text/numbers.h"
#include "reprise/text/printable.h"
#include "reprise/text/utf8.h"

namespace reprise::checker {
namespace {

constexpr uint64_t kOnes = 0x0101010101010101u;
constexpr uint64_t kHighs = 0x8080808080808080u;

// The high bit of each byte of `word` that equals `byte`, exact up to the first
// such byte.
uint64_t BytesEqual(uint64_t word, unsigned char byte) {
  const uint64_t zero_where_equal = word ^ (kOnes * byte);
  return (zero_where_equal - kOnes) & ~zero_where_equal & kHighs;
}

// The first byte that is not plain inside a string: a quote, a backslash, a
// control character, or no ASCII.
const char* EndOfPlain(const char* at, const char* end) {
  while (end - at >= 8) {
    uint64_t word;
    std::memcpy(&word, at, 8);
    const uint64_t special = BytesEqual(word, '"') | BytesEqual(word, '\\') |
                             ((word - kOnes * 0x20) & ~word & kHighs) |
                             (word & kHighs);
    if (special != 0) return at + (__builtin_ctzll(special) >> 3);
    at += 8;
  }
  while (at != end && *at != '"' && *at != '\\' &&
         static_cast<unsigned char>(*at) >= 0x20 &&
         static_cast<unsigned char>(*at) < 0x80) {
    ++at;
  }
  return at;
}

// A control character, which no JSON string may hold as it is.
bool NeedsEscape(char c) { return static_cast<unsigned char>(c) < 0x20; }

// The bytes of the character of a string that stands at `at`; 0: none may.
size_t CharacterLength(const char* at, const char* end) {
  if (NeedsEscape(*at)) return 0;
  return Utf8SequenceLength(std::string_view(at, end - at));
}

}  // namespace

bool JsonScanner::TryWord(std::string_view word) {
  SkipBlanks();
  const std::string_view rest(at_, end_ - at_);
  if (!rest.starts_with(word)) return false;
  at_ += word.size();
  return true;
}

bool JsonScanner::ReadString(std::string_view& value) {
  if (!TryChar('"')) return FailExpecting("a string");
  const char* const begin = at_;
  for (;;) {
    at_ = EndOfPlain(at_, end_);
    if (at_ == end_) return Fail("found a string without end, expected '\"'");
    if (*at_ == '"') {
      value = std::string_view(begin, at_ - begin);
      ++at_;
      return true;
    }
    if (*at_ == '\\') return ReadEscapedString(begin, value);
    const size_t length = CharacterLength(at_, end_);
    if (length == 0) return FailInString();
    at_ += length;
  }
}

// `begin` .. `at_` has no escapes and is part of the string already.
bool JsonScanner::ReadEscapedString(const char* begin,
                                    std::string_view& value) {
  char* const copy = unescaped_.Allocate(end_ - begin);
  std::memcpy(copy, begin, at_ - begin);
  char* to = copy + (at_ - begin);
  while (at_ != end_ && *at_ != '"') {
    if (*at_ == '\\') {
      if (!ReadEscape(to)) return false;
      continue;
    }
    const char* next = EndOfPlain(at_, end_);
    if (next == at_) {
      const size_t length = CharacterLength(at_, end_);
      if (length == 0) return FailInString();
      next += length;
    }
    std::memcpy(to, at_, next - at_);
    to += next - at_;
    at_ = next;
  }
  if (at_ == end_) return Fail("found a string without end, expected '\"'");
  ++at_;
  value = std::string_view(copy, to - copy);
  return true;
}

bool JsonScanner::ReadEscape(char*& to) {
  static constexpr std::string_view kNames = "\"\\/bfnrt";
  static constexpr std::string_view kMeant = "\"\\/\b\f\n\r\t";
  if (end_ - at_ >= 2) {
    const size_t place = kNames.find(at_[1]);
    if (place != kNames.npos) {
      *to++ = kMeant[place];
      at_ += 2;
      return true;
    }
    if (at_[1] == 'u') return ReadUnicodeEscape(to);
  }
  return FailExpecting("an escape of JSON, such as \\n or \\u00e9");
}

bool JsonScanner::ReadUnicodeEscape(char*& to) {
  uint32_t code_point;
  const char* const begin = at_;
  if (!ReadHex(code_point)) return false;
  if (code_point >= 0xd800 && code_point < 0xe000) {
    uint32_t low = 0;
    if (code_point >= 0xdc00 || end_ - at_ < 2 || at_[0] != '\\' ||
        at_[1] != 'u' || !ReadHex(low) || low < 0xdc00 || low >= 0xe000) {
      at_ = begin;
      return FailExpecting("a pair of surrogates");
    }
    code_point = 0x10000 + ((code_point - 0xd800) << 10) + (low - 0xdc00);
  }
  to = EncodeUtf8(code_point, to);
  return true;
}

// A backslash, a u and four digits.
bool JsonScanner::ReadHex(uint32_t& value) {
  value = 0;
  for (int digit = 2; digit < 6; ++digit) {
    const char c = end_ - at_ > digit ? at_[digit] : '?';
    const char lower = static_cast<char>(c | 0x20);
    if (IsDigit(c)) {
      value = value * 16 + (c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      value = value * 16 + (lower - 'a' + 10);
    } else {
      return FailExpecting("four hexadecimal digits after \\u");
    }
  }
  at_ += 6;
  return true;
}

bool JsonScanner::ReadInteger(int64_t& value) {
  SkipBlanks();
  const char* at = at_;
  const bool is_negative = at != end_ && *at == '-';
  at += is_negative;
  const char* const digits = at;
  uint64_t magnitude = 0;
  for (; at != end_ && IsDigit(*at); ++at) {
    magnitude = magnitude * 10 + (*at - '0');
  }
  const bool has_bad_end =
      at != end_ && (*at == '.' || *at == 'e' || *at == 'E');
  const bool has_leading_zero = at - digits > 1 && *digits == '0';
  const uint64_t largest = static_cast<uint64_t>(INT64_MAX) + is_negative;
  // 19 digits fit into 64 bits without a sign.
  if (at == digits || has_bad_end || has_leading_zero || at - digits > 19 ||
      magnitude > largest) {
    return FailExpecting("an integer of 64 bits");
  }
  value = static_cast<int64_t>(is_negative ? 0 - magnitude : magnitude);
  at_ = at;
  return true;
}

bool JsonScanner::ReadEnd() {
  SkipBlanks();
  return at_ == end_ || FailExpecting("the end of the line");
}

bool JsonScanner::FailExpecting(std::string_view expected) {
  SkipBlanks();
  return Fail("found " + Found() + ", expected " + std::string(expected));
}

// At a byte that no string may have.
bool JsonScanner::FailInString() {
  const char* const expected = NeedsEscape(*at_)
                                   ? "an escape, such as \\t, in its place"
                                   : "UTF-8 text in a string";
  return Fail("found " + Found() + ", expected " + expected);
}

bool JsonScanner::Fail(std::string message) {
  if (error_.empty()) error_ = std::move(message);
  return false;
}

std::string JsonScanner::Found() const {
  if (at_ == end_) return "the end of the line";
  const std::string_view rest(at_, end_ - at_);
  return absl::StrCat(Excerpt(FirstCharacters(rest, 24)), " in column ",
                      at_ - begin_ + 1);
}

}  // namespace reprise::checker
