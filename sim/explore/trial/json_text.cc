#include "reprise/sim/explore/trial/json_text.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/trial/echo.h"
#include "reprise/text/utf8.h"

namespace reprise {
namespace {

using Json = nlohmann::json;

// Walks over a text and counts how far the parser has come.
class CountingIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  CountingIterator(const char* at, size_t* passed) : at_(at), passed_(passed) {}

  reference operator*() const { return *at_; }
  CountingIterator& operator++() {
    ++at_;
    ++*passed_;
    return *this;
  }
  friend bool operator==(const CountingIterator& a, const CountingIterator& b) {
    return a.at_ == b.at_;
  }

 private:
  const char* at_;
  size_t* passed_;
};

// Finds the place at which a text stops to be JSON, and keys that an object
// gives twice.
class Inspection final : public nlohmann::json_sax<Json> {
 public:
  explicit Inspection(std::string_view text) : text_(text) {
    Json::sax_parse(CountingIterator(text.data(), &passed_),
                    CountingIterator(text.data() + text.size(), &passed_),
                    static_cast<nlohmann::json_sax<Json>*>(this));
  }

  const absl::Status& status() const { return status_; }

 private:
  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_array(size_t) override { return true; }
  bool end_array() override { return true; }

  bool start_object(size_t) override {
    open_.emplace_back();
    return true;
  }
  bool end_object() override {
    open_.pop_back();
    return true;
  }

  bool key(string_t& name) override {
    const auto [first, is_new] = open_.back().emplace(name, passed_);
    if (is_new) return true;
    const auto line = LineOf(first->second);
    const auto again = LineOf(passed_);
    status_ = absl::InvalidArgumentError(
        line == again
            ? absl::StrFormat("\"%s\" is given twice in line %d", Echo(name),
                              line)
            : absl::StrFormat("\"%s\" is given twice, in line %d and in line "
                              "%d",
                              Echo(name), line, again));
    return false;
  }

  bool parse_error(size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    status_ = absl::InvalidArgumentError(
        position > text_.size()
            ? "not JSON, or cut short"
            : absl::StrCat("not JSON from line ", LineOf(position), " on"));
    return false;
  }

  std::ptrdiff_t LineOf(size_t position) const {
    return std::count(text_.begin(), text_.begin() + position, '\n') + 1;
  }

  std::string_view text_;
  size_t passed_ = 0;
  // Of each object that is open: its keys, and where each ends.
  std::vector<std::map<std::string, size_t>> open_;
  absl::Status status_;
};

// Stands for the byte 0.
constexpr uint32_t kFirstByteCharacter = 0x10FF00;
// In UTF-8.
constexpr size_t kByteCharacterSize = 4;

// The byte that the character at the beginning of `text` stands for. None: it
// stands for itself.
std::optional<unsigned char> ByteAt(std::string_view text) {
  if (Utf8SequenceLength(text) != kByteCharacterSize) return std::nullopt;
  const uint32_t character = DecodeUtf8(text.substr(0, kByteCharacterSize));
  if (character < kFirstByteCharacter) return std::nullopt;
  return static_cast<unsigned char>(character - kFirstByteCharacter);
}

// How many bytes at the beginning of `text` stand for themselves.
size_t PlainBytes(std::string_view text) {
  size_t plain = 0;
  while (plain < text.size()) {
    const std::string_view rest = text.substr(plain);
    const size_t length = Utf8SequenceLength(rest);
    if (length == 0 || ByteAt(rest)) break;
    plain += length;
  }
  return plain;
}

}  // namespace

std::string QuoteForJson(std::string_view text) {
  std::string quoted = "\"";
  for (;;) {
    const size_t plain = PlainBytes(text);
    const std::string part = Json(text.substr(0, plain)).dump();
    quoted.append(part, 1, part.size() - 2);
    if (plain == text.size()) return quoted + "\"";
    // The surrogates of the character.
    absl::StrAppendFormat(&quoted, "\\udbff\\udf%02x",
                          static_cast<unsigned char>(text[plain]));
    text.remove_prefix(plain + 1);
  }
}

std::string TextOf(std::string_view read) {
  std::string text;
  for (;;) {
    const size_t plain = PlainBytes(read);
    text += read.substr(0, plain);
    if (plain == read.size()) return text;
    read.remove_prefix(plain);
    text += static_cast<char>(*ByteAt(read));
    read.remove_prefix(kByteCharacterSize);
  }
}

absl::StatusOr<nlohmann::json> ParseJson(std::string_view text) {
  const Inspection inspection(text);
  if (!inspection.status().ok()) return inspection.status();
  return Json::parse(text, nullptr, /*allow_exceptions=*/false);
}

}  // namespace reprise
