// Feeds arbitrary bytes to a FrameReader, in pieces: it never crashes, never
// holds more than it may, and what it takes for a frame encodes to the bytes
// that it was read from.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>

#include "absl/status/statusor.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/real/frame.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  constexpr size_t kBytesMax = 4096;
  reprise::FrameReader reader(kBytesMax);
  const size_t piece = size > 0 ? data[0] % 64 + 1u : 1;
  size_t consumed = 0;
  for (size_t at = 0; at < size; at += piece) {
    const size_t length = std::min(piece, size - at);
    const std::span<char> space = reader.Space(length);
    REPRISE_CHECK(space.size() >= length, "no space");
    std::memcpy(space.data(), data + at, length);
    reader.Add(length);
    for (;;) {
      const absl::StatusOr<std::optional<reprise::Frame>> frame = reader.Next();
      if (!frame.ok()) return 0;
      if (!frame->has_value()) break;
      std::string again;
      reprise::AppendFrame(**frame, again);
      REPRISE_CHECK(
          std::memcmp(again.data(), data + consumed, again.size()) == 0,
          "the frame is not what was read");
      consumed += again.size();
    }
    REPRISE_CHECK(reader.capacity() <= 2 * (kBytesMax + 64),
                  "the reader holds too much");
  }
  return 0;
}
