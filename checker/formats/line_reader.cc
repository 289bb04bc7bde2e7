#include "reprise/checker/formats/line_reader.h"

#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace reprise::checker {

absl::StatusOr<LineReader> LineReader::Open(const std::string& path,
                                            AwaitMore await_more) {
  absl::StatusOr<ByteSource> source =
      ByteSource::Open(path, std::move(await_more));
  if (!source.ok()) return source.status();
  LineReader reader;
  reader.path_ = path;
  reader.source_.emplace(*std::move(source));
  return reader;
}

LineReader LineReader::OfText(std::string_view text, uint64_t lines_before) {
  LineReader reader;
  reader.line_number_ = lines_before;
  reader.begin_ = text.data();
  reader.end_ = text.data() + text.size();
  return reader;
}

bool LineReader::NextAcrossBlocks(std::string_view& line) {
  size_t searched = 0;
  for (;;) {
    const std::string_view rest(begin_, end_ - begin_);
    const size_t size = rest.find('\n', searched);
    if (size != rest.npos) {
      Take(size, 1, line);
      return true;
    }
    searched = rest.size();
    if (ReadMore()) continue;
    if (!status_.ok() || begin_ == end_) return false;
    Take(end_ - begin_, 0, line);
    return true;
  }
}

// False at the end of the file and where it cannot be read.
bool LineReader::ReadMore() {
  if (!source_ || !status_.ok()) return false;
  if (static_cast<size_t>(end_ - begin_) >= kLongestLine) {
    status_ = absl::InvalidArgumentError(absl::StrCat(
        path_, ":", line_number_ + 1, ": found a line of more than ",
        kLongestLine, " bytes, expected one operation"));
    return false;
  }
  MakeRoom();
  char* to = block_.get() + (end_ - block_.get());
  const absl::StatusOr<size_t> count =
      source_->Read(to, capacity_ - (end_ - block_.get()));
  if (!count.ok()) status_ = count.status();
  if (!count.ok() || *count == 0) return false;
  end_ += *count;
  return true;
}

// Moves what is left to the front of a block that has room behind it.
void LineReader::MakeRoom() {
  const size_t left = end_ - begin_;
  if (left * 2 >= capacity_) {
    const size_t capacity = capacity_ == 0 ? kBlock : capacity_ * 2;
    std::unique_ptr<char[]> block(new char[capacity]);
    if (left > 0) std::memcpy(block.get(), begin_, left);
    block_ = std::move(block);
    capacity_ = capacity;
  } else if (left > 0) {
    std::memmove(block_.get(), begin_, left);
  }
  begin_ = block_.get();
  end_ = begin_ + left;
}

}  // namespace reprise::checker
