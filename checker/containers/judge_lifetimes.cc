#include "reprise/checker/containers/judge_lifetimes.h"

#include <algorithm>
#include <cstdint>
#include <vector>

#include "reprise/checker/history/history.h"

namespace reprise::checker {
namespace {

// Choices to try: few for large histories, each of which takes long.
constexpr uint64_t kLeastTries = 16;
constexpr uint64_t kTriedValues = 10'000'000;

class Choices {
 public:
  Choices(Lifetimes* lifetimes, FindConflictFunction find)
      : lifetimes_(*lifetimes),
        find_(find),
        tries_(std::max<uint64_t>(
            kLeastTries, kTriedValues / (1 + lifetimes->values().size()))),
        is_used_(lifetimes->pending_removes().size()) {}

  // Given what contradicts itself with the choices made so far.
  ContainerOutcome Resolve(const ContainerConflict& conflict);

  // After kViolated: all that contradicted itself.
  ContainerConflict Seen();

 private:
  ContainerOutcome TryAll(uint32_t value, EventIndex end);
  EventIndex EndOf(const ContainerConflict& conflict) const;

  Lifetimes& lifetimes_;
  FindConflictFunction find_;
  uint64_t tries_;
  std::vector<bool> is_used_;  // by pending remove
  ContainerConflict seen_;
};

ContainerOutcome Choices::Resolve(const ContainerConflict& conflict) {
  seen_.values.insert(seen_.values.end(), conflict.values.begin(),
                      conflict.values.end());
  seen_.places.insert(seen_.places.end(), conflict.places.begin(),
                      conflict.places.end());
  const EventIndex end = EndOf(conflict);
  for (uint32_t value : conflict.values) {
    if (lifetimes_.values()[value].IsRemoved()) continue;
    const ContainerOutcome outcome = TryAll(value, end);
    if (outcome != ContainerOutcome::kViolated) return outcome;
  }
  return ContainerOutcome::kViolated;
}

// Lets the value be taken by each pending remove called until `end`.
ContainerOutcome Choices::TryAll(uint32_t value, EventIndex end) {
  const std::vector<uint32_t>& removes = lifetimes_.pending_removes();
  for (size_t i = removes.size(); i-- > 0;) {
    if (is_used_[i] || lifetimes_[removes[i]].call > end) continue;
    if (tries_ == 0) return ContainerOutcome::kUnsuitable;
    --tries_;
    seen_.places.push_back(removes[i]);
    is_used_[i] = true;
    lifetimes_.Assign(value, removes[i]);
    const ContainerConflict conflict = find_(lifetimes_);
    const ContainerOutcome outcome =
        conflict.IsEmpty() ? ContainerOutcome::kHolds : Resolve(conflict);
    lifetimes_.Unassign(value);
    is_used_[i] = false;
    if (outcome != ContainerOutcome::kViolated) return outcome;
  }
  return ContainerOutcome::kViolated;
}

// A remove that is called later than all of a conflict's answers changes
// nothing in it: with it the value stays in until then. Where a value of it was
// given to a pending remove, which may come later still, nothing is left out.
EventIndex Choices::EndOf(const ContainerConflict& conflict) const {
  EventIndex end = 0;
  for (uint32_t i : conflict.values) {
    const Lifetime& value = lifetimes_.values()[i];
    if (value.IsRemoved() && value.remove_return == kNever) return kNever;
    end = std::max(
        end, value.IsRemoved() ? value.remove_return : value.insert_return);
  }
  for (uint32_t place : conflict.places) {
    end = std::max(end, lifetimes_[place].ret);
  }
  return end;
}

ContainerConflict Choices::Seen() {
  std::sort(seen_.places.begin(), seen_.places.end());
  seen_.places.erase(std::unique(seen_.places.begin(), seen_.places.end()),
                     seen_.places.end());
  return seen_;
}

}  // namespace

ContainerVerdict JudgeLifetimes(Lifetimes* lifetimes,
                                FindConflictFunction find) {
  const ContainerConflict conflict = find(*lifetimes);
  if (conflict.IsEmpty()) return {};
  if (lifetimes->pending_removes().empty()) {
    return lifetimes->Violated(conflict);
  }
  lifetimes->LeaveOutUnremoved();
  const ContainerConflict certain = find(*lifetimes);
  lifetimes->PutBack();
  if (!certain.IsEmpty()) return lifetimes->Violated(certain);
  Choices choices(lifetimes, find);
  const ContainerOutcome outcome = choices.Resolve(conflict);
  if (outcome != ContainerOutcome::kViolated) return {outcome, {}};
  return lifetimes->Violated(choices.Seen());
}

}  // namespace reprise::checker
