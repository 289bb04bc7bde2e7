#include "reprise/sim/real/frame.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "xxhash.h"

namespace reprise {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr size_t kChecksumOffset = kFrameHeaderBytes - sizeof(uint64_t);
// A buffer that is larger is given back when it is empty.
constexpr size_t kKeptBytes = size_t{256} << 10;

// What a header says. The place of each is stated in frame.h.
struct Header {
  uint32_t length = 0;
  uint8_t kind = 0;
  uint8_t status = 0;
  uint16_t name_length = 0;
  uint64_t call = 0;
  uint64_t checksum = 0;
};
static_assert(sizeof(Header) == kFrameHeaderBytes);

uint64_t Checksum(const char* frame, size_t length) {
  const uint64_t header = XXH3_64bits(frame, kChecksumOffset);
  return XXH3_64bits_withSeed(frame + kFrameHeaderBytes, length, header);
}

bool IsKnown(uint8_t kind) {
  return kind >= static_cast<uint8_t>(FrameKind::kHello) &&
         kind <= static_cast<uint8_t>(FrameKind::kReply);
}

bool IsStatus(uint8_t code) {
  return code <= static_cast<uint8_t>(absl::StatusCode::kUnauthenticated);
}

}  // namespace

void AppendFrame(const Frame& frame, std::string& out) {
  REPRISE_CHECK(frame.name.size() <= kFrameNameBytesMax,
                "the name of a method or of a node is too long");
  const size_t length = frame.name.size() + frame.payload.size();
  REPRISE_CHECK(length <= UINT32_MAX, "a message is too long");
  Header header = {
      .length = static_cast<uint32_t>(length),
      .kind = static_cast<uint8_t>(frame.kind),
      .status = static_cast<uint8_t>(frame.status),
      .name_length = static_cast<uint16_t>(frame.name.size()),
      .call = frame.call,
  };
  const size_t begin = out.size();
  out.append(reinterpret_cast<const char*>(&header), sizeof(header));
  out.append(frame.name);
  out.append(frame.payload);
  header.checksum = Checksum(out.data() + begin, length);
  std::memcpy(out.data() + begin + kChecksumOffset, &header.checksum,
              sizeof(header.checksum));
}

size_t FrameReader::FrameSize() const {
  uint32_t length = 0;
  std::memcpy(&length, buffer_.data() + begin_, sizeof(length));
  return kFrameHeaderBytes + length;
}

std::span<char> FrameReader::Space(size_t size) {
  const size_t unread = unread_bytes();
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, unread);
    begin_ = 0;
    end_ = unread;
  }
  // Twice what has come: whoever announces much and sends little costs little.
  size_t needed = unread + size;
  if (unread >= kFrameHeaderBytes) {
    needed = std::max(needed, std::min(FrameSize(), 2 * unread));
  }
  const bool is_too_large = unread == 0 && buffer_.size() > kKeptBytes;
  if (is_too_large) {
    buffer_.clear();
    buffer_.shrink_to_fit();
  }
  if (buffer_.size() < needed) buffer_.resize(needed);
  return {buffer_.data() + end_, buffer_.size() - end_};
}

absl::StatusOr<std::optional<Frame>> FrameReader::Next() {
  if (unread_bytes() < kFrameHeaderBytes) return std::nullopt;
  Header header;
  const char* frame = buffer_.data() + begin_;
  std::memcpy(&header, frame, sizeof(header));
  if (!IsKnown(header.kind) || !IsStatus(header.status) ||
      header.name_length > header.length) {
    return absl::InvalidArgumentError("what arrived is no message of Reprise");
  }
  if (header.length > bytes_max_) {
    return absl::ResourceExhaustedError(
        absl::StrCat("a message of ", header.length, " bytes; at most ",
                     bytes_max_, " are allowed"));
  }
  if (unread_bytes() < kFrameHeaderBytes + header.length) return std::nullopt;
  if (header.checksum != Checksum(frame, header.length)) {
    return absl::DataLossError("a message arrived damaged");
  }
  begin_ += kFrameHeaderBytes + header.length;
  const std::string_view body(frame + kFrameHeaderBytes, header.length);
  return Frame{
      .kind = static_cast<FrameKind>(header.kind),
      .status = static_cast<absl::StatusCode>(header.status),
      .call = header.call,
      .name = body.substr(0, header.name_length),
      .payload = body.substr(header.name_length),
  };
}

}  // namespace reprise
