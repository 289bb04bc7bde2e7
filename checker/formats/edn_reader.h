// Reads EDN (edn_value.h) and what Clojure prints beside it: records, maps with
// a namespace, ratios, ##Inf, decimals with M, metadata. A value may stand on
// several lines, and several values on one. Commas are blanks. Comments and
// discarded values (#_) are passed over.
//
// Guarantees: text is read as a stream, no further than the line in which the
// value ends. What is no value is an error that names the line, what was found
// there and what was expected. After an error there is nothing more to read.
//
//   LineReader lines = LineReader::OfText("[1, 2]\n{:a 3}");
//   EdnReader reader(lines);
//   EdnValue value;
//   while (reader.HasMore() && reader.Read(value)) Use(value);
//   if (!reader.status().ok()) ...

#ifndef REPRISE_CHECKER_FORMATS_EDN_READER_H_
#define REPRISE_CHECKER_FORMATS_EDN_READER_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/line_reader.h"
#include "reprise/checker/value/edn_value.h"

namespace reprise::checker {

class EdnReader {
 public:
  explicit EdnReader(LineReader& lines) : EdnReader(lines, "") {}
  // Begins with `line`, which was taken from `lines` already.
  EdnReader(LineReader& lines, std::string_view line)
      : lines_(lines), line_(line) {
    CheckLine();
  }

  // Whether a token comes before the end of the text and before the next blank
  // line, on whichever line. A blank line before the first token of all counts
  // as nothing.
  bool HasMore();

  // Takes the next value. False where there is none: see status().
  bool Read(EdnValue& value);
  // Takes values up to the closing bracket, which is taken, too.
  bool ReadElements(char close, EdnValue& collection);

  // Takes `c`, such as a bracket, if it comes next.
  bool TryChar(char c);
  // The next character, behind blanks and comments; kEnd at the end.
  int Next();

  // What has not been read of the line that is being read.
  std::string_view Rest() const { return line_.substr(at_); }
  uint32_t line_number() const;

  // Notes that something else comes next than `expected`. Returns false.
  bool FailExpecting(std::string_view expected);
  const absl::Status& status() const { return status_; }

  static constexpr int kEnd = -1;

 private:
  static constexpr int kDeepest = 100;

  bool SkipIgnored();
  bool SkipDiscarded();
  bool NextLine();
  bool CheckLine();
  int Peek(size_t ahead = 0) const;

  bool ReadInside(EdnValue& value);
  bool ReadMap(EdnValue& value);
  bool ReadString(EdnValue& value);
  bool ReadEscape(std::string& bytes);
  bool ReadCharacter(EdnValue& value);
  bool ReadDispatch(EdnValue& value);
  bool ReadSet(EdnValue& value);
  bool ReadSymbolicNumber(EdnValue& value);
  bool ReadNamespacedMap(EdnValue& value);
  bool ReadTagged(EdnValue& value);
  bool ReadWord(EdnValue& value);
  std::string_view TakeWord();
  bool HexAt(size_t place, uint32_t& code_unit) const;
  bool ExpectDistinct(const EdnValue& collection, size_t step);
  bool Fail(uint32_t line, std::string_view message);

  LineReader& lines_;
  std::string_view line_;
  size_t at_ = 0;
  int depth_ = 0;
  bool has_read_ = false;        // a token
  bool stops_at_blank_ = false;  // lines
  absl::Status status_;
};

// The one value that `text` consists of.
absl::StatusOr<EdnValue> ReadEdn(std::string_view text);

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_EDN_READER_H_
