#include "reprise/checker/formats/byte_source.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "absl/strings/str_cat.h"

namespace reprise::checker {
namespace {

constexpr size_t kPackedBlock = size_t{1} << 16;

// Enough to tell how the rest is packed.
constexpr size_t kMagic = 4;

}  // namespace

absl::StatusOr<ByteSource> ByteSource::Open(const std::string& path,
                                            AwaitMore await_more) {
  ByteSource source(path, std::move(await_more));
  source.file_ = path == "-" ? dup(STDIN_FILENO)
                             : open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (source.file_ < 0) {
    return absl::NotFoundError(
        absl::StrCat(path, ": cannot be read: ", std::strerror(errno)));
  }
  struct stat about;
  if (fstat(source.file_, &about) != 0) return source;
  if (S_ISDIR(about.st_mode)) {
    return absl::InvalidArgumentError(
        absl::StrCat(path, ": found a folder, expected a file"));
  }
  source.is_file_ = path != "-" && S_ISREG(about.st_mode);
  return source;
}

ByteSource::ByteSource(ByteSource&& other) noexcept
    : path_(std::move(other.path_)),
      await_more_(std::move(other.await_more_)),
      is_file_(other.is_file_),
      file_(std::exchange(other.file_, -1)),
      has_begun_(other.has_begun_),
      unpacker_(std::move(other.unpacker_)),
      packed_(std::move(other.packed_)),
      packed_begin_(other.packed_begin_),
      packed_end_(other.packed_end_) {}

ByteSource::~ByteSource() {
  if (file_ >= 0) close(file_);
}

absl::StatusOr<size_t> ByteSource::Read(char* to, size_t size) {
  if (!has_begun_) {
    has_begun_ = true;
    return ReadFirst(to, size);
  }
  return unpacker_ == nullptr ? ReadFile(to, size) : Unpack(to, size);
}

absl::StatusOr<size_t> ByteSource::ReadFile(char* to, size_t size) {
  return await_more_ ? ReadGrowing(to, size) : ReadNow(to, size);
}

absl::StatusOr<size_t> ByteSource::ReadGrowing(char* to, size_t size) {
  for (;;) {
    struct pollfd pipe = {.fd = file_, .events = POLLIN, .revents = 0};
    if (is_file_ || poll(&pipe, 1, /*timeout=*/0) != 0) {
      const absl::StatusOr<size_t> count = ReadNow(to, size);
      if (!count.ok() || *count > 0 || !is_file_) return count;
      absl::Status status = ExpectNotShorter();
      if (!status.ok()) return status;
    }
    if (!await_more_()) return 0;
  }
}

absl::Status ByteSource::ExpectNotShorter() const {
  struct stat about;
  const off_t read = lseek(file_, 0, SEEK_CUR);
  if (fstat(file_, &about) != 0 || about.st_size >= read) {
    return absl::OkStatus();
  }
  return absl::InvalidArgumentError(
      absl::StrCat(path_, ": found ", about.st_size, " bytes where ", read,
                   " were read before, expected a file that grows"));
}

absl::StatusOr<size_t> ByteSource::ReadNow(char* to, size_t size) {
  ssize_t count;
  do {
    count = read(file_, to, size);
  } while (count < 0 && errno == EINTR);
  if (count >= 0) return static_cast<size_t>(count);
  return absl::UnavailableError(
      absl::StrCat(path_, ": cannot be read: ", std::strerror(errno)));
}

absl::StatusOr<size_t> ByteSource::ReadFirst(char* to, size_t size) {
  size_t read = 0;
  while (read < kMagic) {
    const absl::StatusOr<size_t> count = ReadFile(to + read, size - read);
    if (!count.ok()) return count.status();
    if (*count == 0) break;
    read += *count;
  }
  unpacker_ = UnpackerOf(std::string_view(to, read));
  if (unpacker_ == nullptr) return read;
  if (await_more_) {
    return absl::InvalidArgumentError(
        path_ +
        ": found packed content, expected plain text, as it is to be "
        "followed");
  }
  packed_.assign(to, to + read);
  packed_end_ = read;
  return Unpack(to, size);
}

absl::StatusOr<size_t> ByteSource::Unpack(char* to, size_t size) {
  for (;;) {
    if (packed_begin_ == packed_end_) {
      packed_.resize(kPackedBlock);
      const absl::StatusOr<size_t> count =
          ReadFile(packed_.data(), packed_.size());
      if (!count.ok()) return count.status();
      packed_begin_ = 0;
      packed_end_ = *count;
    }
    const size_t left = packed_end_ - packed_begin_;
    const absl::StatusOr<Unpacker::Step> step =
        unpacker_->Unpack({packed_.data() + packed_begin_, left}, to, size);
    if (!step.ok()) return Damaged(std::string(step.status().message()));
    packed_begin_ += step->taken;
    if (step->given > 0) return step->given;
    if (left > 0 && step->taken == 0) return Damaged("it goes nowhere");
    if (left > 0) continue;
    if (unpacker_->IsComplete()) return 0;
    return Damaged("it ends too early");
  }
}

absl::Status ByteSource::Damaged(const std::string& why) const {
  return absl::InvalidArgumentError(
      absl::StrCat(path_, ": found packed content that cannot be unpacked (",
                   why, "), expected a whole file"));
}

}  // namespace reprise::checker
