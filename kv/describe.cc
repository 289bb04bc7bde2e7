#include "reprise/kv/describe.h"

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {
namespace {

constexpr size_t kShownMax = 24;

std::string Quote(std::string_view bytes) {
  const std::string_view shown = bytes.substr(0, kShownMax);
  std::string quoted = absl::StrCat(
      "\"", absl::CHexEscape(absl::string_view(shown.data(), shown.size())),
      "\"");
  if (bytes.size() > kShownMax) {
    absl::StrAppend(&quoted, "... (", bytes.size(), " bytes)");
  }
  return quoted;
}

std::string DescribeRequest(const Request& request) {
  const std::string key = Quote(request.key);
  switch (request.kind) {
    case RequestKind::kGet:
      return absl::StrCat("Get(", key, ") seq ", request.sequence);
    case RequestKind::kPut:
      return absl::StrCat("Put(", key, ", ", Quote(request.value), ") seq ",
                          request.sequence);
    case RequestKind::kAppend:
      return absl::StrCat("Append(", key, ", ", Quote(request.value), ") seq ",
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
  return absl::StrCat("reply ", Quote(reply->value), " seq ", reply->sequence);
}

}  // namespace reprise::kv
