// Reads recorded histories, one after the other, from a file or from text.
//
// Guarantees: the text is read as a stream, a block at a time. What is wrong
// with it is an InvalidArgument error that names the source, the line, what was
// found and what was expected; nothing is guessed or left out. A blank line
// between operations or events ends a history; several of them are like one. A
// byte order mark at the beginning counts as nothing.
//
//   absl::StatusOr<HistoryReader> reader = HistoryReader::Open("a.jsonl");
//   RecordedHistory recorded;
//   for (;;) {
//     absl::StatusOr<bool> more = reader->Next(recorded);
//     if (!more.ok() || !*more) break;
//     Judge(recorded.history);
//   }

#ifndef REPRISE_CHECKER_FORMATS_READER_H_
#define REPRISE_CHECKER_FORMATS_READER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/byte_source.h"
#include "reprise/checker/formats/call_recording.h"
#include "reprise/checker/formats/format.h"
#include "reprise/checker/formats/line_reader.h"
#include "reprise/checker/formats/reader_options.h"
#include "reprise/checker/formats/recorded_history.h"

namespace reprise::checker {

class HistoryReader {
 public:
  // `path` may be "-" for standard input. Without a format in `options`, the
  // first line that is not blank tells. With `await_more` the file may grow
  // while it is read (byte_source.h).
  static absl::StatusOr<HistoryReader> Open(const std::string& path,
                                            ReaderOptions options = {},
                                            AwaitMore await_more = {});
  // The text must outlive the reader. Errors call it `name`.
  static HistoryReader OfText(std::string_view text, const std::string& name,
                              ReaderOptions options = {});

  // False where there is no further history. A source without any operation is
  // an error. After an error there is nothing more to read.
  absl::StatusOr<bool> Next(RecordedHistory& recorded);

  // The same with operations of any name, for other models than a key/value
  // store. One reader does one or the other.
  absl::StatusOr<bool> NextCalls(CallRecording& recorded);

  // The same for a history that is judged while it comes: hands each of its
  // lines to `take`, with its number, until that answers false. Only json-lines
  // can be read so. The message of an error of `take` begins with the line.
  absl::StatusOr<bool> NextLines(
      absl::FunctionRef<absl::StatusOr<bool>(std::string_view, uint32_t)> take);

  // Known after the first Next().
  std::optional<Format> format() const { return format_; }

 private:
  HistoryReader(LineReader lines, std::string name, ReaderOptions options)
      : lines_(std::move(lines)),
        name_(std::move(name)),
        options_(std::move(options)),
        format_(options_.format) {}

  bool SkipBlankLines();
  absl::StatusOr<bool> NoMore() const;
  absl::Status Recognise();
  // `Reading` says what is made of the text.
  template <typename Reading>
  absl::StatusOr<bool> NextOf(typename Reading::Recorded& recorded);
  // None where there is no further history.
  template <typename Reading>
  absl::StatusOr<std::optional<typename Reading::Recorded>> ReadHistory();
  template <typename Reading>
  absl::StatusOr<std::optional<typename Reading::Recorded>> ReadJsonLines();
  template <typename Reading, typename Events>
  absl::StatusOr<std::optional<typename Reading::Recorded>> ReadEvents(
      Events events);
  absl::Status ExpectFewLines() const;
  absl::Status WithName(const absl::Status& status) const;

  LineReader lines_;
  std::string name_;
  ReaderOptions options_;
  std::optional<Format> format_;
  std::string_view line_;  // the first of the next history
  bool has_histories_ = false;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_READER_H_
