// CallTable: the remote calls in progress in one world, each in a slot.
//
// A packet names its call's slot and its number, so that what arrives too late
// finds that the call is over. What arriving packets look at is in the slots,
// which lie together: the calls themselves are on stacks that, in a large
// world, no cache holds.
//
//   PendingCall pending(calls, link, task);
//   packet->slot = pending.slot;
//   packet->call = pending.number;
//   PendingCall* found = calls.Find(*packet);  // Null once it is over.

#ifndef REPRISE_SIM_WORLD_CALL_TABLE_H_
#define REPRISE_SIM_WORLD_CALL_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "reprise/sim/core/task.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/packet.h"

namespace reprise {

class PendingCall;
class StartedCall;

class CallTable {
 public:
  CallTable() = default;
  CallTable(const CallTable&) = delete;
  CallTable& operator=(const CallTable&) = delete;

  // The call that the packet belongs to; null if it is over.
  PendingCall* Find(const Packet& packet) const {
    const Slot& slot = slots_[packet.slot];
    return slot.number == packet.call ? slot.call : nullptr;
  }
  // Fetches into the caches what the packet's arrival will touch of its call.
  void Prefetch(const Packet& packet) const {
    if (packet.slot >= slots_.size()) return;
    const Slot& slot = slots_[packet.slot];
    __builtin_prefetch(slot.call);
    __builtin_prefetch(slot.task);
  }
  // The packet, a request, has arrived at `now`.
  void NoteArrival(const Packet& packet, VirtualTime now) {
    Slot& slot = slots_[packet.slot];
    if (slot.number == packet.call) slot.arrival = std::min(slot.arrival, now);
  }
  // When a request of the call first arrived; Infinite(): none has.
  inline VirtualTime ArrivalOf(const PendingCall& call) const;
  // Calls `act` with each call in progress. It may end that call.
  template <typename Act>
  void ForEach(Act act) {
    for (size_t slot = 0; slot < slots_.size(); ++slot) {
      if (slots_[slot].call != nullptr) act(*slots_[slot].call);
    }
  }

  // The number of the call that was made last; the first has 1.
  uint64_t last_number() const { return last_number_; }
  // For a call that ends: the first has 1.
  uint64_t NextEndNumber() { return ++last_end_number_; }

 private:
  friend class PendingCall;

  static constexpr uint32_t kNoSlot = UINT32_MAX;

  // A place for a call in progress.
  struct Slot {
    PendingCall* call = nullptr;  // Null: free.
    const Task* task = nullptr;   // That waits for it; null: none.
    uint64_t number = 0;          // 0: free.
    VirtualTime arrival = VirtualTime::Infinite();
    uint32_t next_free = 0;
  };

  [[gnu::cold, gnu::noinline]] void AddSlot() {
    slots_.push_back({.next_free = free_slot_});
    free_slot_ = static_cast<uint32_t>(slots_.size() - 1);
  }

  std::vector<Slot> slots_;
  uint32_t free_slot_ = kNoSlot;  // The first of a list.
  uint64_t last_number_ = 0;
  uint64_t last_end_number_ = 0;
};

// A call in progress: on the stack of the task that waits for it, or a part of
// a StartedCall.
class PendingCall {
 public:
  PendingCall(CallTable& table, Link& link, Task* task,
              StartedCall* started = nullptr)
      : table(table),
        link(link),
        task(task),
        started(started),
        number(++table.last_number_) {
    if (table.free_slot_ == CallTable::kNoSlot) [[unlikely]] {
      table.AddSlot();
    }
    slot = table.free_slot_;
    CallTable::Slot& place = table.slots_[slot];
    table.free_slot_ = place.next_free;
    place = {.call = this, .task = task, .number = number};
  }
  PendingCall(const PendingCall&) = delete;
  PendingCall& operator=(const PendingCall&) = delete;
  // Also when the task unwinds: from now on packets of the call are late.
  ~PendingCall() {
    table.slots_[slot] = {.next_free = table.free_slot_};
    table.free_slot_ = slot;
    if (answer != nullptr) answer->pool.Release(answer);
  }

  CallTable& table;
  Link& link;
  Task* const task;            // Null: `started` is told of the answer.
  StartedCall* const started;  // Null: `task` waits for it.
  const uint64_t number;
  uint32_t slot;
  // The reply or notice that ended it; null before.
  Packet* answer = nullptr;
};

inline VirtualTime CallTable::ArrivalOf(const PendingCall& call) const {
  return slots_[call.slot].arrival;
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_CALL_TABLE_H_
