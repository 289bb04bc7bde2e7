// Frames: how messages cross a TCP connection.
//
//   frame   length 4 | kind 1 | status 1 | name length 2 | call 8 | checksum 8
//   |
//           name | payload
//
// All numbers are little-endian. The length is that of name and payload. The
// checksum (XXH3) covers all but itself, so that what a broken middlebox or
// memory garbles is noticed; it does not tell what someone forged.
//
//   std::string out;
//   AppendFrame({.kind = FrameKind::kRequest, .call = 7, .name = "kv",
//                .payload = request}, out);
//
//   FrameReader reader(limits.message_bytes);
//   std::span<char> space = reader.Space(64 << 10);
//   reader.Add(read(fd, space.data(), space.size()));
//   while (true) {
//     absl::StatusOr<std::optional<Frame>> frame = reader.Next();
//     if (!frame.ok()) Close(frame.status());
//     if (!frame->has_value()) break;
//   }

#ifndef REPRISE_SIM_REAL_FRAME_H_
#define REPRISE_SIM_REAL_FRAME_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace reprise {

// The numbers are what crosses the network.
enum class FrameKind : uint8_t {
  kHello = 1,    // The first of a connection; `name` is the caller's own.
  kRequest = 2,  // Asks for a reply with the same `call`.
  kMessage = 3,  // Asks for none.
  kReply = 4,    // `status` tells how it went; if not OK, the payload says why.
};

// The texts are views, of what is to be sent or of the reader's memory.
struct Frame {
  FrameKind kind = FrameKind::kMessage;
  absl::StatusCode status = absl::StatusCode::kOk;
  uint64_t call = 0;
  std::string_view name = {};
  std::string_view payload = {};

  friend bool operator==(const Frame&, const Frame&) = default;
};

inline constexpr size_t kFrameHeaderBytes = 24;
inline constexpr size_t kFrameNameBytesMax = UINT16_MAX;

// What the payload of a hello is. Peers of other versions are refused.
inline constexpr std::string_view kFrameProtocol = "reprise 1";

// Requires that the name has at most kFrameNameBytesMax bytes, and the name and
// the payload together fewer than 2^32.
void AppendFrame(const Frame& frame, std::string& out);

// Cuts a stream of bytes into frames. Takes time linear in the stream's length,
// and memory of at most twice what has come of a frame and the space asked for.
class FrameReader {
 public:
  // `bytes_max` is what a name and a payload have together at most.
  explicit FrameReader(size_t bytes_max) : bytes_max_(bytes_max) {}

  // Where the next bytes of the stream are to be put, `size` of them or more.
  // Frames that Next returned are gone.
  std::span<char> Space(size_t size);
  // The first `size` bytes of that space are filled.
  void Add(size_t size) { end_ += size; }

  // The next frame, valid until the next call of Space; none: it is not whole
  // yet. Errors: InvalidArgument for what is no frame, ResourceExhausted for
  // one that is too long, DataLoss for a damaged one. After an error the stream
  // cannot be read on.
  absl::StatusOr<std::optional<Frame>> Next();

  // Bytes added that are not part of a frame that Next has returned.
  size_t unread_bytes() const { return end_ - begin_; }
  // The memory that it holds.
  size_t capacity() const { return buffer_.size(); }

 private:
  // The size of the frame that begins at begin_, if its header is there.
  size_t FrameSize() const;

  const size_t bytes_max_;
  std::string buffer_;
  size_t begin_ = 0;  // What is unread.
  size_t end_ = 0;
};

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_FRAME_H_
