// The bytes of a file or of standard input. What is packed with gzip or zstd is
// unpacked; the content tells, whatever the name is.
//
// Guarantees: unpacks as a stream. Where packed content is damaged or ends too
// early, that is an error, never a shorter text.
//
// A file that grows while it is read can be waited for, if it is not packed:
// its end, and a pipe in which there is nothing for the moment, are not the end
// of the bytes before `await_more` says so. Standard input ends where it ends,
// whatever it is. A file that shrinks is an error.
//
//   absl::StatusOr<ByteSource> source = ByteSource::Open("history.edn.gz");
//   absl::StatusOr<size_t> count = source->Read(block, sizeof(block));

#ifndef REPRISE_CHECKER_FORMATS_BYTE_SOURCE_H_
#define REPRISE_CHECKER_FORMATS_BYTE_SOURCE_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/checker/formats/unpackers.h"

namespace reprise::checker {

// Waits a moment for more bytes. False where they are not to be waited for any
// longer.
using AwaitMore = std::function<bool()>;

class ByteSource {
 public:
  // A file by its path, or standard input if it is "-".
  static absl::StatusOr<ByteSource> Open(const std::string& path,
                                         AwaitMore await_more = {});

  ByteSource(ByteSource&& other) noexcept;
  ByteSource& operator=(ByteSource&&) = delete;
  ~ByteSource();

  // How many bytes were put at `to`, `size` at most; 0 at the end. Requires
  // that `size` is at least 4.
  absl::StatusOr<size_t> Read(char* to, size_t size);

 private:
  ByteSource(std::string path, AwaitMore await_more)
      : path_(std::move(path)), await_more_(std::move(await_more)) {}

  absl::StatusOr<size_t> ReadGrowing(char* to, size_t size);
  absl::Status ExpectNotShorter() const;
  absl::StatusOr<size_t> ReadFile(char* to, size_t size);
  absl::StatusOr<size_t> ReadNow(char* to, size_t size);
  absl::StatusOr<size_t> ReadFirst(char* to, size_t size);
  absl::StatusOr<size_t> Unpack(char* to, size_t size);
  absl::Status Damaged(const std::string& why) const;

  std::string path_;
  AwaitMore await_more_;  // none where the file does not grow
  bool is_file_ = false;  // and neither a pipe nor standard input
  int file_ = -1;
  bool has_begun_ = false;
  std::unique_ptr<Unpacker> unpacker_;  // none where nothing is packed
  std::vector<char> packed_;
  size_t packed_begin_ = 0;
  size_t packed_end_ = 0;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_FORMATS_BYTE_SOURCE_H_
