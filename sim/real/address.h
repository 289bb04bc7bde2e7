// Address: where a node of a real network listens.
//
//   absl::StatusOr<Address> address = ParseAddress("127.0.0.1:7000");
//   address->ToString();  // "127.0.0.1:7000"

#ifndef REPRISE_SIM_REAL_ADDRESS_H_
#define REPRISE_SIM_REAL_ADDRESS_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace reprise {

// Invariant: the host is not empty.
struct Address {
  std::string host;  // A name or a number: "localhost", "10.0.0.1", "::1".
  uint16_t port = 0;

  // "host:port"; a host with colons stands in brackets.
  std::string ToString() const;
  friend bool operator==(const Address&, const Address&) = default;
};

// Of "host:port" or "[host]:port". Errors: InvalidArgument, which names the
// text and what was expected.
absl::StatusOr<Address> ParseAddress(std::string_view text);

}  // namespace reprise

#endif  // REPRISE_SIM_REAL_ADDRESS_H_
