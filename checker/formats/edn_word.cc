#include "reprise/checker/formats/edn_word.h"

#include <algorithm>
#include <cstdint>
#include <string>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/edn_number.h"
#include "reprise/text/utf8.h"

namespace reprise::checker {
namespace {

using Kind = EdnValue::Kind;

bool IsControl(char c) {
  return absl::ascii_iscntrl(static_cast<unsigned char>(c));
}

struct NamedCharacter {
  std::string_view name;
  std::string_view bytes;
};

constexpr NamedCharacter kNamedCharacters[] = {
    {"newline", "\n"}, {"space", " "},      {"tab", "\t"},
    {"return", "\r"},  {"backspace", "\b"}, {"formfeed", "\f"},
};

// "\newline" for a line break, "\a" for an a.
std::string CharacterText(std::string_view bytes) {
  for (const NamedCharacter& named : kNamedCharacters) {
    if (named.bytes == bytes)
      return absl::StrCat("\\", std::string(named.name));
  }
  if (bytes.size() == 1 && IsControl(bytes[0])) {
    return absl::StrCat(
        "\\u", absl::Hex(static_cast<unsigned>(bytes[0]), absl::kZeroPad4));
  }
  return absl::StrCat("\\", std::string(bytes));
}

std::optional<uint32_t> CodePoint(std::string_view digits, unsigned base) {
  uint32_t value = 0;
  for (char c : digits) {
    const unsigned digit =
        c <= '9' ? c - '0' : absl::ascii_tolower(c) - 'a' + 10;
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c)) || digit >= base) {
      return std::nullopt;
    }
    value = value * base + digit;
  }
  const bool is_surrogate = value >= 0xd800 && value < 0xe000;
  return is_surrogate ? std::nullopt : std::optional(value);
}

// The character whose name is `word`.
std::optional<std::string> CharacterNamed(std::string_view word) {
  for (const NamedCharacter& named : kNamedCharacters) {
    if (named.name == word) return std::string(named.bytes);
  }
  if (Utf8SequenceLength(word) == word.size()) return std::string(word);
  std::optional<uint32_t> code_point;
  if (word[0] == 'u' && word.size() == 5) {
    code_point = CodePoint(word.substr(1), 16);
  } else if (word[0] == 'o' && word.size() <= 4) {
    code_point = CodePoint(word.substr(1), 8);
  }
  if (!code_point) return std::nullopt;
  char bytes[4];
  return std::string(bytes, EncodeUtf8(*code_point, bytes));
}

EdnValue Leaf(Kind kind, std::string_view text) {
  EdnValue value;
  value.kind = kind;
  value.text = text;
  return value;
}

Kind KindOf(EdnNumberKind kind) {
  switch (kind) {
    case EdnNumberKind::kInteger:
      return Kind::kInteger;
    case EdnNumberKind::kRatio:
      return Kind::kRatio;
    case EdnNumberKind::kFloat:
      return Kind::kFloat;
    case EdnNumberKind::kDecimal:
      break;
  }
  return Kind::kDecimal;
}

bool IsKeyword(std::string_view word) {
  return word.size() > 1 && word[0] == ':' && word[1] != ':' &&
         word.back() != ':';
}

bool IsSymbol(std::string_view word) {
  return word[0] != '\'' && word[0] != ':' &&
         std::none_of(word.begin(), word.end(), IsControl);
}

}  // namespace

std::optional<EdnValue> EdnWord(std::string_view word) {
  if (word.empty()) return std::nullopt;
  if (LooksLikeANumber(word)) {
    const std::optional<EdnNumber> number = CanonicalNumber(word);
    if (!number) return std::nullopt;
    return Leaf(KindOf(number->kind), number->text);
  }
  if (word == "nil") return EdnValue();
  if (word == "true" || word == "false") return Leaf(Kind::kBoolean, word);
  if (IsKeyword(word)) return Leaf(Kind::kKeyword, word);
  if (IsSymbol(word)) return Leaf(Kind::kSymbol, word);
  return std::nullopt;
}

std::optional<EdnValue> EdnCharacter(std::string_view name) {
  const std::optional<std::string> bytes = CharacterNamed(name);
  if (!bytes) return std::nullopt;
  return Leaf(Kind::kCharacter, CharacterText(*bytes));
}

}  // namespace reprise::checker
