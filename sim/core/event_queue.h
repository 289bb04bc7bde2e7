// EventQueue: pending events, ordered by time and, at one time, by when they
// were pushed, unless one is pushed between others (PushBehind).
//
// Guarantees: Pop returns events in that order. Cancel removes an event at once
// and leaves nothing behind. Nothing allocates: the queue links the events
// themselves. Push and Cancel cost O(1); Pop costs O(log pending), amortised,
// for times that are spread evenly, and never more than 16 moves for each
// event.
//
//   queue.Push(timer, queue.now() + Milliseconds(5));
//   while (Event* event = queue.Pop(VirtualTime::Infinite())) event->Fire();
//
// A radix heap on hexadecimal digits. Nothing is ever pushed before the time of
// the last event popped, the origin. An event's level is the highest digit in
// which its time differs from the origin, its bucket is (level, that digit of
// its time). The first event is therefore in the first bucket of the lowest
// level; when it is popped it becomes the origin, and the rest of its bucket
// falls to lower levels. Source: Ahuja, Mehlhorn, Orlin and Tarjan, "Faster
// algorithms for the shortest path problem", JACM 1990, section 3; as timing
// wheels: Varghese and Lauck, SOSP 1987.

#ifndef REPRISE_SIM_CORE_EVENT_QUEUE_H_
#define REPRISE_SIM_CORE_EVENT_QUEUE_H_

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/time.h"

namespace reprise {

// Something that happens at an instant. It is owned elsewhere and is in at most
// one queue, at most once; it must not be destroyed while it is scheduled.
class Event {
 public:
  Event(const Event&) = delete;
  Event& operator=(const Event&) = delete;

  virtual void Fire() = 0;
  bool IsScheduled() const { return bucket_ != kNotScheduled; }

 protected:
  Event() = default;
  ~Event() = default;

 private:
  friend class EventQueue;

  static constexpr uint32_t kNotScheduled = UINT32_MAX;

  uint32_t bucket_ = kNotScheduled;
  int64_t time_ = 0;
  Event* next_ = nullptr;  // In its bucket, a ring.
  Event* previous_ = nullptr;
};

// Invariants: origin_ <= now_ <= the time of each event; each event is in the
// bucket that its time and the origin say; events of one bucket with one time
// are in the order in which they were pushed. A bucket's ring is meaningful
// while its digit is set in occupied_, a level's digits are not all clear while
// its bit is set in levels_.
class EventQueue {
 public:
  VirtualTime now() const { return now_; }
  bool empty() const { return levels_ == 0; }
  size_t size() const { return size_; }

  // Requires `at` >= now() and that the event is not scheduled.
  [[gnu::always_inline]] void Push(Event& event, VirtualTime at) {
    REPRISE_CHECK(!event.IsScheduled(), "an event is scheduled twice");
    REPRISE_CHECK(at >= now_, "an event in the past");
    event.time_ = at.nanoseconds();
    ++size_;
    Insert(event);
  }

  // As Push at now().
  void PushReady(Event& event) { Push(event, now_); }

  // How many events are pending at now(), up to `most`. O(their number). This
  // and the next require that the event popped last was one of now().
  uint64_t CountReady(uint64_t most) const;
  // As PushReady, but behind no more than the first `count`, at least one, of
  // the events that are pending at now(). O(count).
  void PushBehind(Event& event, uint64_t count);

  // Requires that the event is scheduled here.
  void Cancel(Event& event) {
    REPRISE_CHECK(event.IsScheduled(), "the event is not scheduled");
    Remove(event);
  }

  // Removes the first event, moves now() to its time, and returns it; null if
  // there is none at or before `end`.
  Event* Pop(VirtualTime end) {
    if (empty()) return nullptr;
    const uint32_t bucket = FirstBucket();
    Event* event = buckets_[bucket];
    const bool is_crowd = bucket >= kDigits && event->next_ != event;
    if (is_crowd) event = Earliest(event);
    const VirtualTime time = VirtualTime::Nanoseconds(event->time_);
    if (time > end) return nullptr;
    Remove(*event);
    now_ = time;
    origin_ = event->time_;
    if (is_crowd) Spread(bucket);
    return event;
  }

  // Moves now() to `time`. Requires `time` >= now() and that no event is
  // pending before it.
  void AdvanceTo(VirtualTime time);

  // When an event that is scheduled fires.
  static VirtualTime TimeOf(const Event& event) {
    return VirtualTime::Nanoseconds(event.time_);
  }

  // The time of the first event; Infinite() where there is none.
  VirtualTime NextTime() const;

 private:
  static constexpr int kDigitBits = 4;
  static constexpr uint32_t kDigits = 1 << kDigitBits;  // Buckets of a level.
  static constexpr uint32_t kLevels = 64 / kDigitBits;

  uint32_t FirstBucket() const {
    const auto level = static_cast<uint32_t>(std::countr_zero(levels_));
    return level * kDigits +
           static_cast<uint32_t>(std::countr_zero(occupied_[level]));
  }

  [[gnu::always_inline]] void Insert(Event& event) {
    const auto differences = static_cast<uint64_t>(event.time_ ^ origin_);
    const auto level =
        static_cast<uint32_t>(63 - std::countl_zero(differences | 1)) /
        kDigitBits;
    const auto digit = static_cast<uint32_t>(
        (event.time_ >> (level * kDigitBits)) & (kDigits - 1));
    event.bucket_ = level * kDigits + digit;
    Event*& first = buckets_[event.bucket_];
    const auto bit = static_cast<uint16_t>(1u << digit);
    if ((occupied_[level] & bit) == 0) {
      occupied_[level] |= bit;
      levels_ |= static_cast<uint16_t>(1u << level);
      first = event.next_ = event.previous_ = &event;
      return;
    }
    event.next_ = first;
    event.previous_ = first->previous_;
    first->previous_->next_ = &event;
    first->previous_ = &event;
  }

  void Remove(Event& event) {
    const uint32_t bucket = event.bucket_;
    event.bucket_ = Event::kNotScheduled;
    --size_;
    if (event.next_ == &event) {
      Vacate(bucket);
      return;
    }
    event.next_->previous_ = event.previous_;
    event.previous_->next_ = event.next_;
    if (buckets_[bucket] == &event) buckets_[bucket] = event.next_;
  }

  void Vacate(uint32_t bucket) {
    const uint32_t level = bucket / kDigits;
    occupied_[level] &= static_cast<uint16_t>(~(1u << bucket % kDigits));
    if (occupied_[level] == 0) levels_ &= static_cast<uint16_t>(~(1u << level));
  }

  static Event* Earliest(Event* first);
  uint32_t ReadyBucket() const;
  void Spread(uint32_t bucket);

  VirtualTime now_;
  int64_t origin_ = 0;
  size_t size_ = 0;
  uint16_t levels_ = 0;
  std::array<uint16_t, kLevels> occupied_ = {};    // Digits, by level.
  std::array<Event*, kLevels * kDigits> buckets_;  // The first of each ring.
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_EVENT_QUEUE_H_
