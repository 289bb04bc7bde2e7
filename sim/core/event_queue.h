// EventQueue: pending events, ordered by time and, at one time, by when they
// were pushed, unless one is pushed between others (PushBehind).
//
// Guarantees: Pop returns events in that order. A cancelled event is not
// touched again, and each bucket's memory stays in proportion to the largest
// number of events that were in it together. Push and Cancel cost O(1),
// amortised; Pop costs O(log pending), amortised, for times that are spread
// evenly, and never more than 16 moves for each event.
//
//   queue.Push(timer, queue.now() + Milliseconds(5));
//   while (Event* event = queue.Pop(VirtualTime::Infinite())) event->Fire();
//
// A radix heap on hexadecimal digits. Nothing is ever pushed before the time of
// the last event popped, the origin. An event's level is the highest digit in
// which its time differs from the origin, its bucket is (level, that digit of
// its time). The first event is therefore in the first bucket of the lowest
// level; when it is popped it becomes the origin, and the rest of its bucket
// falls to lower levels. A bucket is an array of times and events, so that
// looking for the first one reads no event: where there are many, each would be
// a miss of the caches. Source: Ahuja, Mehlhorn, Orlin and Tarjan, "Faster
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
  // Fetches into the caches what Fire() will touch, and changes nothing. Called
  // shortly before it, perhaps, where many events are pending.
  virtual void Prefetch() const {}
  bool IsScheduled() const { return bucket_ != kNotScheduled; }

 protected:
  Event() = default;
  ~Event() = default;

 private:
  friend class EventQueue;

  static constexpr uint32_t kNotScheduled = UINT32_MAX;

  uint32_t bucket_ = kNotScheduled;
  uint32_t place_ = 0;  // In its bucket.
  int64_t time_ = 0;
};

// Invariants: origin_ <= now_ <= the time of each event; each event is in the
// bucket that its time and the origin say; events of one bucket with one time
// are in the order in which they were pushed. A digit is set in occupied_ while
// its bucket has an event, a level's bit in levels_ while one of its digits is.
// What a bucket begins with is meaningful while its digit is set, its array
// once its level's bit is set in opened_.
class EventQueue {
 public:
  EventQueue() = default;
  ~EventQueue();
  EventQueue(const EventQueue&) = delete;
  EventQueue& operator=(const EventQueue&) = delete;

  VirtualTime now() const { return now_; }
  bool empty() const { return levels_ == 0; }
  size_t size() const { return size_; }

  // Requires `at` >= now() and that the event is not scheduled.
  [[gnu::always_inline]] void Push(Event& event, VirtualTime at) {
    REPRISE_CHECK(!event.IsScheduled(), "an event is scheduled twice");
    REPRISE_CHECK(at >= now_, "an event in the past");
    event.time_ = at.nanoseconds();
    ++size_;
    Insert(event, event.time_);
  }

  // As Push at now().
  void PushReady(Event& event) { Push(event, now_); }

  // How many events are pending at now(), up to `most`. This and the next
  // require that the event popped last was one of now().
  uint64_t CountReady(uint64_t most) const;
  // As PushReady, but behind no more than the first `count`, at least one, of
  // the events that are pending at now(). O(their number).
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
    const uint32_t index = FirstBucket();
    Bucket& bucket = buckets_[index];
    Entry* entry = &Next(bucket);
    const bool is_crowd = index >= kDigits && bucket.end - bucket.begin > 1;
    if (is_crowd) entry = &Earliest(bucket);
    const VirtualTime time = VirtualTime::Nanoseconds(entry->time);
    if (time > end) return nullptr;
    Event* const event = entry->event;
    event->bucket_ = Event::kNotScheduled;
    --size_;
    now_ = time;
    origin_ = entry->time;
    if (is_crowd) {
      entry->event = nullptr;
      Spread(index);
    } else if (++bucket.begin + bucket.cancelled == bucket.end) {
      Vacate(index);
    }
    return event;
  }

  // One of the events that come next, most often the first; null where the
  // queue is small, so that all it will touch is in the caches anyway.
  const Event* Upcoming() const {
    if (size_ < kMany) return nullptr;
    const Bucket& bucket = buckets_[FirstBucket()];
    return bucket.entries[bucket.begin].event;
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

  static constexpr uint32_t kFirstCapacity = 4;
  static constexpr size_t kMany = 256;  // The caches hold fewer events.

  struct Entry {
    int64_t time;
    Event* event;  // Null: it was cancelled.
  };
  struct Bucket {
    Entry* entries;
    uint32_t begin;  // What is before it was popped.
    uint32_t end;
    uint32_t cancelled;  // Of the entries between the two.
    uint32_t capacity;
  };

  uint32_t FirstBucket() const {
    const auto level = static_cast<uint32_t>(std::countr_zero(levels_));
    return level * kDigits +
           static_cast<uint32_t>(std::countr_zero(occupied_[level]));
  }

  [[gnu::always_inline]] void Insert(Event& event, int64_t time) {
    const auto differences = static_cast<uint64_t>(time ^ origin_);
    const auto level =
        static_cast<uint32_t>(63 - std::countl_zero(differences | 1)) /
        kDigitBits;
    const auto digit =
        static_cast<uint32_t>((time >> (level * kDigitBits)) & (kDigits - 1));
    const uint32_t index = level * kDigits + digit;
    Bucket& bucket = buckets_[index];
    if ((occupied_[level] >> digit & 1) == 0) {
      if ((opened_ >> level & 1) == 0) [[unlikely]] {
        Open(level);
      }
      occupied_[level] |= 1u << digit;
      levels_ |= 1u << level;
      bucket.begin = bucket.end = bucket.cancelled = 0;
    } else if (bucket.end == bucket.capacity) [[unlikely]] {
      MakeRoom(bucket);
    }
    event.bucket_ = index;
    event.place_ = bucket.end;
    bucket.entries[bucket.end++] = {time, &event};
  }

  void Remove(Event& event) {
    const uint32_t index = event.bucket_;
    Bucket& bucket = buckets_[index];
    bucket.entries[event.place_].event = nullptr;
    event.bucket_ = Event::kNotScheduled;
    --size_;
    if (bucket.begin + ++bucket.cancelled == bucket.end) Vacate(index);
  }

  void Vacate(uint32_t index) {
    const uint32_t level = index / kDigits;
    occupied_[level] &= ~(1u << index % kDigits);
    if (occupied_[level] == 0) levels_ &= ~(1u << level);
  }

  // The first entry of a bucket that has events. Skips for good what was
  // cancelled before it.
  static Entry& Next(Bucket& bucket) {
    while (bucket.entries[bucket.begin].event == nullptr) {
      ++bucket.begin;
      --bucket.cancelled;
    }
    return bucket.entries[bucket.begin];
  }
  // The first entry with the earliest time. Requires that there is one.
  static Entry& Earliest(const Bucket& bucket);
  uint32_t ReadyBucket() const;
  void Spread(uint32_t index);
  void Open(uint32_t level);
  void MakeRoom(Bucket& bucket);
  Entry* FirstEntries(const Bucket& bucket) {
    return &first_entries_[(&bucket - buckets_.data()) * kFirstCapacity];
  }

  VirtualTime now_;
  int64_t origin_ = 0;
  size_t size_ = 0;
  uint32_t levels_ = 0;
  uint32_t opened_ = 0;
  bool has_grown_ = false;                       // A bucket has.
  std::array<uint32_t, kLevels> occupied_ = {};  // Digits, by level.
  std::array<Bucket, kLevels * kDigits> buckets_;
  // What the buckets begin with, so that small worlds allocate nothing here.
  std::array<Entry, kLevels * kDigits * kFirstCapacity> first_entries_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_CORE_EVENT_QUEUE_H_
