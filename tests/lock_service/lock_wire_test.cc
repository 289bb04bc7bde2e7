#include "tests/lock_service/lock_wire.h"

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::locks {
namespace {

constexpr uint64_t kTooMuch = uint64_t{INT64_MAX} + 1;

LockCommand SomeCommand(LockFunction function) {
  return {.function = function,
          .session = 7,
          .number = UINT64_MAX,
          .lock = std::string_view("a\0b", 3),
          .token = 9,
          .duration = Nanoseconds(INT64_MAX),
          .time = VirtualTime::Nanoseconds(11)};
}

// A command as its words say, for the lock "l".
Bytes CommandOf(uint64_t function, uint64_t duration, uint64_t time) {
  Bytes bytes;
  for (const uint64_t word : {function, uint64_t{7}, uint64_t{8}}) {
    kv::AppendWord(bytes, word);
  }
  kv::AppendString(bytes, "l");
  for (const uint64_t word : {uint64_t{9}, duration, time}) {
    kv::AppendWord(bytes, word);
  }
  return bytes;
}

Bytes ReplyOf(uint64_t is_granted, uint64_t wait) {
  Bytes bytes;
  for (const uint64_t word : {is_granted, uint64_t{2}, uint64_t{3}, wait}) {
    kv::AppendWord(bytes, word);
  }
  return bytes;
}

bool IsRefused(const absl::Status& status) {
  return absl::IsInvalidArgument(status);
}

TEST(LockWireTest, CommandsComeBackAsTheyWere) {
  for (const LockFunction function :
       {LockFunction::kAcquire, LockFunction::kRenew, LockFunction::kRelease}) {
    const LockCommand command = SomeCommand(function);
    const Bytes bytes = EncodeCommand(command);
    const absl::StatusOr<LockCommand> decoded = DecodeCommand(bytes);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(decoded->function, command.function);
    EXPECT_EQ(decoded->session, command.session);
    EXPECT_EQ(decoded->number, command.number);
    EXPECT_EQ(decoded->lock, command.lock);
    EXPECT_EQ(decoded->token, command.token);
    EXPECT_EQ(decoded->duration, command.duration);
    EXPECT_EQ(decoded->time, command.time);
    EXPECT_EQ(EncodeCommand(*decoded), bytes);
  }
}

TEST(LockWireTest, RepliesComeBackAsTheyWere) {
  for (const LockReply& reply :
       {LockReply{.is_granted = true, .token = UINT64_MAX},
        LockReply{.token = 5, .holder = 6, .wait = Nanoseconds(INT64_MAX)}}) {
    const Bytes bytes = EncodeReply(reply);
    const absl::StatusOr<LockReply> decoded = DecodeReply(bytes);
    ASSERT_TRUE(decoded.ok()) << decoded.status();
    EXPECT_EQ(decoded->is_granted, reply.is_granted);
    EXPECT_EQ(decoded->token, reply.token);
    EXPECT_EQ(decoded->holder, reply.holder);
    EXPECT_EQ(decoded->wait, reply.wait);
    EXPECT_EQ(EncodeReply(*decoded), bytes);
  }
}

TEST(LockWireTest, RefusesWhatIsCutOffOrGoesOn) {
  const Bytes command = EncodeCommand(SomeCommand(LockFunction::kRenew));
  for (size_t length = 0; length < command.size(); ++length) {
    EXPECT_TRUE(IsRefused(DecodeCommand(command.substr(0, length)).status()))
        << length;
  }
  EXPECT_TRUE(IsRefused(DecodeCommand(command + '\0').status()));
  const Bytes reply = EncodeReply({.is_granted = true, .token = 1});
  for (size_t length = 0; length < reply.size(); ++length) {
    EXPECT_TRUE(IsRefused(DecodeReply(reply.substr(0, length)).status()))
        << length;
  }
  EXPECT_TRUE(IsRefused(DecodeReply(reply + '\0').status()));
}

TEST(LockWireTest, RefusesWordsThatNoCommandHas) {
  EXPECT_TRUE(DecodeCommand(CommandOf(3, INT64_MAX, INT64_MAX)).ok());
  for (const uint64_t function :
       {uint64_t{0}, uint64_t{4}, uint64_t{257}, UINT64_MAX}) {
    EXPECT_TRUE(IsRefused(DecodeCommand(CommandOf(function, 1, 1)).status()))
        << function;
  }
  for (const uint64_t nanoseconds : {kTooMuch, UINT64_MAX}) {
    EXPECT_TRUE(IsRefused(DecodeCommand(CommandOf(1, nanoseconds, 1)).status()))
        << nanoseconds;
    EXPECT_TRUE(IsRefused(DecodeCommand(CommandOf(1, 1, nanoseconds)).status()))
        << nanoseconds;
  }
}

TEST(LockWireTest, RefusesWordsThatNoReplyHas) {
  EXPECT_TRUE(DecodeReply(ReplyOf(1, INT64_MAX)).ok());
  for (const uint64_t is_granted : {uint64_t{2}, UINT64_MAX}) {
    EXPECT_TRUE(IsRefused(DecodeReply(ReplyOf(is_granted, 1)).status()))
        << is_granted;
  }
  for (const uint64_t wait : {kTooMuch, UINT64_MAX}) {
    EXPECT_TRUE(IsRefused(DecodeReply(ReplyOf(0, wait)).status())) << wait;
  }
}

}  // namespace
}  // namespace reprise::locks
