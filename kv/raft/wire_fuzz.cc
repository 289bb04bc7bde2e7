// libFuzzer target: arbitrary bytes as a message of Raft. The first byte says
// of which kind. What is accepted must encode to the same bytes.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <iterator>
#include <string_view>

#include "absl/status/statusor.h"
#include "reprise/kv/raft/describe.h"
#include "reprise/kv/raft/messages.h"
#include "reprise/kv/raft/wire.h"

namespace {

using reprise::kv::raft::DecodeMessage;
using reprise::kv::raft::DescribeMessage;
using reprise::kv::raft::EncodeMessage;
using reprise::kv::raft::kLastVersion;
using reprise::kv::raft::kMethods;
using reprise::kv::raft::Received;

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const size_t kind = data[0] % std::size(kMethods);
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1,
                               size - 1);
  const absl::StatusOr<Received> received =
      DecodeMessage(kind, bytes, kLastVersion);
  if (received.ok()) {
    Require(EncodeMessage(received->message, received->versions) == bytes);
  }
  Require(!DescribeMessage(kind, bytes).empty());
  return 0;
}
