#include "reprise/sim/real/frame.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

// A frame that owns its texts.
struct Kept {
  explicit Kept(const Frame& frame)
      : kind(frame.kind),
        status(frame.status),
        call(frame.call),
        name(frame.name),
        payload(frame.payload) {}

  FrameKind kind;
  absl::StatusCode status;
  uint64_t call;
  std::string name;
  std::string payload;

  friend bool operator==(const Kept&, const Kept&) = default;
};

// What a reader makes of `stream` when it comes in pieces of `piece` bytes.
absl::StatusOr<std::vector<Kept>> Read(std::string_view stream, size_t piece,
                                       size_t bytes_max = 1 << 20) {
  FrameReader reader(bytes_max);
  std::vector<Kept> frames;
  while (!stream.empty()) {
    const std::string_view next = stream.substr(0, piece);
    stream.remove_prefix(next.size());
    const std::span<char> space = reader.Space(next.size());
    EXPECT_GE(space.size(), next.size());
    std::memcpy(space.data(), next.data(), next.size());
    reader.Add(next.size());
    for (;;) {
      const absl::StatusOr<std::optional<Frame>> frame = reader.Next();
      if (!frame.ok()) return frame.status();
      if (!frame->has_value()) break;
      frames.emplace_back(**frame);
    }
  }
  return frames;
}

std::vector<Frame> SomeFrames() {
  static const std::string long_payload(100'000, 'x');
  return {
      {.kind = FrameKind::kHello, .name = "clerk-0", .payload = kFrameProtocol},
      {.kind = FrameKind::kRequest, .call = 1, .name = "kv", .payload = "get"},
      {.kind = FrameKind::kMessage, .name = "touch"},
      {.kind = FrameKind::kReply, .call = 1, .payload = long_payload},
      {.kind = FrameKind::kReply,
       .status = absl::StatusCode::kUnavailable,
       .call = UINT64_MAX,
       .payload = std::string_view("\0\xff", 2)},
  };
}

std::string Encode(const std::vector<Frame>& frames) {
  std::string stream;
  for (const Frame& frame : frames) AppendFrame(frame, stream);
  return stream;
}

TEST(FrameTest, ComesOutAsItWentInHoweverTheStreamIsCut) {
  const std::string stream = Encode(SomeFrames());
  for (const size_t piece : {1u, 7u, 24u, 25u, 4096u, 1u << 20}) {
    const absl::StatusOr<std::vector<Kept>> frames = Read(stream, piece);
    ASSERT_TRUE(frames.ok()) << frames.status();
    ASSERT_EQ(frames->size(), SomeFrames().size());
    for (size_t i = 0; i < frames->size(); ++i) {
      EXPECT_EQ((*frames)[i], Kept(SomeFrames()[i])) << i;
    }
  }
}

TEST(FrameTest, NoticesEveryBitThatFlips) {
  const std::string stream = Encode({{.kind = FrameKind::kRequest,
                                      .call = 3,
                                      .name = "kv",
                                      .payload = "put k v"}});
  for (size_t bit = 0; bit < stream.size() * 8; ++bit) {
    std::string damaged = stream;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << bit % 8));
    const absl::StatusOr<std::vector<Kept>> frames = Read(damaged, 1 << 20);
    // A length that grew waits for what never comes.
    EXPECT_TRUE(!frames.ok() || frames->empty()) << "bit " << bit;
  }
}

TEST(FrameTest, RefusesWhatIsNoFrame) {
  for (const std::string_view garbage :
       {"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\x16\x03\x01\x02\x01\x01\x01\x01\xfc\x03\x03 as TLS might begin",
        "*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nPING\r\n"}) {
    EXPECT_FALSE(Read(garbage, 1 << 20).ok()) << garbage;
  }
}

TEST(FrameTest, RefusesALongFrameByItsHeaderAlone) {
  const std::string payload(1000, 'x');
  const std::string stream =
      Encode({{.kind = FrameKind::kRequest, .name = "kv", .payload = payload}});
  EXPECT_TRUE(Read(stream, 1 << 20, 1002).ok());
  const absl::Status status =
      Read(stream.substr(0, kFrameHeaderBytes), 1 << 20, 1001).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_EQ(status.message(),
            "a message of 1002 bytes; at most 1001 are allowed");
}

TEST(FrameReaderTest, GivesBackTheMemoryOfALongFrame) {
  const std::string payload(size_t{1} << 20, 'x');
  const std::string stream =
      Encode({{.kind = FrameKind::kReply, .payload = payload}});
  FrameReader reader(2 << 20);
  const std::span<char> space = reader.Space(stream.size());
  std::memcpy(space.data(), stream.data(), stream.size());
  reader.Add(stream.size());
  ASSERT_TRUE(reader.Next()->has_value());
  EXPECT_EQ(reader.unread_bytes(), 0u);
  (void)reader.Space(4096);
  EXPECT_LE(reader.capacity(), 4096u);
}

}  // namespace
}  // namespace reprise
