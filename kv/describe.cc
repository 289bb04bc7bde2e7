#include "reprise/kv/describe.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/kv/wire.h"
#include "reprise/text/printable.h"

namespace reprise::kv {
namespace {

constexpr size_t kShownMax = 24;

std::string Quoted(std::string_view bytes) { return Quote(bytes, kShownMax); }

std::string DescribeRequest(const Request& request) {
  const std::string key = Quoted(request.key);
  switch (request.kind) {
    case RequestKind::kGet:
      return absl::StrCat("Get(", key, ") seq ", request.sequence);
    case RequestKind::kPut:
      return absl::StrCat("Put(", key, ", ", Quoted(request.value), ") seq ",
                          request.sequence);
    case RequestKind::kAppend:
      return absl::StrCat("Append(", key, ", ", Quoted(request.value), ") seq ",
                          request.sequence);
  }
  return "";  // The compiler cannot see that the kinds are complete.
}

}  // namespace

std::string DescribeMessage(std::string_view message) {
  const absl::StatusOr<Request> request = DecodeRequest(message);
  if (request.ok()) return DescribeRequest(*request);
  const absl::StatusOr<Reply> reply = DecodeReply(message);
  if (!reply.ok()) return absl::StrCat(message.size(), " unknown bytes");
  if (reply->kind == RequestKind::kPut) {
    return absl::StrCat("reply seq ", reply->sequence);
  }
  return absl::StrCat("reply ", Quoted(reply->value), " seq ", reply->sequence);
}

}  // namespace reprise::kv
