#include "reprise/sim/real/disk_error.h"

#include <cerrno>
#include <string>
#include <string_view>
#include <system_error>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

std::string InWords(std::string_view what, int error) {
  return absl::StrCat(ToAbsl(what), ": ",
                      std::generic_category().message(error));
}

}  // namespace

bool IsFull(int error) {
  return error == ENOSPC || error == EDQUOT || error == EFBIG;
}

absl::Status WriteError(std::string_view what, int error) {
  const absl::StatusCode code = IsFull(error)
                                    ? absl::StatusCode::kResourceExhausted
                                    : absl::StatusCode::kUnavailable;
  return absl::Status(code, InWords(what, error));
}

absl::Status ReadError(std::string_view what, int error) {
  return absl::DataLossError(InWords(what, error));
}

absl::Status SyncError(std::string_view what, int error) {
  return absl::UnavailableError(InWords(what, error));
}

}  // namespace reprise
