#include "sim/core/event_queue.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "sim/core/check.h"

namespace reprise {

void EventQueue::Push(Event& event, VirtualTime at) {
  REPRISE_CHECK(!event.IsScheduled(), "event is scheduled twice");
  if (at <= now_) {
    REPRISE_CHECK(at == now_, "event in the past");
    PushReady(event);
    return;
  }
  const uint32_t slot = AcquireSlot(event);
  const Key key{at.nanoseconds(), next_sequence_++ << kSlotBits | slot};
  heap_.push_back(key);
  SiftUp(heap_.size() - 1, key);
}

void EventQueue::Cancel(Event& event) {
  REPRISE_CHECK(event.IsScheduled(), "event is not scheduled");
  if (event.slot_ != Event::kReady) {
    RemoveAt(positions_[event.slot_]);
    return;
  }
  (event.next_ != nullptr ? event.next_->previous_ : ready_last_) =
      event.previous_;
  (event.previous_ != nullptr ? event.previous_->next_ : ready_first_) =
      event.next_;
  event.slot_ = Event::kNotScheduled;
  --ready_count_;
}

Event* EventQueue::Pop(VirtualTime end) {
  const bool is_heap_due =
      !heap_.empty() && heap_[0].time <= now_.nanoseconds();
  if (ready_first_ != nullptr && !is_heap_due) {
    return now_ <= end ? PopReady() : nullptr;
  }
  if (heap_.empty() || heap_[0].time > end.nanoseconds()) return nullptr;
  now_ = VirtualTime::Nanoseconds(heap_[0].time);
  Event* event = events_[heap_[0].order & kSlotMask];
  RemoveAt(0);
  return event;
}

void EventQueue::AdvanceTo(VirtualTime time) {
  REPRISE_CHECK(time >= now_ && time <= NextTime(),
                "the clock would pass a pending event");
  now_ = time;
}

VirtualTime EventQueue::NextTime() const {
  if (ready_first_ != nullptr) return now_;
  if (heap_.empty()) return VirtualTime::Infinite();
  return VirtualTime::Nanoseconds(heap_[0].time);
}

Event* EventQueue::PopReady() {
  Event* event = ready_first_;
  ready_first_ = event->next_;
  (ready_first_ != nullptr ? ready_first_->previous_ : ready_last_) = nullptr;
  event->slot_ = Event::kNotScheduled;
  --ready_count_;
  return event;
}

uint32_t EventQueue::AcquireSlot(Event& event) {
  if (free_slots_.empty()) {
    const auto slot = static_cast<uint32_t>(events_.size());
    REPRISE_CHECK(slot <= kSlotMask, "more than 2^24 pending events");
    events_.push_back(&event);
    positions_.push_back(0);
    event.slot_ = slot;
    return slot;
  }
  const uint32_t slot = free_slots_.back();
  free_slots_.pop_back();
  events_[slot] = &event;
  event.slot_ = slot;
  return slot;
}

void EventQueue::RemoveAt(size_t position) {
  const auto slot = static_cast<uint32_t>(heap_[position].order & kSlotMask);
  events_[slot]->slot_ = Event::kNotScheduled;
  free_slots_.push_back(slot);
  const Key last = heap_.back();
  heap_.pop_back();
  if (position == heap_.size()) return;
  if (position > 0 && last < heap_[(position - 1) / kArity]) {
    SiftUp(position, last);
  } else {
    SiftDown(position, last);
  }
}

void EventQueue::SiftUp(size_t position, Key key) {
  while (position > 0) {
    const size_t parent = (position - 1) / kArity;
    if (!(key < heap_[parent])) break;
    Place(position, heap_[parent]);
    position = parent;
  }
  Place(position, key);
}

void EventQueue::SiftDown(size_t position, Key key) {
  const size_t size = heap_.size();
  for (;;) {
    const size_t first = position * kArity + 1;
    if (first >= size) break;
    const size_t end = std::min(first + kArity, size);
    size_t least = first;
    for (size_t child = first + 1; child < end; ++child) {
      if (heap_[child] < heap_[least]) least = child;
    }
    if (!(heap_[least] < key)) break;
    Place(position, heap_[least]);
    position = least;
  }
  Place(position, key);
}

}  // namespace reprise
