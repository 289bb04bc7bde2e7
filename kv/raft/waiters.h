// Waiters: tasks that wait for what a Consensus promised them under a number:
// an entry that is applied, or a read that is ready.
//
// Guarantees: a waiter leaves by itself where its task unwinds.
//
//   Waiter waiter(waiters, index, term);   // In the task.
//   absl::StatusOr<Bytes> reply = waiter.Get();
//
//   waiters.Answer(index, term, reply);    // In another task.

#ifndef REPRISE_KV_RAFT_WAITERS_H_
#define REPRISE_KV_RAFT_WAITERS_H_

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "reprise/sim/core/future.h"
#include "reprise/sim/env/bytes.h"

namespace reprise::kv::raft {

class Waiter;

class Waiters {
 public:
  // `name` appears in reports on deadlocks; its text must outlive the waiters.
  explicit Waiters(std::string_view name) : name_(name) {}
  Waiters(const Waiters&) = delete;
  Waiters& operator=(const Waiters&) = delete;

  bool empty() const { return waiting_.empty(); }
  // Ends the waits for numbers up to `number`: with `reply` for that of this
  // number and term, with `otherwise` for the others.
  void AnswerUpTo(uint64_t number, uint64_t term, Bytes reply,
                  const absl::Status& otherwise);
  // Ends the wait for this number; returns whether there is one.
  bool Answer(uint64_t number, const absl::Status& status);
  // Ends all waits.
  void Fail(const absl::Status& status);

 private:
  friend class Waiter;

  std::string_view name_;
  std::vector<Waiter*> waiting_;  // By number.
};

class Waiter {
 public:
  // Requires that `number` is greater than all those that are waited for.
  Waiter(Waiters& waiters, uint64_t number, uint64_t term);
  ~Waiter();
  Waiter(const Waiter&) = delete;
  Waiter& operator=(const Waiter&) = delete;

  // Suspends until it is answered. Call once.
  absl::StatusOr<Bytes> Get();

 private:
  friend class Waiters;

  Waiters& waiters_;
  uint64_t number_;
  uint64_t term_;
  Bytes reply_;
  Future<absl::Status> end_;
};

}  // namespace reprise::kv::raft

#endif  // REPRISE_KV_RAFT_WAITERS_H_
