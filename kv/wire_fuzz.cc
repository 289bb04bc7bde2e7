// libFuzzer target: arbitrary bytes as a message. What is accepted must encode
// to the same bytes, and a service must answer or refuse it.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/kv/describe.h"
#include "reprise/kv/service.h"
#include "reprise/kv/wire.h"

namespace {

using reprise::kv::DecodeReply;
using reprise::kv::DecodeRequest;
using reprise::kv::DescribeMessage;
using reprise::kv::EncodeReply;
using reprise::kv::EncodeRequest;
using reprise::kv::Reply;
using reprise::kv::Request;
using reprise::kv::Service;

void Require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view message(reinterpret_cast<const char*>(data), size);
  const absl::StatusOr<Request> request = DecodeRequest(message);
  const absl::StatusOr<Reply> reply = DecodeReply(message);
  if (request.ok()) Require(EncodeRequest(*request) == message);
  if (reply.ok()) Require(EncodeReply(*reply) == message);
  Require(!DescribeMessage(message).empty());
  Service service;
  // Twice: as a new request and as a repeated one.
  for (int time = 0; time < 2; ++time) {
    const absl::StatusOr<reprise::Bytes> answer = service.Handle(message);
    Require(answer.ok() == request.ok());
    if (answer.ok()) Require(DecodeReply(*answer).ok());
  }
  return 0;
}
