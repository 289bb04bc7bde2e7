#include "reprise/sim/core/event_queue.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <set>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"

namespace reprise {
namespace {

using testing::ElementsAre;

constexpr VirtualTime kEver = VirtualTime::Infinite();

struct TestEvent final : Event {
  void Fire() override {}
  int number = 0;
};

class EventQueueTest : public testing::Test {
 protected:
  EventQueueTest() {
    for (int i = 0; i < 20; ++i) events_[i].number = i;
  }

  VirtualTime At(int64_t nanoseconds) {
    return VirtualTime::Nanoseconds(nanoseconds);
  }
  // The numbers of the events that are left, in their order.
  std::vector<int> PopAll() {
    std::vector<int> order;
    while (Event* event = queue_.Pop(kEver)) {
      order.push_back(static_cast<TestEvent*>(event)->number);
    }
    return order;
  }

  EventQueue queue_;
  TestEvent events_[20];
};

TEST_F(EventQueueTest, IsEmptyAtFirst) {
  EXPECT_TRUE(queue_.empty());
  EXPECT_EQ(queue_.now(), VirtualTime());
  EXPECT_EQ(queue_.NextTime(), kEver);
  EXPECT_EQ(queue_.Pop(kEver), nullptr);
}

TEST_F(EventQueueTest, PopsByTime) {
  for (const int i : {3, 1, 4, 0, 2}) queue_.Push(events_[i], At(10 + i));
  EXPECT_THAT(PopAll(), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_EQ(queue_.now(), At(14));
}

TEST_F(EventQueueTest, PopsEventsOfOneInstantInTheOrderOfPushing) {
  for (const int i : {3, 1, 4, 0, 2}) queue_.Push(events_[i], At(10));
  EXPECT_THAT(PopAll(), ElementsAre(3, 1, 4, 0, 2));
}

TEST_F(EventQueueTest, OrdersByTimeAndThenByPush) {
  queue_.Push(events_[0], At(10));
  queue_.Push(events_[1], At(10));
  queue_.Push(events_[2], At(10));
  queue_.Push(events_[3], At(9));
  queue_.Push(events_[4], At(11));
  EXPECT_THAT(PopAll(), ElementsAre(3, 0, 1, 2, 4));
}

TEST_F(EventQueueTest, WhatIsPushedNowComesAfterAllElseOfTheInstant) {
  queue_.Push(events_[0], At(10));
  queue_.Push(events_[1], At(10));
  queue_.Push(events_[2], At(10));
  queue_.Push(events_[3], At(11));
  EXPECT_EQ(queue_.Pop(kEver), &events_[0]);
  queue_.PushReady(events_[4]);
  queue_.Push(events_[5], queue_.now());
  queue_.Push(events_[6], queue_.now());
  EXPECT_THAT(PopAll(), ElementsAre(1, 2, 4, 5, 6, 3));
}

TEST_F(EventQueueTest, StopsAtTheEndOfTheSpan) {
  queue_.Push(events_[0], At(10));
  queue_.Push(events_[1], At(20));
  EXPECT_EQ(queue_.Pop(At(9)), nullptr);
  EXPECT_EQ(queue_.now(), VirtualTime());
  EXPECT_EQ(queue_.Pop(At(10)), &events_[0]);
  EXPECT_EQ(queue_.Pop(At(19)), nullptr);
  EXPECT_EQ(queue_.now(), At(10));
  EXPECT_EQ(queue_.NextTime(), At(20));
}

TEST_F(EventQueueTest, ACancelledEventIsGone) {
  queue_.Push(events_[0], At(10));
  queue_.Push(events_[1], At(10));
  queue_.PushReady(events_[2]);
  queue_.Push(events_[3], At(20));
  for (const int i : {0, 1, 2}) {
    EXPECT_TRUE(events_[i].IsScheduled());
    queue_.Cancel(events_[i]);
    EXPECT_FALSE(events_[i].IsScheduled());
  }
  EXPECT_EQ(queue_.size(), 1u);
  EXPECT_THAT(PopAll(), ElementsAre(3));
}

TEST_F(EventQueueTest, AnEventCanBePushedAgainOnceItFiredOrWasCancelled) {
  queue_.Push(events_[0], At(10));
  queue_.Cancel(events_[0]);
  queue_.Push(events_[0], At(5));
  EXPECT_EQ(queue_.Pop(kEver), &events_[0]);
  queue_.Push(events_[0], At(7));
  EXPECT_EQ(queue_.Pop(kEver), &events_[0]);
  EXPECT_EQ(queue_.now(), At(7));
}

TEST_F(EventQueueTest, TheClockAdvancesUpToTheNextEvent) {
  queue_.Push(events_[0], At(10));
  queue_.AdvanceTo(At(10));
  EXPECT_EQ(queue_.now(), At(10));
  // Pushed later, though at what is the current instant now.
  queue_.PushReady(events_[1]);
  EXPECT_THAT(PopAll(), ElementsAre(0, 1));
}

TEST_F(EventQueueTest, RefusesWhatWouldBreakTheOrder) {
  queue_.Push(events_[0], At(10));
  EXPECT_DEATH(queue_.AdvanceTo(At(11)), "the clock would pass");
  EXPECT_DEATH(queue_.Push(events_[0], At(11)), "scheduled twice");
  EXPECT_DEATH(queue_.Cancel(events_[1]), "not scheduled");
  queue_.Pop(kEver);
  EXPECT_DEATH(queue_.Push(events_[1], At(9)), "in the past");
  EXPECT_DEATH(queue_.AdvanceTo(At(9)), "the clock would pass");
}

TEST_F(EventQueueTest, PushesBehindSomeOfWhatIsReady) {
  for (const int i : {0, 1, 2, 3}) queue_.Push(events_[i], At(10));
  queue_.Push(events_[4], At(11));
  EXPECT_EQ(queue_.Pop(kEver), &events_[0]);
  EXPECT_EQ(queue_.CountReady(2), 2u);
  EXPECT_EQ(queue_.CountReady(9), 3u);
  queue_.PushBehind(events_[0], 2);
  queue_.PushBehind(events_[5], 9);
  queue_.PushBehind(events_[6], 1);
  EXPECT_EQ(queue_.size(), 7u);
  EXPECT_THAT(PopAll(), ElementsAre(1, 6, 2, 0, 3, 5, 4));
}

TEST_F(EventQueueTest, WhatWasCancelledDoesNotCountAsReady) {
  for (const int i : {0, 1, 2, 3, 4}) queue_.Push(events_[i], At(10));
  EXPECT_EQ(queue_.Pop(kEver), &events_[0]);
  queue_.Cancel(events_[2]);
  EXPECT_EQ(queue_.CountReady(9), 3u);
  queue_.PushBehind(events_[5], 2);
  queue_.Cancel(events_[1]);
  queue_.PushBehind(events_[6], 1);
  queue_.Cancel(events_[5]);
  EXPECT_EQ(queue_.size(), 3u);
  EXPECT_THAT(PopAll(), ElementsAre(3, 6, 4));
}

TEST_F(EventQueueTest, PushesBehindNothingWhereNothingIsReady) {
  queue_.Push(events_[0], At(10));
  queue_.Push(events_[1], At(11));
  EXPECT_EQ(queue_.Pop(kEver), &events_[0]);
  EXPECT_EQ(queue_.CountReady(9), 0u);
  queue_.PushBehind(events_[0], 3);
  EXPECT_THAT(PopAll(), ElementsAre(0, 1));
}

TEST_F(EventQueueTest, CountsWhatIsReadyOnlyWhereAnEventWasPopped) {
  queue_.Push(events_[0], At(20));
  queue_.AdvanceTo(At(10));
  EXPECT_DEATH(queue_.CountReady(9), "no event of now");
}

// The same operations on the queue and on a sorted set of (time, push number).
class EventQueueModelTest : public testing::TestWithParam<int64_t> {
 protected:
  static constexpr size_t kEvents = 300;

  EventQueueModelTest() {
    for (size_t i = 0; i < kEvents; ++i) {
      events_.push_back(std::make_unique<TestEvent>());
      keys_.push_back({});
    }
  }

  size_t AnyEvent() {
    return static_cast<size_t>(random_.Uniform(0, kEvents - 1));
  }

  void PushOrCancel() {
    const size_t i = AnyEvent();
    TestEvent& event = *events_[i];
    if (event.IsScheduled()) {
      queue_.Cancel(event);
      model_.erase({keys_[i], i});
      return;
    }
    const int64_t delay = random_.Uniform(0, GetParam());
    const VirtualTime at = queue_.now() + Nanoseconds(delay);
    keys_[i] = {at, pushes_++};
    if (random_.Chance({1, 3})) {
      keys_[i].first = queue_.now();
      queue_.PushReady(event);
    } else {
      queue_.Push(event, at);
    }
    model_.insert({keys_[i], i});
  }

  void Pop() {
    const VirtualTime end =
        queue_.now() + Nanoseconds(random_.Uniform(0, GetParam()));
    Event* event = queue_.Pop(end);
    if (model_.empty() || model_.begin()->first.first > end) {
      ASSERT_EQ(event, nullptr);
      return;
    }
    ASSERT_EQ(event, events_[model_.begin()->second].get());
    ASSERT_EQ(queue_.now(), model_.begin()->first.first);
    model_.erase(model_.begin());
  }

  using Key = std::pair<VirtualTime, uint64_t>;
  RandomStream random_{StreamKey(Seed(1), "event queue", "operations")};
  EventQueue queue_;
  std::vector<std::unique_ptr<TestEvent>> events_;
  std::vector<Key> keys_;
  std::set<std::pair<Key, size_t>> model_;
  uint64_t pushes_ = 0;
};

TEST_P(EventQueueModelTest, PopsAsASortedSetWould) {
  for (int step = 0; step < 100'000; ++step) {
    // Phases in which the queue fills, stays as it is and empties.
    const int64_t pushes_of_ten = 2 + 3 * (step / 5'000 % 3);
    if (random_.Uniform(0, 9) < pushes_of_ten) {
      PushOrCancel();
    } else {
      Pop();
    }
    if (HasFatalFailure()) return;
    ASSERT_EQ(queue_.size(), model_.size());
    ASSERT_EQ(queue_.NextTime(),
              model_.empty() ? kEver : model_.begin()->first.first);
  }
  while (!model_.empty() && !HasFatalFailure()) Pop();
}

// Many events at one instant, some, nearly none; near the end of time.
INSTANTIATE_TEST_SUITE_P(Spans, EventQueueModelTest,
                         testing::Values(2, 50, 1'000'000, int64_t{1} << 48));

}  // namespace
}  // namespace reprise
