// Reads EDN, the notation in which Clojure writes data
// (https://github.com/edn-format/edn), as far as recorded histories need it.
//
// Guarantees: strings are valid UTF-8 with valid escapes. After the first error
// every function returns false and error() tells what was found and expected.
//
//   EdnScanner scanner(line, unescaped);
//   EdnValue value;
//   while (scanner.Read(value)) ...

#ifndef REPRISE_CHECKER_FORMATS_EDN_H_
#define REPRISE_CHECKER_FORMATS_EDN_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/checker/history/arena.h"

namespace reprise::checker {

struct EdnValue {
  enum class Kind : uint8_t {
    kNil,
    kInteger,
    kString,
    kKeyword,  // :ok
    kVector,   // or list
    kOther,    // anything else: a map, a set, a float, true, a symbol, ...
  };

  Kind kind = Kind::kNil;
  // As it stands in the line; of a vector all between its brackets.
  std::string_view text = {};
  // A string's bytes, without quotes and escapes.
  std::string_view bytes = {};
  int64_t integer = 0;
};

class EdnScanner {
 public:
  EdnScanner(std::string_view text, Arena& unescaped)
      : at_(text.data()),
        begin_(text.data()),
        end_(text.data() + text.size()),
        unescaped_(unescaped) {}

  // True if `c` comes next; takes it.
  bool TryChar(char c);
  bool Read(EdnValue& value) { return ReadNested(value, 0); }
  bool AtEnd();

  // Notes that something else stands here than `expected`. Returns false.
  bool FailExpecting(std::string_view expected);
  const std::string& error() const { return error_; }

 private:
  static constexpr int kDeepest = 100;

  bool ReadNested(EdnValue& value, int depth);
  bool ReadString(EdnValue& value);
  bool ReadEscape(char*& to);
  bool ReadCollection(char close, EdnValue& value, int depth);
  bool ReadTagged(EdnValue& value, int depth);
  bool ReadWord(EdnValue& value);
  void SkipBlanks();
  std::string_view Since(const char* begin) const {
    return {begin, static_cast<size_t>(at_ - begin)};
  }

  const char* at_;
  const char* begin_;
  const char* end_;
  Arena& unescaped_;
  std::string error_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_EDN_H_
