#include "reprise/sim/explore/trial/memory_properties.h"

#include <memory>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using testing::HasSubstr;

// A node that holds 1,000 bytes from the beginning, 5,000 more between one and
// two seconds, and 300 for good from three seconds on.
class MemoryPropertiesTest : public testing::Test {
 protected:
  MemoryPropertiesTest() : trial_(options_, arena_) {
    trial_.NewWorld(fault::Calm());
    node_ = &trial_.world().AddNode("server");
    node_->OnBoot([this](Env& env) {
      base_.resize(1000);
      env.clock().SleepUntil(VirtualTime::Seconds(1));
      passing_ = std::make_unique<char[]>(5000);
      env.clock().SleepUntil(VirtualTime::Seconds(2));
      passing_.reset();
      env.clock().SleepUntil(VirtualTime::Seconds(3));
      rest_.resize(300);
      env.tasks().WaitUntilStopped();
    });
  }

  void RunUntil(int64_t seconds) {
    trial_.world().RunUntil(VirtualTime::Seconds(seconds));
  }
  Verdict Judgement() {
    trial_.Run();
    return trial_.Finish().verdict;
  }

  // What the node holds; members, lest Clang leaves the allocations out.
  std::vector<char> base_;
  std::vector<char> rest_;
  std::unique_ptr<char[]> passing_;
  TrialOptions options_{.seed = Seed(7)};
  TrialArena arena_;
  Trial trial_;
  Node* node_;
};

TEST_F(MemoryPropertiesTest, WhatIsHeldAtAnInstantIsBounded) {
  RunUntil(4);
  EXPECT_EQ(HeldBytes(*node_), 1300);
  ExpectHeldAtMost(trial_, *node_, 1300);
  EXPECT_EQ(Judgement().kind, VerdictKind::kHolds);
}

TEST_F(MemoryPropertiesTest, ABreachNamesNodeTimeAndBytes) {
  RunUntil(4);
  ExpectHeldAtMost(trial_, *node_, 1299);
  const Verdict verdict = Judgement();
  EXPECT_EQ(verdict.property, "memory-bound");
  EXPECT_EQ(verdict.message,
            "the server held 1300 bytes at 4.000 000 s; at most 1299 are "
            "allowed.");
}

TEST_F(MemoryPropertiesTest, GrowthCountsFromItsBeginning) {
  RunUntil(0);
  const MemoryGrowth growth(trial_, *node_);
  RunUntil(4);
  EXPECT_EQ(growth.bytes(), 300);
  growth.ExpectAtMost(300);
  EXPECT_FALSE(trial_.violated());
  growth.ExpectAtMost(299);
  EXPECT_THAT(Judgement().message, HasSubstr("had grown by 300 bytes"));
}

TEST_F(MemoryPropertiesTest, ALimitSeesWhatIsGoneAgain) {
  RunUntil(0);
  const MemoryLimit limit(trial_, *node_, 2000);
  RunUntil(4);
  limit.ExpectKept();
  const Verdict verdict = Judgement();
  EXPECT_EQ(verdict.property, "memory-bound");
  EXPECT_THAT(verdict.message, HasSubstr("bytes at 1.000 000 s; at most 2000"));
}

TEST_F(MemoryPropertiesTest, ALimitThatIsKeptHolds) {
  const MemoryLimit limit(trial_, *node_, 10'000);
  RunUntil(4);
  limit.ExpectKept();
  EXPECT_EQ(Judgement().kind, VerdictKind::kHolds);
}

TEST_F(MemoryPropertiesTest, LiveDataBoundsWhatIsHeld) {
  RunUntil(4);
  const LiveDataBound bound = {
      .base_bytes = 100, .per_client_bytes = 10, .live_factor = 2};
  ExpectBoundedByLiveData(trial_, *node_, bound, /*clients=*/20,
                          /*live_bytes=*/500);
  EXPECT_FALSE(trial_.violated());
  ExpectBoundedByLiveData(trial_, *node_, bound, /*clients=*/19,
                          /*live_bytes=*/500);
  EXPECT_THAT(Judgement().message, HasSubstr("at most 1290 are allowed"));
}

TEST_F(MemoryPropertiesTest, WhatAStoppedNodeLeavesIsALeak) {
  RunUntil(4);
  ExpectNoLeaks(trial_);
  EXPECT_FALSE(trial_.violated());
  // The fixture keeps what the node's code has allocated.
  node_->Crash();
  ExpectNoLeaks(trial_);
  const Verdict verdict = Judgement();
  EXPECT_EQ(verdict.property, "no-leak");
  EXPECT_EQ(verdict.message,
            "the server stopped at 4.000 000 s and left 1300 bytes in 2 blocks "
            "on its account.");
}

}  // namespace
}  // namespace reprise
