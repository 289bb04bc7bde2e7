#include "reprise/kv/wire.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"

namespace reprise::kv {
namespace {

std::string AllBytes() {
  std::string bytes;
  for (int byte = 0; byte < 256; ++byte) {
    bytes.push_back(static_cast<char>(byte));
  }
  return bytes;
}

void ExpectRoundTrip(const Request& request) {
  const Bytes message = EncodeRequest(request);
  const absl::StatusOr<Request> decoded = DecodeRequest(message);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->kind, request.kind);
  EXPECT_EQ(decoded->client, request.client);
  EXPECT_EQ(decoded->sequence, request.sequence);
  // EXPECT_TRUE: a mismatch of 64 MiB is not to be printed.
  EXPECT_TRUE(decoded->key == request.key);
  EXPECT_TRUE(decoded->value == request.value);
}

void ExpectRoundTrip(const Reply& reply) {
  const Bytes message = EncodeReply(reply);
  const absl::StatusOr<Reply> decoded = DecodeReply(message);
  ASSERT_TRUE(decoded.ok()) << decoded.status();
  EXPECT_EQ(decoded->kind, reply.kind);
  EXPECT_EQ(decoded->sequence, reply.sequence);
  EXPECT_TRUE(decoded->value == reply.value);
}

TEST(WireTest, RequestsSurviveTheTrip) {
  const std::string all = AllBytes();
  const std::string zero(1, '\0');
  for (const RequestKind kind : {RequestKind::kPut, RequestKind::kAppend}) {
    for (const std::string& key : {std::string(), zero, all}) {
      for (const std::string& value : {std::string(), zero, all}) {
        ExpectRoundTrip(Request{.kind = kind,
                                .client = UINT64_MAX,
                                .sequence = 1,
                                .key = key,
                                .value = value});
      }
    }
  }
  ExpectRoundTrip(Request{.kind = RequestKind::kGet,
                          .client = 0,
                          .sequence = UINT64_MAX,
                          .key = all});
}

TEST(WireTest, RepliesSurviveTheTrip) {
  const std::string all = AllBytes();
  ExpectRoundTrip(
      Reply{.kind = RequestKind::kGet, .sequence = 1, .value = all});
  ExpectRoundTrip(Reply{.kind = RequestKind::kGet, .sequence = 2});
  ExpectRoundTrip(Reply{.kind = RequestKind::kPut, .sequence = UINT64_MAX});
  ExpectRoundTrip(
      Reply{.kind = RequestKind::kAppend, .sequence = 0, .value = all});
}

TEST(WireTest, KeysAndValuesMayBeLarge) {
  const std::string large(size_t{64} << 20, '\xff');
  ExpectRoundTrip(Request{.kind = RequestKind::kPut,
                          .client = 1,
                          .sequence = 1,
                          .key = large,
                          .value = large});
  ExpectRoundTrip(
      Reply{.kind = RequestKind::kGet, .sequence = 1, .value = large});
}

TEST(WireTest, TheBytesArePinned) {
  EXPECT_EQ(EncodeRequest({.kind = RequestKind::kPut,
                           .client = 0x0102030405060708,
                           .sequence = 9,
                           .key = "key",
                           .value = "value"}),
            std::string("valuekey"
                        "\x08\x07\x06\x05\x04\x03\x02\x01"
                        "\x09\0\0\0\0\0\0\0"
                        "\x03\0\0\0\0\0\0\0"
                        "\x02",
                        33));
  EXPECT_EQ(EncodeReply(
                {.kind = RequestKind::kAppend, .sequence = 9, .value = "old"}),
            std::string("old"
                        "\x09\0\0\0\0\0\0\0"
                        "\x83",
                        12));
}

TEST(WireTest, TakeValueKeepsTheBufferOfTheReply) {
  const std::string value(1000, 'v');
  Bytes message =
      EncodeReply({.kind = RequestKind::kGet, .sequence = 1, .value = value});
  const char* buffer = message.data();

  const Bytes taken = TakeValue(std::move(message));

  EXPECT_EQ(taken, value);
  EXPECT_EQ(taken.data(), buffer);
}

TEST(WireTest, DecodingCopiesNothing) {
  const Bytes message = EncodeRequest({.kind = RequestKind::kPut,
                                       .client = 1,
                                       .sequence = 1,
                                       .key = "key",
                                       .value = "value"});
  const absl::StatusOr<Request> request = DecodeRequest(message);
  ASSERT_TRUE(request.ok());
  EXPECT_EQ(request->value.data(), message.data());
  EXPECT_EQ(request->key.data(), message.data() + 5);
}

TEST(WireTest, ShortMessagesAreRefused) {
  const Bytes request = EncodeRequest(
      {.kind = RequestKind::kPut, .client = 1, .sequence = 1, .key = "k"});
  const Bytes reply =
      EncodeReply({.kind = RequestKind::kGet, .sequence = 1, .value = ""});
  // The footer is at the end: what lacks its front is short by that much.
  for (size_t cut = 2; cut <= request.size(); ++cut) {
    EXPECT_TRUE(absl::IsInvalidArgument(
        DecodeRequest(std::string_view(request).substr(cut)).status()))
        << cut;
  }
  for (size_t cut = 1; cut <= reply.size(); ++cut) {
    EXPECT_TRUE(absl::IsInvalidArgument(
        DecodeReply(std::string_view(reply).substr(cut)).status()))
        << cut;
  }
}

TEST(WireTest, AKeyLongerThanItsMessageIsRefused) {
  Bytes message = EncodeRequest({.kind = RequestKind::kPut,
                                 .client = 1,
                                 .sequence = 1,
                                 .key = "key",
                                 .value = "value"});
  const size_t key_length = message.size() - 9;
  message[key_length] = 9;
  EXPECT_TRUE(absl::IsInvalidArgument(DecodeRequest(message).status()));
  message[key_length + 7] = '\xff';
  EXPECT_TRUE(absl::IsInvalidArgument(DecodeRequest(message).status()));
}

TEST(WireTest, OnlyKnownTagsAreAccepted) {
  Bytes request = EncodeRequest(
      {.kind = RequestKind::kGet, .client = 1, .sequence = 1, .key = "k"});
  Bytes reply = EncodeReply({.kind = RequestKind::kGet, .sequence = 1});
  for (int tag = 0; tag < 256; ++tag) {
    request.back() = static_cast<char>(tag);
    reply.back() = static_cast<char>(tag);
    EXPECT_EQ(DecodeRequest(request).ok(), tag >= 1 && tag <= 3) << tag;
    EXPECT_EQ(DecodeReply(reply).ok(), tag >= 0x81 && tag <= 0x83) << tag;
  }
}

TEST(WireTest, ValuesWhereNoneBelongAreRefused) {
  Bytes get = EncodeRequest({.kind = RequestKind::kPut,
                             .client = 1,
                             .sequence = 1,
                             .key = "k",
                             .value = "v"});
  get.back() = static_cast<char>(RequestKind::kGet);
  EXPECT_TRUE(absl::IsInvalidArgument(DecodeRequest(get).status()));

  Bytes put =
      EncodeReply({.kind = RequestKind::kGet, .sequence = 1, .value = "v"});
  put.back() = '\x82';
  EXPECT_TRUE(absl::IsInvalidArgument(DecodeReply(put).status()));
}

}  // namespace
}  // namespace reprise::kv
