// Text from a file (byte_source.h), a pipe or memory, a line at a time.
//
// Guarantees: holds one block of text and the line that is being read, never
// more; a last line without a line break is a line; "\r\n" ends a line as
// "\n" does.
//
//   absl::StatusOr<LineReader> lines = LineReader::Open("history.jsonl");
//   std::string_view line;
//   while (lines->Next(line)) Use(lines->line_number(), line);
//   if (!lines->status().ok()) ...

#ifndef REPRISE_CHECKER_FORMATS_LINE_READER_H_
#define REPRISE_CHECKER_FORMATS_LINE_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/byte_source.h"

namespace reprise::checker {

class LineReader {
 public:
  // A file by its path, or standard input if it is "-". With `await_more` it
  // may grow while it is read (byte_source.h): the end of the text is where
  // that answers false.
  static absl::StatusOr<LineReader> Open(const std::string& path,
                                         AwaitMore await_more = {});
  // The text must outlive the reader. Its lines are numbered from
  // `lines_before` + 1 on.
  static LineReader OfText(std::string_view text, uint64_t lines_before = 0);

  LineReader(LineReader&&) = default;
  LineReader& operator=(LineReader&&) = delete;

  // False at the end of the text, or where it could not be read; then status()
  // tells. `line` is valid until the next call.
  bool Next(std::string_view& line) {
    const std::string_view rest(begin_, end_ - begin_);
    const size_t size = rest.find('\n');
    if (size == rest.npos) return NextAcrossBlocks(line);
    Take(size, 1, line);
    return true;
  }

  // Of the line that Next() returned last; the first is 1.
  uint64_t line_number() const { return line_number_; }
  const absl::Status& status() const { return status_; }

  // The most bytes of text that were in memory at one time so far.
  size_t MemoryBytes() const { return capacity_; }

 private:
  static constexpr size_t kBlock = size_t{1} << 18;
  static constexpr size_t kLongestLine = size_t{1} << 30;

  LineReader() = default;

  void Take(size_t size, size_t line_break, std::string_view& line) {
    line = std::string_view(begin_, size);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    begin_ += size + line_break;
    ++line_number_;
  }
  bool NextAcrossBlocks(std::string_view& line);
  bool ReadMore();
  void MakeRoom();

  std::optional<ByteSource> source_;  // none for text in memory
  std::string path_;
  std::unique_ptr<char[]> block_;
  size_t capacity_ = 0;
  const char* begin_ = nullptr;  // what is not yet taken
  const char* end_ = nullptr;
  uint64_t line_number_ = 0;
  absl::Status status_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_LINE_READER_H_
