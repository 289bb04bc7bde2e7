#include "reprise/checker/value/edn_value.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/str_join.h"
#include "reprise/checker/value/edn_instant.h"

namespace reprise::checker {
namespace {

using Kind = EdnValue::Kind;

template <typename Integer>
bool ReadInteger(const EdnValue& value, Integer& to) {
  const char* const end = value.text.data() + value.text.size();
  if (value.kind != Kind::kInteger) return false;
  const auto read = std::from_chars(value.text.data(), end, to);
  return read.ec == std::errc() && read.ptr == end;
}

std::vector<std::string> Texts(const std::vector<EdnValue>& values) {
  std::vector<std::string> texts;
  texts.reserve(values.size());
  for (const EdnValue& value : values) texts.push_back(CanonicalText(value));
  return texts;
}

std::string MapText(const EdnValue& map) {
  std::vector<std::string> entries;
  for (size_t key = 0; key + 1 < map.elements.size(); key += 2) {
    entries.push_back(CanonicalText(map.elements[key]) + " " +
                      CanonicalText(map.elements[key + 1]));
  }
  std::sort(entries.begin(), entries.end());
  return "{" + absl::StrJoin(entries, ", ") + "}";
}

std::string TaggedText(const EdnValue& tagged) {
  const EdnValue& value = tagged.elements[0];
  if (value.kind == Kind::kString && tagged.text == "inst") {
    return "#inst " + EdnStringText(CanonicalInstant(value.text));
  }
  if (value.kind == Kind::kString && tagged.text == "uuid") {
    return "#uuid " + EdnStringText(absl::AsciiStrToLower(value.text));
  }
  return "#" + tagged.text + " " + CanonicalText(value);
}

// The letter behind the backslash that writes `c` in a string, or 0.
char LetterOf(char c) {
  static constexpr std::string_view kWritten = "\"\\\b\f\n\r\t";
  static constexpr std::string_view kLetters = "\"\\bfnrt";
  const size_t place = kWritten.find(c);
  return place == kWritten.npos ? '\0' : kLetters[place];
}

}  // namespace

EdnValue EdnValue::Boolean(bool value) {
  return {.kind = Kind::kBoolean, .text = value ? "true" : "false"};
}

EdnValue EdnValue::Integer(int64_t value) {
  return {.kind = Kind::kInteger, .text = absl::StrCat(value)};
}

EdnValue EdnValue::String(std::string_view bytes) {
  return {.kind = Kind::kString, .text = std::string(bytes)};
}

EdnValue EdnValue::Keyword(std::string_view name) {
  return {.kind = Kind::kKeyword, .text = ":" + std::string(name)};
}

EdnValue EdnValue::Vector(std::vector<EdnValue> elements) {
  return {.kind = Kind::kVector, .text = "", .elements = std::move(elements)};
}

EdnValue EdnValue::Set(std::vector<EdnValue> elements) {
  return {.kind = Kind::kSet, .text = "", .elements = std::move(elements)};
}

bool EdnValue::AsInt32(int32_t& to) const { return ReadInteger(*this, to); }

bool EdnValue::AsInt64(int64_t& to) const { return ReadInteger(*this, to); }

std::string CanonicalText(const EdnValue& value) {
  switch (value.kind) {
    case Kind::kString:
      return EdnStringText(value.text);
    case Kind::kVector:
      return "[" + absl::StrJoin(Texts(value.elements), " ") + "]";
    case Kind::kSet: {
      std::vector<std::string> texts = Texts(value.elements);
      std::sort(texts.begin(), texts.end());
      return "#{" + absl::StrJoin(texts, " ") + "}";
    }
    case Kind::kMap:
      return MapText(value);
    case Kind::kTagged:
      return TaggedText(value);
    case Kind::kNil:
    case Kind::kBoolean:
    case Kind::kInteger:
    case Kind::kRatio:
    case Kind::kFloat:
    case Kind::kDecimal:
    case Kind::kCharacter:
    case Kind::kKeyword:
    case Kind::kSymbol:
      break;
  }
  return value.text;
}

std::string EdnStringText(std::string_view bytes) {
  std::string text = "\"";
  for (char c : bytes) {
    if (const char letter = LetterOf(c); letter != '\0') {
      text += {'\\', letter};
    } else if (absl::ascii_iscntrl(static_cast<unsigned char>(c))) {
      absl::StrAppendFormat(&text, "\\u%04x", static_cast<unsigned>(c));
    } else {
      text.push_back(c);
    }
  }
  return text + "\"";
}

bool IsSame(const EdnValue& a, const EdnValue& b) {
  return a.kind == b.kind && CanonicalText(a) == CanonicalText(b);
}

bool ContainsNaN(const EdnValue& value) {
  return (value.kind == Kind::kFloat && value.text == "##NaN") ||
         std::any_of(value.elements.begin(), value.elements.end(), ContainsNaN);
}

}  // namespace reprise::checker
