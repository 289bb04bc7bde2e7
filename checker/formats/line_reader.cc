#include "reprise/checker/formats/line_reader.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"

namespace reprise::checker {

absl::StatusOr<LineReader> LineReader::Open(const std::string& path) {
  LineReader reader;
  reader.path_ = path;
  reader.file_ = path == "-" ? dup(STDIN_FILENO)
                             : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (reader.file_ < 0) {
    return absl::NotFoundError(
        absl::StrCat(path, ": cannot be read: ", std::strerror(errno)));
  }
  struct stat about;
  if (fstat(reader.file_, &about) == 0 && S_ISDIR(about.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": found a folder, expected a file"));
  }
  return reader;
}

LineReader LineReader::OfText(std::string_view text, uint64_t lines_before) {
  LineReader reader;
  reader.line_number_ = lines_before;
  reader.begin_ = text.data();
  reader.end_ = text.data() + text.size();
  return reader;
}

LineReader::LineReader(LineReader&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      path_(std::move(other.path_)),
      block_(std::move(other.block_)),
      capacity_(other.capacity_),
      begin_(other.begin_),
      end_(other.end_),
      line_number_(other.line_number_),
      status_(std::move(other.status_)) {}

LineReader::~LineReader() {
  if (file_ >= 0) close(file_);
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
  if (file_ < 0 || !status_.ok()) return false;
  if (static_cast<size_t>(end_ - begin_) >= kLongestLine) {
    status_ = absl::InvalidArgumentError(absl::StrCat(
        path_, ":", line_number_ + 1, ": found a line of more than ",
        kLongestLine, " bytes, expected one operation"));
    return false;
  }
  MakeRoom();
  char* to = block_.get() + (end_ - block_.get());
  ssize_t count;
  do {
    count = read(file_, to, capacity_ - (end_ - block_.get()));
  } while (count < 0 && errno == EINTR);
  if (count < 0) {
    status_ = absl::UnavailableError(
        absl::StrCat(path_, ": cannot be read: ", std::strerror(errno)));
  }
  if (count <= 0) return false;
  end_ += count;
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
