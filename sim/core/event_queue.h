// EventQueue: pending events, ordered by (time, sequence number).
//
// Guarantees: Pop returns events by time and, at one time, in the order in
// which they were pushed. Cancel removes an event at once and leaves nothing
// behind. Push, Cancel and Pop cost O(log pending). Pushing at the current
// instant is O(1), and so is a deadline that is not before the last one.
//
//   queue.Push(timer, queue.now() + Milliseconds(5));
//   while (Event* event = queue.Pop(VirtualTime::Infinite())) event->Fire();
//
// Three parts keep the common cases short. Events of the current instant are a
// list. Deadlines, which nearly always come in order and are nearly always
// cancelled, are a sorted list too. All others are in a 4-ary heap of 16-byte
// keys, so that the four children of a key share a cache line; slots say where
// each event's key is, which makes removal possible. For the arity see LaMarca
// and Ladner, "The influence of caches on the performance of heaps", JEA 1996.

#ifndef SIM_CORE_EVENT_QUEUE_H_
#define SIM_CORE_EVENT_QUEUE_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/core/time.h"

namespace reprise {

// Something that happens at an instant. It is owned elsewhere and is in at most
// one queue, at most once; it must not be destroyed while it is scheduled.
class Event {
 public:
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  virtual void Fire() = 0;
  bool IsScheduled() const { return slot_ != kNotScheduled; }

 protected:
  Event() = default;
  ~Event() = default;

 private:
  friend class EventQueue;
  friend class EventList;

  // Where an event is, other than a slot of the heap.
  static constexpr uint32_t kNotScheduled = UINT32_MAX;
  static constexpr uint32_t kReady = UINT32_MAX - 1;
  static constexpr uint32_t kDeadline = UINT32_MAX - 2;

  uint32_t slot_ = kNotScheduled;
  Event* next_ = nullptr;  // In a list.
  Event* previous_ = nullptr;
  int64_t time_ = 0;  // Of a deadline.
  uint64_t sequence_ = 0;
};

// Events in the order in which they were appended.
class EventList {
 public:
  bool empty() const { return first_ == nullptr; }
  Event* first() const { return first_; }
  Event* last() const { return last_; }
  size_t size() const { return size_; }

  void Append(Event& event) {
    event.next_ = nullptr;
    event.previous_ = last_;
    (last_ != nullptr ? last_->next_ : first_) = &event;
    last_ = &event;
    ++size_;
  }
  void Remove(Event& event) {
    Event* next = event.next_;
    Event* previous = event.previous_;
    (next != nullptr ? next->previous_ : last_) = previous;
    (previous != nullptr ? previous->next_ : first_) = next;
    --size_;
  }

 private:
  Event* first_ = nullptr;
  Event* last_ = nullptr;
  size_t size_ = 0;
};

// Invariants: the heap holds one key for each event whose slot is a number, and
// slots_[slot].position is its index. Ready events have the current time and
// larger sequence numbers than all else of that time, because pushes at the
// current instant go to their list. Deadlines are sorted.
class EventQueue {
 public:
  VirtualTime now() const { return now_; }
  bool empty() const { return size() == 0; }
  size_t size() const {
    return heap_.size() + ready_.size() + deadlines_.size();
  }

  // Requires `at` >= now() and that the event is not scheduled.
  void Push(Event& event, VirtualTime at);
  // As Push at now().
  void PushReady(Event& event) {
    event.slot_ = Event::kReady;
    ready_.Append(event);
  }
  // As Push, for events whose times mostly come in order.
  void PushDeadline(Event& event, VirtualTime at);

  // Requires that the event is scheduled here.
  void Cancel(Event& event);

  // Removes the first event, moves now() to its time, and returns it; null if
  // there is none at or before `end`.
  Event* Pop(VirtualTime end);

  // Moves the clock where nothing is pending before `time`.
  void AdvanceTo(VirtualTime time);

  // The time of the first event; Infinite() where there is none.
  VirtualTime NextTime() const;

 private:
  // Ordered by time, then by sequence number.
  struct Key {
    int64_t time;
    uint64_t order;  // Sequence number << kSlotBits | slot.

    friend bool operator<(const Key& a, const Key& b) {
      return a.time < b.time || (a.time == b.time && a.order < b.order);
    }
  };
  struct Slot {
    Event* event;
    uint32_t position;  // In the heap.
    uint32_t next_free;
  };
  static constexpr int kSlotBits = 24;
  static constexpr uint32_t kSlotMask = (uint32_t{1} << kSlotBits) - 1;
  static constexpr uint32_t kNoSlot = UINT32_MAX;
  static constexpr size_t kArity = 4;

  uint32_t AcquireSlot(Event& event);
  Event* RemoveAt(size_t position);
  void SiftUp(size_t position, Key key);
  void SiftDown(size_t position, Key key);
  void Place(size_t position, Key key) {
    heap_[position] = key;
    slots_[key.order & kSlotMask].position = static_cast<uint32_t>(position);
  }
  bool IsDeadlineFirst() const;

  VirtualTime now_;
  uint64_t next_sequence_ = 0;
  EventList ready_;
  EventList deadlines_;
  std::vector<Key> heap_;
  std::vector<Slot> slots_;
  uint32_t first_free_slot_ = kNoSlot;
};

}  // namespace reprise

#endif  // SIM_CORE_EVENT_QUEUE_H_
