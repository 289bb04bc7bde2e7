#include "reprise/sim/core/event_queue.h"

#include <cstdint>

#include "reprise/sim/core/check.h"

namespace reprise {

void EventQueue::AdvanceTo(VirtualTime time) {
  REPRISE_CHECK(time >= now_ && time <= NextTime(),
                "the clock would pass a pending event");
  now_ = time;
}

VirtualTime EventQueue::NextTime() const {
  if (empty()) return VirtualTime::Infinite();
  const Event* event = Earliest(buckets_[FirstBucket()]);
  return VirtualTime::Nanoseconds(event->time_);
}

// They are the whole of a bucket, which the origin shares.
uint32_t EventQueue::ReadyBucket() const {
  REPRISE_CHECK(origin_ == now_.nanoseconds(), "no event of now() was popped");
  return static_cast<uint32_t>(origin_) & (kDigits - 1);
}

uint64_t EventQueue::CountReady(uint64_t most) const {
  const uint32_t bucket = ReadyBucket();
  if ((occupied_[0] >> bucket & 1) == 0) return 0;
  const Event* const first = buckets_[bucket];
  uint64_t count = 1;
  for (const Event* event = first->next_; event != first && count < most;
       event = event->next_) {
    ++count;
  }
  return count;
}

void EventQueue::PushBehind(Event& event, uint64_t count) {
  REPRISE_CHECK(!event.IsScheduled(), "an event is scheduled twice");
  if (CountReady(count + 1) <= count) {
    PushReady(event);
    return;
  }
  event.bucket_ = ReadyBucket();
  event.time_ = origin_;
  ++size_;
  Event* next = buckets_[event.bucket_];
  for (uint64_t i = 0; i < count; ++i) next = next->next_;
  event.next_ = next;
  event.previous_ = next->previous_;
  next->previous_->next_ = &event;
  next->previous_ = &event;
}

// The first of those in the ring with the earliest time.
Event* EventQueue::Earliest(Event* first) {
  Event* earliest = first;
  for (Event* event = first->next_; event != first; event = event->next_) {
    if (event->time_ < earliest->time_) earliest = event;
  }
  return earliest;
}

// Puts the events of a bucket where they belong since the origin moved into it:
// all to lower levels, in their order.
void EventQueue::Spread(uint32_t bucket) {
  Vacate(bucket);
  Event* const last = buckets_[bucket]->previous_;
  Event* event = buckets_[bucket];
  for (;;) {
    Event* next = event->next_;
    Insert(*event);
    if (event == last) break;
    event = next;
  }
}

}  // namespace reprise
