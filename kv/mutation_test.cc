// A service under random and mutated messages: each is refused or answered, and
// whatever is accepted is what an encoder would have written.
//
//   mutation_test --messages=20000

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/numbers.h"
#include "absl/strings/strip.h"
#include "gtest/gtest.h"
#include "reprise/kv/describe.h"
#include "reprise/kv/service.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/random.h"

namespace reprise::kv {
namespace {

// tidy: allow(global) set by main from a flag, read by the test
int64_t messages_to_try = 0;

std::string RandomBytes(RandomStream& random, int64_t length_max) {
  std::string bytes(random.Uniform(0, length_max), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.Next());
  return bytes;
}

Bytes RandomRequest(RandomStream& random) {
  const auto kind = static_cast<RequestKind>(random.Uniform(1, 3));
  const std::string key = RandomBytes(random, 2);
  const std::string value =
      kind == RequestKind::kGet ? std::string() : RandomBytes(random, 30);
  const auto client = static_cast<uint64_t>(random.Uniform(0, 9));
  const auto sequence = static_cast<uint64_t>(random.Uniform(0, 1000));
  return EncodeRequest({.kind = kind,
                        .client = client,
                        .sequence = sequence,
                        .key = key,
                        .value = value});
}

// Cuts, grows or changes a message in a few places.
Bytes Mutate(Bytes message, RandomStream& random) {
  for (int64_t left = random.Uniform(0, 3); left > 0; --left) {
    const auto place = static_cast<size_t>(
        random.Uniform(0, static_cast<int64_t>(message.size())));
    switch (random.Uniform(0, 3)) {
      case 0:
        message.erase(place, random.Uniform(1, 8));
        break;
      case 1:
        message.insert(place, RandomBytes(random, 8));
        break;
      default:
        if (place < message.size()) {
          message[place] ^= static_cast<char>(1 << random.Uniform(0, 7));
        }
    }
  }
  return message;
}

TEST(MutationTest, EachMessageIsRefusedOrAnswered) {
  RandomStream random(StreamKey(Seed(1), "mutation-test", "messages"));
  Service service;
  int64_t accepted = 0;
  int64_t refused = 0;
  for (int64_t i = 0; i < messages_to_try; ++i) {
    const Bytes message = random.Chance({1, 4})
                              ? RandomBytes(random, 60)
                              : Mutate(RandomRequest(random), random);
    EXPECT_FALSE(DescribeMessage(message).empty());
    const absl::StatusOr<Request> request = DecodeRequest(message);
    const absl::StatusOr<Bytes> reply = service.Handle(message);
    if (!request.ok()) {
      ++refused;
      ASSERT_TRUE(absl::IsInvalidArgument(reply.status()));
      continue;
    }
    ++accepted;
    ASSERT_EQ(EncodeRequest(*request), message);
    if (reply.ok()) {
      ASSERT_TRUE(DecodeReply(*reply).ok());
    } else {
      ASSERT_TRUE(absl::IsFailedPrecondition(reply.status()));
    }
  }
  // Neither branch may be rare, or the test shows little.
  EXPECT_GT(accepted, messages_to_try / 10);
  EXPECT_GT(refused, messages_to_try / 10);
}

}  // namespace
}  // namespace reprise::kv

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  absl::string_view count = argc == 2 ? argv[1] : "";
  if (!absl::ConsumePrefix(&count, "--messages=") ||
      !absl::SimpleAtoi(count, &reprise::kv::messages_to_try)) {
    std::fprintf(stderr, "usage: mutation_test --messages=COUNT\n");
    return 2;
  }
  return RUN_ALL_TESTS();
}
