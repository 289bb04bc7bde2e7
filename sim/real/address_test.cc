#include "reprise/sim/real/address.h"

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace reprise {
namespace {

TEST(AddressTest, HasAHostAndAPort) {
  EXPECT_EQ(*ParseAddress("127.0.0.1:7000"), (Address{"127.0.0.1", 7000}));
  EXPECT_EQ(*ParseAddress("localhost:0"), (Address{"localhost", 0}));
  EXPECT_EQ(*ParseAddress("[::1]:65535"), (Address{"::1", 65535}));
}

TEST(AddressTest, IsWrittenAsItIsRead) {
  for (const char* text : {"127.0.0.1:7000", "localhost:0", "[::1]:65535"}) {
    EXPECT_EQ(ParseAddress(text)->ToString(), text);
  }
}

TEST(AddressTest, RefusesWhatIsNone) {
  for (const char* text :
       {"", "7000", ":7000", "host", "host:", "host:x", "host:-1", "host:65536",
        "host:70 ", "::1:7000", "[]:7000", "host:7000:"}) {
    const absl::StatusOr<Address> address = ParseAddress(text);
    ASSERT_EQ(address.status().code(), absl::StatusCode::kInvalidArgument)
        << text;
    EXPECT_THAT(std::string(address.status().message()),
                testing::HasSubstr("address \"" + std::string(text) + "\""));
  }
}

}  // namespace
}  // namespace reprise
