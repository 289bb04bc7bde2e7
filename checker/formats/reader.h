// Reads recorded histories, one after the other, from a file or from text.
//
// Guarantees: the text is read as a stream, a block at a time. What is wrong
// with it is an InvalidArgument error that names the source, the line, what was
// found and what was expected; nothing is guessed or left out. A blank line
// ends a history; several of them are like one.
//
//   absl::StatusOr<HistoryReader> reader = HistoryReader::Open("a.jsonl", {});
//   RecordedHistory recorded;
//   for (;;) {
//     absl::StatusOr<bool> more = reader->Next(recorded);
//     if (!more.ok() || !*more) break;
//     Judge(recorded.history);
//   }

#ifndef REPRISE_CHECKER_FORMATS_READER_H_
#define REPRISE_CHECKER_FORMATS_READER_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "reprise/checker/formats/format.h"
#include "reprise/checker/formats/line_reader.h"
#include "reprise/checker/formats/recorded_history.h"

namespace reprise::checker {

class HistoryReader {
 public:
  // `path` may be "-" for standard input. Without a format, the first line
  // that is not blank tells.
  static absl::StatusOr<HistoryReader> Open(const std::string& path,
                                            std::optional<Format> format);
  // The text must outlive the reader. Errors call it `name`.
  static HistoryReader OfText(std::string_view text, const std::string& name,
                              std::optional<Format> format);

  // False where there is no further history. A source without any operation is
  // an error. After an error there is nothing more to read.
  absl::StatusOr<bool> Next(RecordedHistory& recorded);

  // Known after the first Next().
  std::optional<Format> format() const { return format_; }

 private:
  HistoryReader(LineReader lines, std::string name,
                std::optional<Format> format)
      : lines_(std::move(lines)), name_(std::move(name)), format_(format) {}

  bool SkipBlankLines();
  absl::Status Recognise();
  template <typename Records>
  absl::StatusOr<RecordedHistory> ReadRecords();
  absl::Status WithName(const absl::Status& status) const;

  LineReader lines_;
  std::string name_;
  std::optional<Format> format_;
  std::string_view line_;  // the first of the next history
  bool has_histories_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_READER_H_
