#include "sim/core/event_queue.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "sim/core/check.h"

namespace reprise {

void EventQueue::Push(Event& event, VirtualTime at) {
  REPRISE_CHECK(!event.IsScheduled(), "an event is scheduled twice");
  if (at <= now_) {
    REPRISE_CHECK(at == now_, "an event in the past");
    PushReady(event);
    return;
  }
  const uint32_t slot = AcquireSlot(event);
  const Key key{at.nanoseconds(), next_sequence_++ << kSlotBits | slot};
  heap_.push_back(key);
  SiftUp(heap_.size() - 1, key);
}

void EventQueue::PushDeadline(Event& event, VirtualTime at) {
  const Event* last = deadlines_.last();
  if (at <= now_ || (last != nullptr && at.nanoseconds() < last->time_)) {
    Push(event, at);
    return;
  }
  REPRISE_CHECK(!event.IsScheduled(), "an event is scheduled twice");
  event.slot_ = Event::kDeadline;
  event.time_ = at.nanoseconds();
  event.sequence_ = next_sequence_++;
  deadlines_.Append(event);
}

void EventQueue::Cancel(Event& event) {
  REPRISE_CHECK(event.IsScheduled(), "the event is not scheduled");
  if (event.slot_ == Event::kReady) {
    ready_.Remove(event);
  } else if (event.slot_ == Event::kDeadline) {
    deadlines_.Remove(event);
  } else {
    RemoveAt(slots_[event.slot_].position);
  }
  event.slot_ = Event::kNotScheduled;
}

Event* EventQueue::Pop(VirtualTime end) {
  const bool is_deadline_first = IsDeadlineFirst();
  const int64_t next = is_deadline_first ? deadlines_.first()->time_
                       : !heap_.empty()  ? heap_[0].time
                                        : VirtualTime::Infinite().nanoseconds();
  Event* event = nullptr;
  if (!ready_.empty() && next > now_.nanoseconds()) {
    if (now_ > end) return nullptr;
    event = ready_.first();
    ready_.Remove(*event);
  } else if (next > end.nanoseconds() ||
             (!is_deadline_first && heap_.empty())) {
    return nullptr;
  } else {
    now_ = VirtualTime::Nanoseconds(next);
    if (is_deadline_first) {
      event = deadlines_.first();
      deadlines_.Remove(*event);
    } else {
      event = RemoveAt(0);
    }
  }
  event->slot_ = Event::kNotScheduled;
  return event;
}

void EventQueue::AdvanceTo(VirtualTime time) {
  REPRISE_CHECK(time >= now_ && time <= NextTime(),
                "the clock would pass a pending event");
  now_ = time;
}

VirtualTime EventQueue::NextTime() const {
  if (!ready_.empty()) return now_;
  if (IsDeadlineFirst()) {
    return VirtualTime::Nanoseconds(deadlines_.first()->time_);
  }
  if (heap_.empty()) return VirtualTime::Infinite();
  return VirtualTime::Nanoseconds(heap_[0].time);
}

// Whether the first deadline comes before everything in the heap.
bool EventQueue::IsDeadlineFirst() const {
  if (deadlines_.empty()) return false;
  if (heap_.empty()) return true;
  const Event& deadline = *deadlines_.first();
  const Key& key = heap_[0];
  return deadline.time_ < key.time ||
         (deadline.time_ == key.time &&
          deadline.sequence_ < key.order >> kSlotBits);
}

uint32_t EventQueue::AcquireSlot(Event& event) {
  uint32_t slot = first_free_slot_;
  if (slot == kNoSlot) {
    slot = static_cast<uint32_t>(slots_.size());
    REPRISE_CHECK(slot <= kSlotMask, "more than 2^24 pending events");
    slots_.push_back({&event, 0, kNoSlot});
  } else {
    first_free_slot_ = slots_[slot].next_free;
    slots_[slot].event = &event;
  }
  event.slot_ = slot;
  return slot;
}

Event* EventQueue::RemoveAt(size_t position) {
  const auto number = static_cast<uint32_t>(heap_[position].order & kSlotMask);
  Slot& slot = slots_[number];
  slot.next_free = first_free_slot_;
  first_free_slot_ = number;
  const Key last = heap_.back();
  heap_.pop_back();
  if (position < heap_.size()) {
    if (position > 0 && last < heap_[(position - 1) / kArity]) {
      SiftUp(position, last);
    } else {
      SiftDown(position, last);
    }
  }
  return slot.event;
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
