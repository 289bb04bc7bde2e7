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
  EventIndex remove_return = kNever;  // kNever: it was never taken out

  bool IsKnown() const { return insert_call != kNever; }
  bool IsRemoved() const { return remove_return != kNever; }
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
  explicit Lifetimes(std::span<const ContainerOperation> operations);

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

  // Leaves out the values that no remove is known to have taken.
  void DropUnremoved();

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
  EventIndex instants_ = 0;
  ContainerVerdict verdict_;
};

// Judges with `find`, which maps Lifetimes to a ContainerConflict as if pending
// removes had never taken effect. Where some are pending, that they did not is
// one possibility; and values that are known to have been taken out must agree
// in any case, since what is left of a right order without the other values is
// right. Between the two lies what is unsuitable.
template <typename Find>
ContainerVerdict JudgeLifetimes(Lifetimes* lifetimes, const Find& find) {
  ContainerConflict conflict = find(*lifetimes);
  if (conflict.IsEmpty()) return {};
  if (!lifetimes->pending_removes().empty()) {
    lifetimes->DropUnremoved();
    conflict = find(*lifetimes);
    if (conflict.IsEmpty()) return {ContainerOutcome::kUnsuitable, {}};
  }
  return lifetimes->Violated(conflict);
}

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_LIFETIMES_H_
