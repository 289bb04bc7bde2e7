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
