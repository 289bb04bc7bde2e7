#include "reprise/kv/replicated_clerk.h"

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/replicated_wire.h"
#include "reprise/kv/storage/encoding.h"
#include "reprise/kv/testing/fake_env.h"
#include "reprise/kv/wire.h"
#include "reprise/sim/core/ids.h"

namespace reprise::kv {
namespace {

Bytes Session(uint64_t number) {
  Bytes content;
  AppendWord(content, number);
  return ToAnswer(std::move(content), Outcome::kDone);
}

// What a server answers that executes everything with the value "old".
Bytes Obey(const Bytes& message) {
  if (message.empty()) return Session(7);
  const absl::StatusOr<Request> request = DecodeRequest(message);
  if (!request.ok()) return EncodeAnswer({});
  const bool is_put = request->kind == RequestKind::kPut;
  return ToAnswer(EncodeReply({.kind = request->kind,
                               .sequence = request->sequence,
                               .value = is_put ? "" : "old"}),
                  Outcome::kDone);
}

class ReplicatedClerkTest : public testing::Test {
 protected:
  FakeEnv env_;
  ReplicatedClerk clerk_{env_, {NodeId(0), NodeId(1), NodeId(2)}};
};

TEST_F(ReplicatedClerkTest, OpensASessionForWhatItChanges) {
  env_.answer = Obey;
  EXPECT_EQ(*clerk_.Get("k"), "old");
  EXPECT_EQ(clerk_.session(), 0U);
  EXPECT_TRUE(clerk_.Put("k", "v").ok());
  EXPECT_EQ(clerk_.session(), 7U);
  EXPECT_EQ(*clerk_.Append("k", "v"), "old");
  ASSERT_EQ(env_.requests.size(), 4U);
  EXPECT_EQ(DecodeRequest(env_.requests[2])->client, 7U);
  EXPECT_GT(DecodeRequest(env_.requests[3])->sequence,
            DecodeRequest(env_.requests[2])->sequence);
}

TEST_F(ReplicatedClerkTest, SendsTheSameRequestAgain) {
  int failures = 3;
  env_.answer = [&](const Bytes& message) -> absl::StatusOr<Bytes> {
    if (!message.empty() && failures-- > 0) {
      if (failures == 2) return absl::UnavailableError("");
      return EncodeAnswer({.outcome = Outcome::kUnknown});
    }
    return Obey(message);
  };
  EXPECT_TRUE(clerk_.Put("k", "v").ok());
  ASSERT_EQ(env_.requests.size(), 5U);
  EXPECT_EQ(env_.requests[1], env_.requests[4]);
}

TEST_F(ReplicatedClerkTest, AnExpiredSessionEndsTheCall) {
  bool is_expired = false;
  env_.answer = [&](const Bytes& message) -> absl::StatusOr<Bytes> {
    if (!message.empty() && is_expired) {
      return EncodeAnswer({.outcome = Outcome::kSessionExpired});
    }
    return Obey(message);
  };
  EXPECT_TRUE(clerk_.Put("k", "v").ok());
  is_expired = true;
  EXPECT_TRUE(absl::IsAborted(clerk_.Put("k", "v")));
  EXPECT_EQ(clerk_.session(), 0U);
  is_expired = false;
  EXPECT_TRUE(clerk_.Put("k", "v").ok());
}

TEST_F(ReplicatedClerkTest, EndsWithItsNode) {
  env_.answer = [](const Bytes&) { return absl::CancelledError(""); };
  EXPECT_TRUE(absl::IsCancelled(clerk_.Put("k", "v")));
  EXPECT_EQ(clerk_.attempts(), 1U);
}

}  // namespace
}  // namespace reprise::kv
