#include "reprise/sim/core/event_queue.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "reprise/sim/core/check.h"
#include "reprise/sim/core/context.h"

namespace reprise {
namespace {

constexpr ptrdiff_t kFewEvents = 16;

// Insert() fetches the first line of an event; packets and tasks have three.
void PrefetchRest(const Event& event) {
  constexpr ptrdiff_t kLine = 64;
  const char* const first = reinterpret_cast<const char*>(&event);
  __builtin_prefetch(first + kLine);
  __builtin_prefetch(first + 2 * kLine);
}

}  // namespace

EventQueue::~EventQueue() {
  if (!has_grown_) return;
  for (uint32_t index = 0; index < buckets_.size(); ++index) {
    if ((opened_ >> index / kDigits & 1) == 0) continue;
    const Bucket& bucket = buckets_[index];
    if (bucket.capacity > kFirstCapacity) delete[] bucket.entries;
  }
}

void EventQueue::AdvanceTo(VirtualTime time) {
  REPRISE_CHECK(time >= now_ && time <= NextTime(),
                "the clock would pass a pending event");
  now_ = time;
}

VirtualTime EventQueue::NextTime() const {
  if (empty()) return VirtualTime::Infinite();
  return VirtualTime::Nanoseconds(Earliest(buckets_[FirstBucket()]).time);
}

// They are the whole of a bucket, which the origin shares.
uint32_t EventQueue::ReadyBucket() const {
  REPRISE_CHECK(origin_ == now_.nanoseconds(), "no event of now() was popped");
  return static_cast<uint32_t>(origin_) & (kDigits - 1);
}

uint64_t EventQueue::CountReady(uint64_t most) const {
  const uint32_t index = ReadyBucket();
  if ((occupied_[0] >> index & 1) == 0) return 0;
  const Bucket& bucket = buckets_[index];
  return std::min<uint64_t>(bucket.end - bucket.begin - bucket.cancelled, most);
}

void EventQueue::PushBehind(Event& event, uint64_t count) {
  const bool is_last = CountReady(count + 1) <= count;
  PushReady(event);
  if (is_last) return;
  const Bucket& bucket = buckets_[event.bucket_];
  uint32_t place = bucket.begin;
  for (; count > 0; ++place) count -= bucket.entries[place].event ? 1 : 0;
  Entry* const moved = bucket.entries + place;
  std::rotate(moved, bucket.entries + bucket.end - 1,
              bucket.entries + bucket.end);
  for (; place < bucket.end; ++place) {
    if (Event* each = bucket.entries[place].event) each->place_ = place;
  }
}

EventQueue::Entry& EventQueue::Earliest(const Bucket& bucket) {
  Entry* earliest = nullptr;
  for (uint32_t i = bucket.begin; i < bucket.end; ++i) {
    Entry& entry = bucket.entries[i];
    if (entry.event == nullptr) continue;
    if (earliest == nullptr || entry.time < earliest->time) earliest = &entry;
  }
  return *earliest;
}

// Puts the events of a bucket where they belong since the origin moved into it:
// all to lower levels, in their order.
void EventQueue::Spread(uint32_t index) {
  const Bucket& bucket = buckets_[index];
  const Entry* entry = bucket.entries + bucket.begin;
  const Entry* const end = bucket.entries + bucket.end;
  // These come soon; of more than a few, the caches would not keep them.
  const bool is_soon = size_ >= kMany && end - entry <= kFewEvents;
  Vacate(index);
  for (; entry != end; ++entry) {
    if (entry->event == nullptr) continue;
    if (is_soon) PrefetchRest(*entry->event);
    Insert(*entry->event, entry->time);
  }
}

void EventQueue::Open(uint32_t level) {
  opened_ |= 1u << level;
  for (uint32_t digit = 0; digit < kDigits; ++digit) {
    Bucket& bucket = buckets_[level * kDigits + digit];
    bucket = {FirstEntries(bucket), 0, 0, 0, kFirstCapacity};
  }
}

// Forgets the entries that were popped or cancelled. Where these were fewer
// than half, the bucket grows, so that the cost of a push stays O(1).
void EventQueue::MakeRoom(Bucket& bucket) {
  Entry* const old = bucket.entries;
  const uint32_t pending = bucket.end - bucket.begin - bucket.cancelled;
  const bool grows = pending > bucket.capacity / 2;
  if (grows) {
    // The queue's memory is nobody's.
    MemoryAccount* memory = std::exchange(CurrentContext().memory, nullptr);
    bucket.entries = new Entry[2 * bucket.capacity];
    CurrentContext().memory = memory;
    has_grown_ = true;
  }
  uint32_t end = 0;
  for (uint32_t i = bucket.begin; i < bucket.end; ++i) {
    if (old[i].event == nullptr) continue;
    old[i].event->place_ = end;
    bucket.entries[end++] = old[i];
  }
  bucket.begin = bucket.cancelled = 0;
  bucket.end = end;
  if (!grows) return;
  if (bucket.capacity > kFirstCapacity) delete[] old;
  bucket.capacity *= 2;
}

}  // namespace reprise
