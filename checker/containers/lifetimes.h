// Lifetimes: a history of a queue, stack or priority queue by its values.
//
// Each value has the interval of its insert and, if it was taken out, that of
// its remove. A value that was inserted twice is outside of every proof here
// (kUnsuitable). A value that was taken out twice, before it was put in, or
// without having been put in contradicts itself (kViolated).
//
// Pending inserts: if a remove took the value, the insert took effect before
// that remove returned. If none did, the value is left out: an order with it
// stays right without it, since no answer shows it, and an order without it is
// one in which it never happened.
//
//   Lifetimes lifetimes(operations);
//   if (lifetimes.verdict().outcome != ContainerOutcome::kHolds) {
//     return lifetimes.verdict();
//   }
//   for (const Lifetime& value : lifetimes.values()) { ... }

#ifndef REPRISE_CHECKER_CONTAINERS_LIFETIMES_H_
#define REPRISE_CHECKER_CONTAINERS_LIFETIMES_H_

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "reprise/checker/containers/container.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {

// A value was put in at some instant of the first interval and taken out at
// some instant of the second. An insert ends before its remove does, and a
// remove begins after its insert does: intervals are cut to that.
struct Lifetime {
  EventIndex insert_call = kNever;  // kNever: there is no such value
  EventIndex insert_return = kNever;
  EventIndex remove_call = kNever;
  EventIndex remove_return = kNever;

  bool IsKnown() const { return insert_call != kNever; }
  // Otherwise it was never taken out.
  bool IsRemoved() const { return remove_call != kNever; }
  // Whether there may be an instant at which it must be in: those after
  // insert_return and before remove_call.
  bool IsSurelyIn() const { return IsKnown() && insert_return < remove_call; }
};

// What contradicts itself: values, and operations besides those of the values.
struct ContainerConflict {
  std::vector<uint32_t> values;
  std::vector<uint32_t> places;

  bool IsEmpty() const { return values.empty() && places.empty(); }
};

class Lifetimes {
 public:
  // Keeps a reference to the operations.
  explicit Lifetimes(std::span<const ContainerOperation> operations);

  Lifetimes(const Lifetimes&) = delete;
  Lifetimes& operator=(const Lifetimes&) = delete;

  // Of each value alone.
  const ContainerVerdict& verdict() const { return verdict_; }

  // By value, as renumbered: the order of the values is kept.
  const std::vector<Lifetime>& values() const { return values_; }
  EventIndex instants() const { return instants_; }  // all are below
  const std::vector<uint32_t>& empties() const { return empties_; }
  const std::vector<uint32_t>& pending_removes() const {
    return pending_removes_;
  }
  const std::vector<uint32_t>& inserts() const { return inserts_; }
  const ContainerOperation& operator[](uint32_t place) const {
    return operations_[place];
  }

  // Leaves out the values that no remove is known to have taken, until they are
  // put back.
  void LeaveOutUnremoved();
  void PutBack();

  // Lets the pending remove at `place` be what took `value`, or nothing again.
  void Assign(uint32_t value, uint32_t place);
  void Unassign(uint32_t value);

  ContainerVerdict Violated(const ContainerConflict& conflict) const;

 private:
  void Read();
  void Insert(const ContainerOperation& operation);
  void Remove(const ContainerOperation& operation);
  void JudgeEachValue();

  std::vector<ContainerOperation> room_;
  std::span<const ContainerOperation> operations_;
  std::vector<Lifetime> values_;
  std::vector<uint32_t> inserts_;          // the values, in order of invocation
  std::vector<uint32_t> empties_;          // places
  std::vector<uint32_t> pending_removes_;  // places
  std::vector<uint32_t> removed_twice_;    // values
  std::vector<std::pair<uint32_t, EventIndex>> left_out_;  // with their calls
  EventIndex instants_ = 0;
  ContainerVerdict verdict_;
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_LIFETIMES_H_
