#include "reprise/kv/clerk.h"

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "gtest/gtest.h"
#include "reprise/kv/service.h"
#include "reprise/kv/testing/fake_env.h"
#include "reprise/kv/wire.h"

namespace reprise::kv {
namespace {

constexpr NodeId kServer{0};

class ClerkTest : public testing::Test {
 protected:
  ClerkTest() {
    env_.answer = [this](const Bytes& request) -> absl::StatusOr<Bytes> {
      env_.now = env_.now + Microseconds(100);
      return service_.Handle(request);
    };
  }

  uint64_t SequenceOf(const Bytes& request) {
    return DecodeRequest(request)->sequence;
  }

  Service service_;
  FakeEnv env_;
};

TEST_F(ClerkTest, ReadsWhatItWrote) {
  Clerk clerk(env_, kServer);
  EXPECT_EQ(clerk.Get("k"), "");
  clerk.Put("k", "a");
  EXPECT_EQ(clerk.Append("k", "b"), "a");
  EXPECT_EQ(clerk.Get("k"), "ab");
  EXPECT_EQ(clerk.attempts(), 4u);
}

TEST_F(ClerkTest, ClerksOfOneNodeDiffer) {
  Clerk first(env_, kServer);
  Clerk second(env_, kServer);
  EXPECT_NE(first.client(), second.client());
}

TEST_F(ClerkTest, NumbersItsRequestsFromOne) {
  Clerk clerk(env_, kServer);
  clerk.Put("k", "a");
  clerk.Get("k");
  ASSERT_EQ(env_.requests.size(), 2u);
  EXPECT_EQ(SequenceOf(env_.requests[0]), 1u);
  EXPECT_EQ(SequenceOf(env_.requests[1]), 2u);
}

TEST_F(ClerkTest, RetriesTheSameRequestAtOnce) {
  Clerk clerk(env_, kServer);
  const auto serve = env_.answer;
  env_.answer = [&](const Bytes& request) -> absl::StatusOr<Bytes> {
    const absl::StatusOr<Bytes> reply = serve(request);
    if (env_.requests.size() < 3) return absl::UnavailableError("lost");
    return reply;
  };

  EXPECT_EQ(clerk.Append("k", "a"), "");

  ASSERT_EQ(env_.requests.size(), 3u);
  EXPECT_EQ(env_.requests[0], env_.requests[1]);
  EXPECT_EQ(env_.requests[0], env_.requests[2]);
  EXPECT_EQ(env_.now, VirtualTime::Nanoseconds(300'000));
  EXPECT_EQ(clerk.attempts(), 3u);
  EXPECT_EQ(clerk.Get("k"), "a");
}

TEST_F(ClerkTest, HandsItsDeadlineToTheNetwork) {
  Clerk patient(env_, kServer);
  Clerk hasty(env_, kServer, {.deadline = Milliseconds(100)});
  patient.Get("k");
  hasty.Get("k");
  EXPECT_EQ(env_.deadlines[0], Duration::Infinite());
  EXPECT_EQ(env_.deadlines[1], Milliseconds(100));
}

TEST_F(ClerkTest, RestsWhereFailuresTakeNoTime) {
  Clerk clerk(env_, kServer);
  env_.answer = [&](const Bytes& request) -> absl::StatusOr<Bytes> {
    if (env_.now < VirtualTime::Milliseconds(10)) {
      return absl::UnimplementedError("not serving yet");
    }
    return service_.Handle(request);
  };
  clerk.Put("k", "a");
  EXPECT_GE(env_.now, VirtualTime::Milliseconds(10));
  EXPECT_LE(env_.requests.size(), 200u);
}

TEST_F(ClerkTest, TakesNoReplyForAnother) {
  Clerk clerk(env_, kServer);
  const auto serve = env_.answer;
  const Bytes wrong_sequence = EncodeReply(
      {.kind = RequestKind::kGet, .sequence = 99, .value = "wrong"});
  const Bytes wrong_kind = EncodeReply(
      {.kind = RequestKind::kAppend, .sequence = 1, .value = "wrong"});
  env_.answer = [&](const Bytes& request) -> absl::StatusOr<Bytes> {
    switch (env_.requests.size()) {
      case 1:
        return wrong_sequence;
      case 2:
        return wrong_kind;
      case 3:
        return Bytes("junk");
      default:
        return serve(request);
    }
  };
  EXPECT_EQ(clerk.Get("k"), "");
  EXPECT_EQ(env_.requests.size(), 4u);
}

TEST_F(ClerkTest, EndsWhenItsTaskIsCancelled) {
  Clerk clerk(env_, kServer);
  env_.answer = [](const Bytes&) { return absl::CancelledError("crashed"); };
  EXPECT_EQ(clerk.Append("k", "a"), "");
  EXPECT_EQ(env_.requests.size(), 1u);
}

}  // namespace
}  // namespace reprise::kv
