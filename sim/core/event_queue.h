// EventQueue: pending events, ordered by (time, sequence number).
//
// Guarantees: Pop returns events by time and, at one time, in the order in
// which they were pushed. Cancel removes an event at once and leaves nothing
// behind. Push, Cancel and Pop cost O(log pending); pushing at the current
// instant and popping it again is O(1).
//
//   queue.Push(timer, queue.now() + Milliseconds(5));
//   while (Event* event = queue.Pop(VirtualTime::Infinite())) event->Fire();
//
// A 4-ary heap of 16-byte keys (time, sequence and slot packed), so that the
// four children of a node share a cache line; the slots say where each event's
// key is, which makes removal possible. See LaMarca and Ladner, "The influence
// of caches on the performance of heaps", JEA 1996, for the arity.

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

  static constexpr uint32_t kNotScheduled = UINT32_MAX;
  static constexpr uint32_t kReady = UINT32_MAX - 1;

  uint32_t slot_ = kNotScheduled;
  Event* next_ = nullptr;  // In the list of ready events.
  Event* previous_ = nullptr;
};

// Invariants: the heap holds one key for each event whose slot is a number, and
// positions_[slot] is its index; ready events have the current time and larger
// sequence numbers than keys of the same time in the heap, because a push at
// the current instant goes to the list.
class EventQueue {
 public:
  VirtualTime now() const { return now_; }
  bool empty() const { return size() == 0; }
  size_t size() const { return heap_.size() + ready_count_; }

  // Requires `at` >= now() and that the event is not scheduled.
  void Push(Event& event, VirtualTime at);
  // As Push at now().
  void PushReady(Event& event) {
    event.slot_ = Event::kReady;
    event.next_ = nullptr;
    event.previous_ = ready_last_;
    (ready_last_ != nullptr ? ready_last_->next_ : ready_first_) = &event;
    ready_last_ = &event;
    ++ready_count_;
  }

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
  static constexpr int kSlotBits = 24;
  static constexpr uint64_t kSlotMask = (uint64_t{1} << kSlotBits) - 1;
  static constexpr size_t kArity = 4;

  uint32_t AcquireSlot(Event& event);
  void RemoveAt(size_t position);
  void SiftUp(size_t position, Key key);
  void SiftDown(size_t position, Key key);
  void Place(size_t position, Key key) {
    heap_[position] = key;
    positions_[key.order & kSlotMask] = static_cast<uint32_t>(position);
  }
  Event* PopReady();

  VirtualTime now_;
  uint64_t next_sequence_ = 0;
  std::vector<Key> heap_;
  std::vector<uint32_t> positions_;  // By slot.
  std::vector<Event*> events_;       // By slot.
  std::vector<uint32_t> free_slots_;
  Event* ready_first_ = nullptr;
  Event* ready_last_ = nullptr;
  size_t ready_count_ = 0;
};

}  // namespace reprise

#endif  // SIM_CORE_EVENT_QUEUE_H_
