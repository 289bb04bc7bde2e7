#include "tests/lock_service/lock_table.h"

#include <cstdint>

#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/bytes.h"
#include "tests/lock_service/lock_rules.h"
#include "tests/lock_service/lock_wire.h"

namespace reprise::locks {
namespace {

class LockTableTest : public testing::Test {
 protected:
  LockTableTest() {
    table_.Apply(1, kv::kOpenSession);
    table_.Apply(2, kv::kOpenSession);
  }

  LockReply Ask(LockCommand command) {
    command.lock = "l";
    const absl::StatusOr<Bytes> content =
        kv::ContentOf(table_.Apply(++index_, EncodeCommand(command)));
    if (!content.ok()) return {.token = 999};
    return *DecodeReply(*content);
  }
  LockReply Acquire(uint64_t session, uint64_t number, int64_t at) {
    return Ask({.session = session,
                .number = number,
                .duration = Milliseconds(100),
                .time = VirtualTime::Milliseconds(at)});
  }
  LockReply Renew(uint64_t session, uint64_t number, uint64_t token,
                  int64_t at) {
    return Ask({.function = LockFunction::kRenew,
                .session = session,
                .number = number,
                .token = token,
                .duration = Milliseconds(100),
                .time = VirtualTime::Milliseconds(at)});
  }
  LockReply Release(uint64_t session, uint64_t number, uint64_t token) {
    return Ask({.function = LockFunction::kRelease,
                .session = session,
                .number = number,
                .token = token});
  }

  LockTable table_{LockRules(), /*sessions_max=*/2};
  uint64_t index_ = 2;
};

TEST_F(LockTableTest, ALeaseKeepsOthersOutUntilItIsOver) {
  EXPECT_EQ(Acquire(1, 1, 0).token, 1u);
  const LockReply refused = Acquire(2, 1, 40);
  EXPECT_FALSE(refused.is_granted);
  EXPECT_EQ(refused.holder, 1u);
  EXPECT_EQ(refused.wait, Milliseconds(60));
  EXPECT_FALSE(Acquire(2, 2, 99).is_granted);
  EXPECT_EQ(Acquire(2, 3, 100).token, 2u);
}

TEST_F(LockTableTest, ARenewalCountsFromItsEntry) {
  Acquire(1, 1, 0);
  EXPECT_TRUE(Renew(1, 2, 1, 50).is_granted);
  EXPECT_FALSE(Acquire(2, 1, 149).is_granted);
  EXPECT_FALSE(Renew(1, 3, 1, 150).is_granted);
  EXPECT_TRUE(Acquire(2, 2, 150).is_granted);
}

TEST_F(LockTableTest, AReleasedLockIsFreeAndItsTokenIsNotGrantedAgain) {
  Acquire(1, 1, 0);
  EXPECT_FALSE(Release(2, 1, 7).is_granted);
  EXPECT_TRUE(Release(1, 2, 1).is_granted);
  EXPECT_EQ(Acquire(2, 2, 1).token, 2u);
}

TEST_F(LockTableTest, TimeDoesNotGoBack) {
  Acquire(1, 1, 0);
  EXPECT_FALSE(Acquire(2, 1, 90).is_granted);
  EXPECT_EQ(Acquire(2, 2, 10).wait, Milliseconds(10));
}

TEST_F(LockTableTest, ARepeatedRequestIsExecutedOnce) {
  EXPECT_EQ(Acquire(1, 1, 0).token, 1u);
  EXPECT_EQ(Acquire(1, 1, 200).token, 1u);
  EXPECT_EQ(table_.last_token(), 1u);
}

TEST_F(LockTableTest, AnExpiredSessionGetsNothing) {
  table_.Apply(++index_, kv::kOpenSession);
  EXPECT_EQ(Acquire(1, 1, 0).token, 999u);
  EXPECT_EQ(table_.last_token(), 0u);
}

TEST_F(LockTableTest, ASnapshotHasLeasesTokensTimeAndAnswers) {
  Acquire(1, 1, 0);
  Release(1, 2, 1);
  Acquire(1, 3, 10);
  const Bytes snapshot = table_.Snapshot();
  LockTable other(LockRules(), 2);
  ASSERT_TRUE(other.Restore(snapshot).ok());
  EXPECT_EQ(other.Snapshot(), snapshot);
  EXPECT_EQ(other.last_token(), 2u);
  EXPECT_EQ(other.time(), VirtualTime::Milliseconds(10));
  EXPECT_FALSE(other.Restore(snapshot.substr(0, snapshot.size() - 1)).ok());
}

TEST_F(LockTableTest, AMalformedCommandChangesNothing) {
  const Bytes before = table_.Snapshot();
  const Bytes command = EncodeCommand({.session = 1, .number = 1});
  for (const Bytes& malformed : {Bytes(), command + "x", command.substr(1)}) {
    EXPECT_FALSE(kv::ContentOf(table_.Apply(9, malformed)).ok());
  }
  EXPECT_EQ(table_.Snapshot(), before);
}

}  // namespace
}  // namespace reprise::locks
