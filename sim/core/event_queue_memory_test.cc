// What an event queue holds, counted as the bytes requested through operator
// new.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>

#include "gtest/gtest.h"
#include "reprise/sim/core/event_queue.h"

namespace {

// tidy: allow(global) operator new has no other place to count
int64_t requested_bytes = 0;

}  // namespace

void* operator new(size_t size) {
  void* block = std::malloc(size);
  if (block == nullptr) std::abort();
  requested_bytes += static_cast<int64_t>(size);
  return block;
}
// Out of line: GCC believes that what it sees inlined is mismatched.
[[gnu::noinline]] void operator delete(void* pointer) noexcept {
  std::free(pointer);
}
[[gnu::noinline]] void operator delete(void* pointer, size_t) noexcept {
  std::free(pointer);
}

namespace reprise {
namespace {

struct TestEvent final : Event {
  void Fire() override {}
};

constexpr int kTimers = 100'000;

TEST(EventQueueMemoryTest, ACancelledTimerLeavesNothing) {
  EventQueue queue;
  TestEvent timer;
  queue.Push(timer, VirtualTime::Seconds(1));
  queue.Cancel(timer);
  const int64_t before = requested_bytes;
  for (int i = 0; i < kTimers; ++i) {
    queue.Push(timer, VirtualTime::Seconds(1 + i));
    queue.Cancel(timer);
  }
  EXPECT_EQ(requested_bytes, before);
  EXPECT_TRUE(queue.empty());
}

TEST(EventQueueMemoryTest, CancelledTimersTakeNoMoreBesidePendingOnes) {
  EventQueue queue;
  TestEvent pending[100];
  for (TestEvent& event : pending) queue.Push(event, VirtualTime::Seconds(1));
  TestEvent timer;
  queue.Push(timer, VirtualTime::Seconds(1));
  queue.Cancel(timer);
  const int64_t before = requested_bytes;
  for (int i = 0; i < kTimers; ++i) {
    queue.Push(timer, VirtualTime::Seconds(1));
    queue.Cancel(timer);
  }
  // The bucket of 100 events may have grown once more, to 256 entries.
  EXPECT_LE(requested_bytes, before + 256 * 16);
  for (TestEvent& event : pending) {
    EXPECT_EQ(queue.Pop(VirtualTime::Infinite()), &event);
  }
}

TEST(EventQueueMemoryTest, ReadyAndLaterEventsAllocateNothing) {
  EventQueue queue;
  TestEvent ready;
  TestEvent later;
  const int64_t before = requested_bytes;
  for (int i = 0; i < kTimers; ++i) {
    queue.PushReady(ready);
    queue.Push(later, queue.now() + Milliseconds(1));
    EXPECT_EQ(queue.Pop(VirtualTime::Infinite()), &ready);
    if (i % 2 == 0) {
      queue.Cancel(later);
    } else {
      EXPECT_EQ(queue.Pop(VirtualTime::Infinite()), &later);
    }
  }
  EXPECT_EQ(requested_bytes, before);
}

}  // namespace
}  // namespace reprise
