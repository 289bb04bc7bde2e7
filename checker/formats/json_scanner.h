// Reads the JSON that a recorded operation consists of: one flat object of
// strings, integers, true, false and null.
//
// Guarantees: strings are valid UTF-8 with valid escapes and without raw
// control characters, as RFC 8259 asks. After the first error every function
// returns false and error() tells.

#ifndef REPRISE_CHECKER_FORMATS_JSON_SCANNER_H_
#define REPRISE_CHECKER_FORMATS_JSON_SCANNER_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/checker/history/arena.h"

namespace reprise::checker {

class JsonScanner {
 public:
  // Strings with escapes are written to `unescaped`.
  JsonScanner(std::string_view text, Arena& unescaped)
      : at_(text.data()),
        begin_(text.data()),
        end_(text.data() + text.size()),
        unescaped_(unescaped) {}

  // True if the next character that is not blank is `c`; takes it.
  bool TryChar(char c) {
    SkipBlanks();
    if (at_ == end_ || *at_ != c) return false;
    ++at_;
    return true;
  }
  // The same for text that stands right here, blanks or not.
  bool TryText(std::string_view text) {
    const std::string_view rest(at_, end_ - at_);
    if (!rest.starts_with(text)) return false;
    at_ += text.size();
    return true;
  }
  // True if a word such as "null" comes next; takes it.
  bool TryWord(std::string_view word);

  bool ReadString(std::string_view& value);
  bool ReadInteger(int64_t& value);
  // Requires that nothing but blanks is left.
  bool ReadEnd();

  // Notes that something else stands here than `expected`. Returns false.
  bool FailExpecting(std::string_view expected);
  bool FailInString();
  bool Fail(std::string message);
  const std::string& error() const { return error_; }

 private:
  void SkipBlanks() {
    while (at_ != end_ && (*at_ == ' ' || *at_ == '\t')) ++at_;
  }
  bool ReadEscapedString(const char* begin, std::string_view& value);
  bool ReadEscape(char*& to);
  bool ReadUnicodeEscape(char*& to);
  bool ReadHex(uint32_t& value);
  // What stands at `at_`, for a message.
  std::string Found() const;

  const char* at_;
  const char* begin_;
  const char* end_;
  Arena& unescaped_;
  std::string error_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_JSON_SCANNER_H_
