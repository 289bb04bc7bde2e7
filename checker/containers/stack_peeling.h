// StackPeeling: takes values off a stack's history from the outside, until
// nothing is left or nothing can be taken off (stack.h says what this decides).
//
// Only values that are surely in at some time take part: each is the open
// interval from its push's return to its pop's call. A component is a maximal
// time during which something is surely in. A value of a component can be
// taken off if its push was called before or when the component begins, and its
// pop returned when or after it ends. Components only shrink and split, so
// whatever has one of these two properties keeps it.
//
// How it stays within O(n log n): a chain of values, each overlapping the next,
// witnesses each component. Only where a link is taken off is there anything to
// look for: the value that reaches farthest to the right from the link before.
// It becomes a link, or the component splits there. A link stays one until it
// is taken off, so that this happens O(n) times. At each new border the values
// whose push or pop spans it are found, each once.
//
//   StackPeeling peeling(lifetimes.values(), lifetimes.instants());
//   if (!peeling.Run()) Report(peeling.Stuck());

#ifndef REPRISE_CHECKER_CONTAINERS_STACK_PEELING_H_
#define REPRISE_CHECKER_CONTAINERS_STACK_PEELING_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "reprise/checker/containers/lifetimes.h"
#include "reprise/checker/containers/max_tree.h"
#include "reprise/checker/history/history.h"

namespace reprise::checker {

class StackPeeling {
 public:
  // All instants in `values`, kNever aside, are below `instants`.
  StackPeeling(std::span<const Lifetime> values, EventIndex instants);

  // Whether all values could be taken off.
  bool Run();

  // After false: the places in `values` of a component none of whose values
  // can be taken off.
  std::vector<uint32_t> Stuck() const;

 private:
  // Values are numbered by the return of their push.
  using Id = uint32_t;

  struct Value {
    Lifetime life;
    uint32_t place;  // in what was given
    Id previous;     // link, while it is one itself
    Id next;
    bool is_link;
    bool spans_begin;  // its push was called before its component begins
    bool spans_end;    // its pop returned after its component ends
  };

  void NumberValues(std::span<const Lifetime> values);
  void NumberByPop();
  void TakeOff(Id id);
  void Mend(Id before, Id after);
  void LinkBetween(Id before, Id id, Id after);
  Id FarthestFrom(EventIndex instant) const;
  void SpanBeginAt(EventIndex instant);
  void SpanEndAt(EventIndex instant);
  void TakeOffWhenFree(Id id);
  size_t PushedBefore(EventIndex instant) const;
  size_t PoppedUntil(EventIndex instant) const;

  EventIndex instants_;
  std::vector<uint32_t> pushed_before_;  // by instant
  std::vector<uint32_t> popped_before_;  // by instant
  std::vector<Value> values_;  // by id, and one more: both ends of the chain
  std::vector<Id> by_pop_;     // by the call of the pop
  MaxTree pop_calls_;          // by id; 0 once taken off
  MaxTree late_pushes_;        // by id, ~push call; 0 once it spans the begin
  MaxTree pop_returns_;        // as by_pop_; 0 once it spans the end
  std::vector<Id> free_;       // to be taken off
};

}  // namespace reprise::checker

#endif  // REPRISE_CHECKER_CONTAINERS_STACK_PEELING_H_
