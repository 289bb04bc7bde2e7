#include "reprise/kv/replicated_store.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/session_table.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {
namespace {

Bytes Append(uint64_t session, uint64_t sequence, std::string_view value) {
  return EncodeRequest({.kind = RequestKind::kAppend,
                        .client = session,
                        .sequence = sequence,
                        .key = "k",
                        .value = value});
}

class ReplicatedStoreTest : public testing::Test {
 protected:
  static std::unique_ptr<SessionTable> Two() {
    return std::make_unique<SessionTable>(2);
  }
  uint64_t Open() {
    const Bytes message = store_.Apply(++index_, kOpenSession);
    const absl::StatusOr<Answer> answer = DecodeAnswer(message);
    return answer.ok() ? Decoder(answer->content).Word() : 0;
  }
  // The old value, or the outcome that is not kDone as a number.
  std::string Apply(const Bytes& command) {
    const Bytes message = store_.Apply(++index_, command);
    const absl::StatusOr<Answer> answer = DecodeAnswer(message);
    if (!answer.ok()) return "no answer";
    if (answer->outcome != Outcome::kDone) {
      return std::to_string(static_cast<int>(answer->outcome));
    }
    return std::string(DecodeReply(answer->content)->value);
  }
  std::string Read() const { return TakeValue(store_.Read({.key = "k"})); }

  const std::string expired_ =
      std::to_string(static_cast<int>(Outcome::kSessionExpired));
  const std::string refused_ =
      std::to_string(static_cast<int>(Outcome::kRefused));
  ReplicatedStore store_{Two};
  uint64_t index_ = 0;
};

TEST_F(ReplicatedStoreTest, ExecutesARequestOnce) {
  const uint64_t session = Open();
  EXPECT_EQ(session, 1U);
  EXPECT_EQ(Apply(Append(session, 1, "a")), "");
  EXPECT_EQ(Apply(Append(session, 2, "b")), "a");
  EXPECT_EQ(Apply(Append(session, 2, "b")), "a");
  EXPECT_EQ(Apply(Append(session, 1, "a")), refused_);
  EXPECT_EQ(Read(), "ab");
}

TEST_F(ReplicatedStoreTest, NeverExecutesForAnExpiredSession) {
  const uint64_t session = Open();
  EXPECT_EQ(Apply(Append(session, 1, "a")), "");
  Open();
  Open();
  EXPECT_EQ(Apply(Append(session, 1, "a")), expired_);
  EXPECT_EQ(Apply(Append(session, 2, "b")), expired_);
  EXPECT_EQ(Read(), "a");
}

TEST_F(ReplicatedStoreTest, WhatIsMalformedChangesNothing) {
  const Bytes before = store_.Snapshot();
  EXPECT_EQ(Apply("x"), refused_);
  EXPECT_EQ(store_.Snapshot(), before);
}

TEST_F(ReplicatedStoreTest, ASnapshotHasAllThatMatters) {
  const uint64_t first = Open();
  const uint64_t second = Open();
  Apply(Append(first, 1, "a"));
  Apply(Append(second, 1, "b"));
  Apply(Append(first, 2, "c"));
  const Bytes snapshot = store_.Snapshot();
  ReplicatedStore other(Two);
  Apply(Append(second, 2, "d"));
  ASSERT_TRUE(store_.Restore(snapshot).ok());
  ASSERT_TRUE(other.Restore(snapshot).ok());
  EXPECT_EQ(other.Snapshot(), snapshot);
  EXPECT_EQ(Read(), "abc");
  EXPECT_EQ(Apply(Append(first, 2, "c")), "ab");
  // The second was used longest ago.
  Open();
  EXPECT_EQ(Apply(Append(second, 1, "b")), expired_);
  EXPECT_EQ(Apply(Append(first, 2, "c")), "ab");
}

TEST_F(ReplicatedStoreTest, RefusesWhatIsNoSnapshot) {
  Open();
  const Bytes snapshot = store_.Snapshot();
  for (size_t length = 0; length < snapshot.size(); ++length) {
    ReplicatedStore other(Two);
    EXPECT_FALSE(
        other.Restore(std::string_view(snapshot).substr(0, length)).ok());
  }
  EXPECT_FALSE(store_.Restore(snapshot + "x").ok());
}

}  // namespace
}  // namespace reprise::kv
