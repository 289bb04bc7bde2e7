// Packet: a request, a one-way message, a reply or a notice of failure on its
// way along a link.
// PacketPool: makes packets and reuses them.
//
// A packet is the event of its own arrival: the scheduler fires it when it
// arrives. A request or message is also the body of the task that handles it.
//
//   Packet* packet = pool.Acquire();
//   packet->payload = std::move(request);
//   scheduler.Schedule(*packet, arrival);  // Calls PacketReceiver::Arrive.

#ifndef REPRISE_SIM_WORLD_PACKET_H_
#define REPRISE_SIM_WORLD_PACKET_H_

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/core/event_queue.h"
#include "reprise/sim/core/scheduler.h"
#include "reprise/sim/core/served_operation.h"
#include "reprise/sim/core/task.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/world/link.h"
#include "reprise/sim/world/packet_name.h"

namespace reprise {

class Packet;
class PacketPool;

// Where packets arrive.
class PacketReceiver {
 public:
  // `packet` has arrived; the receiver owns it from now on.
  virtual void Arrive(Packet* packet) = 0;
  // Handles a request or message, in a task of its own, and owns it from now
  // on.
  virtual void Handle(Packet* packet) = 0;
  // Fetches into the caches what Arrive() will touch.
  virtual void Prefetch(const Packet& packet) const = 0;

 protected:
  ~PacketReceiver() = default;
};

class Packet final : public Event, public TaskBody {
 public:
  enum class Kind : uint8_t {
    kRequest,
    kMessage,  // One way: it has no call and no reply.
    kReply,
    kNotice,  // Tells the caller that its call failed; crosses no wire.
  };

  explicit Packet(PacketPool& pool) : pool(pool) {}
  inline void Fire() override;
  inline void Run() override;
  inline void Prefetch() const override;
  inline void Drop() override;

  // Empties the payload and frees its memory, which clear() alone would keep.
  void DropPayload() {
    if (payload.capacity() > Bytes().capacity()) {
      Bytes().swap(payload);
    } else {
      payload.clear();
    }
  }

  // Where its decisions stand: PacketName::Place().
  uint64_t Place() const {
    return PacketName::PlaceIn(series, number, copy, reply_copy);
  }

  // Copies all but the event itself, is_duplicate and the payload.
  void CopyHeader(const Packet& other) {
    kind = other.kind;
    method = other.method;
    slot = other.slot;
    operation = other.operation;
    series = other.series;
    number = other.number;
    copy = other.copy;
    reply_copy = other.reply_copy;
    link = other.link;
    call = other.call;
    hash = other.hash;
    status = other.status;
  }

  PacketPool& pool;
  Kind kind = Kind::kRequest;
  bool is_duplicate = false;
  uint32_t method = 0;
  uint32_t slot = 0;  // The caller's place for the call.
  // What names its decisions, beside method and link (packet_name.h).
  ServedOperation operation;
  uint64_t series = 0;  // PacketName::Series() of its method and operation.
  uint32_t number = 0;
  uint16_t copy = 0;
  uint16_t reply_copy = 0;
  Link* link = nullptr;  // The one that it travels on.
  uint64_t call = 0;     // Of a message: its own number.
  uint64_t hash = 0;     // Of the payload, or of an error.
  absl::Status status;
  Bytes payload;

 private:
  friend class PacketPool;

  Packet* next_free_ = nullptr;
};

// Invariant: a packet is either free, or scheduled, or owned by its handler's
// task or by the call that it has answered.
class PacketPool {
 public:
  PacketPool(Scheduler& scheduler, PacketReceiver& receiver)
      : scheduler_(scheduler), receiver_(receiver) {}
  ~PacketPool() {
    for (const std::unique_ptr<Packet>& packet : all_) {
      if (packet->IsScheduled()) scheduler_.Cancel(*packet);
    }
  }
  PacketPool(const PacketPool&) = delete;
  PacketPool& operator=(const PacketPool&) = delete;

  PacketReceiver& receiver() { return receiver_; }

  [[gnu::always_inline]] Packet* Acquire() {
    if (free_ == nullptr) [[unlikely]] {
      all_.push_back(std::make_unique<Packet>(*this));
      return all_.back().get();
    }
    Packet* packet = free_;
    free_ = packet->next_free_;
    return packet;
  }

  // Calls `visit` with each packet that is under way. It may release that one.
  template <typename Visit>
  void VisitScheduled(Visit visit) const {
    for (const std::unique_ptr<Packet>& packet : all_) {
      if (packet->IsScheduled()) visit(*packet);
    }
  }

  void Release(Packet* packet) {
    packet->DropPayload();
    if (!packet->status.ok()) packet->status = absl::OkStatus();
    packet->is_duplicate = false;
    packet->copy = packet->reply_copy = 0;
    packet->next_free_ = free_;
    free_ = packet;
  }

 private:
  Scheduler& scheduler_;
  PacketReceiver& receiver_;
  std::vector<std::unique_ptr<Packet>> all_;
  Packet* free_ = nullptr;
};

inline void Packet::Fire() { pool.receiver().Arrive(this); }
inline void Packet::Run() { pool.receiver().Handle(this); }
inline void Packet::Prefetch() const { pool.receiver().Prefetch(*this); }
inline void Packet::Drop() { pool.Release(this); }

// Owns a packet: releases it at the end of a scope, also when the task unwinds,
// unless it was detached.
class OwnedPacket {
 public:
  explicit OwnedPacket(Packet* packet) : packet_(packet) {}
  OwnedPacket(const OwnedPacket&) = delete;
  OwnedPacket& operator=(const OwnedPacket&) = delete;
  ~OwnedPacket() {
    if (packet_ != nullptr) packet_->pool.Release(packet_);
  }

  Packet* Detach() { return std::exchange(packet_, nullptr); }

 private:
  Packet* packet_;
};

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_PACKET_H_
