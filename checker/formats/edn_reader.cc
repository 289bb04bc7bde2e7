#include "reprise/checker/formats/edn_reader.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "reprise/checker/formats/edn_word.h"
#include "reprise/checker/formats/line_error.h"
#include "reprise/checker/value/edn_instant.h"
#include "reprise/text/utf8.h"

namespace reprise::checker {
namespace {

using Kind = EdnValue::Kind;

bool IsBlank(char c) {
  return c == ' ' || c == ',' || c == '\t' || c == '\r' || c == '\f' ||
         c == '\v';
}

bool IsBlankLine(std::string_view line) {
  return std::all_of(line.begin(), line.end(), IsBlank);
}

bool EndsWord(char c) {
  return IsBlank(c) ||
         std::string_view("\"()[]{};\\^@`~").find(c) != std::string_view::npos;
}

void AppendUtf8(uint32_t code_point, std::string& to) {
  char bytes[4];
  to.append(bytes, EncodeUtf8(code_point, bytes) - bytes);
}

// A key of #:space{...}: :a is :space/a, and :_/a is :a.
void PutInNamespace(std::string_view space, EdnValue& key) {
  if (key.kind != Kind::kKeyword && key.kind != Kind::kSymbol) return;
  const std::string colon = key.kind == Kind::kKeyword ? ":" : "";
  const std::string name = key.text.substr(colon.size());
  if (name.starts_with("_/")) {
    key.text = colon + name.substr(2);
  } else if (name.find('/') == name.npos || name == "/") {
    key.text = colon + std::string(space) + "/" + name;
  }
}

}  // namespace

bool EdnReader::HasMore() {
  stops_at_blank_ = has_read_;
  const bool has_more = SkipIgnored();
  stops_at_blank_ = false;
  return has_more;
}

bool EdnReader::Read(EdnValue& value) {
  if (!SkipIgnored()) return FailExpecting("a value");
  has_read_ = true;
  if (depth_ == kDeepest) return FailExpecting("less deeply nested data");
  ++depth_;
  const uint32_t line = line_number();
  const auto column = static_cast<uint32_t>(at_ + 1);
  const bool is_read = ReadInside(value);
  --depth_;
  value.line = line;
  value.column = column;
  return is_read;
}

bool EdnReader::TryChar(char c) {
  if (Next() != c) return false;
  has_read_ = true;
  ++at_;
  return true;
}

int EdnReader::Next() { return SkipIgnored() ? Peek() : kEnd; }

// Goes to the next token. False at the end of the text or after an error; where
// stops_at_blank_, also behind a blank line.
bool EdnReader::SkipIgnored() {
  while (status_.ok()) {
    if (at_ == line_.size()) {
      if (!NextLine()) return false;
      if (stops_at_blank_ && IsBlankLine(line_)) return false;
    } else if (IsBlank(line_[at_])) {
      ++at_;
    } else if (line_[at_] == ';') {
      at_ = line_.size();
    } else if (line_[at_] == '#' && Peek(1) == '_') {
      if (!SkipDiscarded()) return false;
    } else {
      return true;
    }
  }
  return false;
}

bool EdnReader::SkipDiscarded() {
  if (depth_ == kDeepest) return FailExpecting("less deeply nested data");
  at_ += 2;
  ++depth_;
  const bool stops_at_blank = std::exchange(stops_at_blank_, false);
  const bool has_read = has_read_;
  EdnValue discarded;
  const bool is_read = Read(discarded);
  --depth_;
  stops_at_blank_ = stops_at_blank;
  has_read_ = has_read;
  return is_read;
}

bool EdnReader::NextLine() {
  if (!lines_.Next(line_)) {
    if (status_.ok()) status_ = lines_.status();
    line_ = "";
    at_ = 0;
    return false;
  }
  return CheckLine();
}

bool EdnReader::CheckLine() {
  at_ = 0;
  if (IsUtf8(line_)) return true;
  while (const size_t length = Utf8SequenceLength(line_.substr(at_))) {
    at_ += length;
  }
  return FailExpecting("UTF-8 text");
}

int EdnReader::Peek(size_t ahead) const {
  const size_t place = at_ + ahead;
  return place < line_.size() ? static_cast<unsigned char>(line_[place]) : kEnd;
}

bool EdnReader::ReadInside(EdnValue& value) {
  value = EdnValue();
  switch (line_[at_]) {
    case '"':
      return ReadString(value);
    case '[':
      ++at_;
      return ReadElements(']', value);
    case '(':
      ++at_;
      return ReadElements(')', value);
    case '{':
      ++at_;
      return ReadMap(value);
    case '\\':
      return ReadCharacter(value);
    case '#':
      return ReadDispatch(value);
    case '^': {  // metadata, which equality ignores
      ++at_;
      EdnValue meta;
      return Read(meta) && Read(value);
    }
    default:
      return ReadWord(value);
  }
}

bool EdnReader::ReadElements(char close, EdnValue& collection) {
  collection.kind = Kind::kVector;
  while (!TryChar(close)) {
    if (Next() == kEnd) {
      return FailExpecting(absl::StrCat("'", std::string(1, close), "'"));
    }
    if (!Read(collection.elements.emplace_back())) return false;
  }
  return true;
}

bool EdnReader::ReadMap(EdnValue& value) {
  if (!ReadElements('}', value)) return false;
  value.kind = Kind::kMap;
  if (value.elements.size() % 2 != 0) {
    const EdnValue& key = value.elements.back();
    return Fail(key.line, "found the key " + Excerpt(CanonicalText(key)) +
                              " alone, expected a value behind it");
  }
  return ExpectDistinct(value, 2);
}

// Of the elements every `step`-th may stand there only once.
bool EdnReader::ExpectDistinct(const EdnValue& collection, size_t step) {
  std::vector<std::pair<std::string, size_t>> texts;
  for (size_t place = 0; place < collection.elements.size(); place += step) {
    texts.emplace_back(CanonicalText(collection.elements[place]), place);
  }
  std::sort(texts.begin(), texts.end());
  for (size_t i = 1; i < texts.size(); ++i) {
    if (texts[i].first != texts[i - 1].first) continue;
    return Fail(
        collection.elements[texts[i].second].line,
        "found " + Excerpt(texts[i].first) + " twice, expected it once");
  }
  return true;
}

bool EdnReader::ReadString(EdnValue& value) {
  const uint32_t line = line_number();
  value.kind = Kind::kString;
  value.text.clear();
  for (++at_; Peek() != '"';) {
    if (at_ == line_.size()) {
      value.text.push_back('\n');
      if (!NextLine()) {
        return Fail(line,
                    "found a string without end, expected '\"' behind it");
      }
    } else if (line_[at_] == '\\') {
      if (!ReadEscape(value.text)) return false;
    } else {
      value.text.push_back(line_[at_++]);
    }
  }
  ++at_;
  return true;
}

bool EdnReader::ReadEscape(std::string& bytes) {
  static constexpr std::string_view kLetters = "\"\\bfnrt";
  static constexpr std::string_view kMeant = "\"\\\b\f\n\r\t";
  const int letter = Peek(1);
  const size_t place =
      letter == kEnd ? kLetters.npos : kLetters.find(static_cast<char>(letter));
  if (place != kLetters.npos) {
    bytes.push_back(kMeant[place]);
    at_ += 2;
    return true;
  }
  uint32_t code_point = 0;
  if (letter >= '0' && letter <= '7') {
    ++at_;
    for (int digits = 0; digits < 3 && Peek() >= '0' && Peek() <= '7';
         ++digits) {
      code_point = code_point * 8 + (line_[at_++] - '0');
    }
    if (code_point > 0377) return FailExpecting("\\377 at most before it");
    AppendUtf8(code_point, bytes);
    return true;
  }
  if (!HexAt(at_, code_point)) {
    return FailExpecting("an escape, such as \\n or \\u00e9");
  }
  uint32_t low = 0;
  if (code_point >= 0xd800 && code_point < 0xdc00 && HexAt(at_ + 6, low) &&
      low >= 0xdc00 && low < 0xe000) {
    at_ += 6;
    code_point = 0x10000 + ((code_point - 0xd800) << 10) + (low - 0xdc00);
  }
  if (code_point >= 0xd800 && code_point < 0xe000) {
    return FailExpecting("a pair of surrogates");
  }
  at_ += 6;
  AppendUtf8(code_point, bytes);
  return true;
}

// Whether an escape of four hexadecimal digits stands at `place`.
bool EdnReader::HexAt(size_t place, uint32_t& code_unit) const {
  const std::string_view text = line_.substr(std::min(place, line_.size()), 6);
  if (text.size() < 6 || !text.starts_with("\\u")) return false;
  code_unit = 0;
  for (char c : text.substr(2)) {
    if (!absl::ascii_isxdigit(static_cast<unsigned char>(c))) return false;
    code_unit = code_unit * 16 +
                (c <= '9' ? c - '0' : absl::ascii_tolower(c) - 'a' + 10);
  }
  return true;
}

bool EdnReader::ReadCharacter(EdnValue& value) {
  const size_t begin = at_ + 1;
  if (begin == line_.size()) return FailExpecting("a character behind it");
  size_t end = begin + Utf8SequenceLength(line_.substr(begin));
  while (end < line_.size() && !EndsWord(line_[end])) ++end;
  std::optional<EdnValue> found =
      EdnCharacter(line_.substr(begin, end - begin));
  if (!found) return FailExpecting("a character, such as \\a or \\newline");
  at_ = end;
  value = *std::move(found);
  return true;
}

bool EdnReader::ReadDispatch(EdnValue& value) {
  const int next = Peek(1);
  if (next == '{') return ReadSet(value);
  if (next == '#') return ReadSymbolicNumber(value);
  if (next == ':') return ReadNamespacedMap(value);
  const bool is_tag = next == '_' || next >= 0x80 || absl::ascii_isalpha(next);
  if (!is_tag) return FailExpecting("a value of EDN");
  return ReadTagged(value);
}

bool EdnReader::ReadSet(EdnValue& value) {
  at_ += 2;
  if (!ReadElements('}', value)) return false;
  value.kind = Kind::kSet;
  return ExpectDistinct(value, 1);
}

bool EdnReader::ReadSymbolicNumber(EdnValue& value) {
  const std::string_view word = TakeWord();
  if (word == "##Inf" || word == "##-Inf" || word == "##NaN") {
    value.kind = Kind::kFloat;
    value.text = word;
    return true;
  }
  at_ -= word.size();
  return FailExpecting("##Inf, ##-Inf or ##NaN");
}

bool EdnReader::ReadNamespacedMap(EdnValue& value) {
  const std::string space(TakeWord().substr(2));
  if (space.empty() || space[0] == ':' || Next() != '{') {
    return FailExpecting("a map with a namespace, such as #:a{:b 1}");
  }
  ++at_;
  if (!ReadMap(value)) return false;
  for (size_t key = 0; key < value.elements.size(); key += 2) {
    PutInNamespace(space, value.elements[key]);
  }
  return ExpectDistinct(value, 2);
}

bool EdnReader::ReadTagged(EdnValue& value) {
  const uint32_t line = line_number();
  const std::string tag(TakeWord().substr(1));
  value.kind = Kind::kTagged;
  value.text = tag;
  EdnValue& tagged = value.elements.emplace_back();
  if (!Read(tagged)) return false;
  if (tag == "inst" &&
      !(tagged.kind == Kind::kString && IsInstant(tagged.text))) {
    return Fail(line, "found #inst " + Excerpt(CanonicalText(tagged)) +
                          ", expected a time in quotes");
  }
  return true;
}

bool EdnReader::ReadWord(EdnValue& value) {
  const std::string_view word = TakeWord();
  std::optional<EdnValue> found = EdnWord(word);
  if (!found) {
    at_ -= word.size();
    return FailExpecting("a value of EDN");
  }
  value = *std::move(found);
  return true;
}

std::string_view EdnReader::TakeWord() {
  const size_t begin = at_;
  while (at_ < line_.size() && !EndsWord(line_[at_])) ++at_;
  return line_.substr(begin, at_ - begin);
}

bool EdnReader::FailExpecting(std::string_view expected) {
  const std::string_view rest = line_.substr(at_);
  const std::string found =
      rest.empty()
          ? "the end of the text"
          : absl::StrCat(Excerpt(rest.substr(0, 24)), " in column ", at_ + 1);
  return Fail(line_number(),
              "found " + found + ", expected " + std::string(expected));
}

bool EdnReader::Fail(uint32_t line, std::string_view message) {
  if (status_.ok()) status_ = LineError(line, message);
  return false;
}

uint32_t EdnReader::line_number() const {
  return static_cast<uint32_t>(lines_.line_number());
}

absl::StatusOr<EdnValue> ReadEdn(std::string_view text) {
  LineReader lines = LineReader::OfText(text);
  EdnReader reader(lines);
  EdnValue value;
  if (reader.Read(value) && reader.Next() != EdnReader::kEnd) {
    reader.FailExpecting("the end of the text");
  }
  if (!reader.status().ok()) return reader.status();
  return value;
}

}  // namespace reprise::checker
