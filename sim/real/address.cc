#include "reprise/sim/real/address.h"

#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <system_error>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"

namespace reprise {

std::string Address::ToString() const {
  if (host.find(':') == std::string::npos) return absl::StrCat(host, ":", port);
  return absl::StrCat("[", host, "]:", port);
}

absl::StatusOr<Address> ParseAddress(std::string_view text) {
  const absl::Status error = absl::InvalidArgumentError(
      absl::StrCat("address \"", std::string(text),
                   "\": expected HOST:PORT with a port of 0 to 65535, such as "
                   "127.0.0.1:7000 or [::1]:7000"));
  const size_t colon = text.rfind(':');
  if (colon == text.npos) return error;
  std::string_view host = text.substr(0, colon);
  const bool is_bracketed =
      host.size() >= 2 && host.front() == '[' && host.back() == ']';
  if (is_bracketed) host = host.substr(1, host.size() - 2);
  if (host.empty() || (!is_bracketed && host.find(':') != host.npos)) {
    return error;
  }
  const std::string_view digits = text.substr(colon + 1);
  uint16_t port = 0;
  const std::from_chars_result end =
      std::from_chars(digits.data(), digits.data() + digits.size(), port);
  if (end.ec != std::errc() || end.ptr != digits.data() + digits.size()) {
    return error;
  }
  return Address{std::string(host), port};
}

}  // namespace reprise
