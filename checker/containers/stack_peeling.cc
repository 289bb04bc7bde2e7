#include "reprise/checker/containers/stack_peeling.h"

#include <utility>

namespace reprise::checker {
namespace {

// Turns counts by number into how many have a smaller number.
void SumBefore(std::vector<uint32_t>* counts) {
  uint32_t sum = 0;
  for (uint32_t& count : *counts) {
    const uint32_t own = count;
    count = sum;
    sum += own;
  }
}

}  // namespace

StackPeeling::StackPeeling(std::span<const Lifetime> values,
                           EventIndex instants)
    : instants_(instants),
      pushed_before_(instants + 1),
      popped_before_(instants + 1),
      pop_calls_({}),
      late_pushes_({}),
      pop_returns_({}) {
  NumberValues(values);
  NumberByPop();
  std::vector<uint32_t> pop_calls(by_pop_.size());
  std::vector<uint32_t> late_pushes(by_pop_.size());
  std::vector<uint32_t> pop_returns(by_pop_.size());
  for (Id id = 0; id < by_pop_.size(); ++id) {
    pop_calls[id] = values_[id].life.remove_call;
    late_pushes[id] = ~values_[id].life.insert_call;
    pop_returns[id] = values_[by_pop_[id]].life.remove_return;
  }
  pop_calls_ = MaxTree(std::move(pop_calls));
  late_pushes_ = MaxTree(std::move(late_pushes));
  pop_returns_ = MaxTree(std::move(pop_returns));
}

void StackPeeling::NumberValues(std::span<const Lifetime> values) {
  uint32_t count = 0;
  for (const Lifetime& value : values) {
    if (!value.IsSurelyIn()) continue;
    ++pushed_before_[value.insert_return];
    ++count;
  }
  SumBefore(&pushed_before_);
  values_.resize(count + 1);
  std::vector<uint32_t> next = pushed_before_;
  for (uint32_t place = 0; place < values.size(); ++place) {
    const Lifetime& life = values[place];
    if (!life.IsSurelyIn()) continue;
    values_[next[life.insert_return]++] = {life,  place, 0,    0,
                                           false, false, false};
  }
  values_[count] = {{}, 0, count, count, true, false, false};
}

void StackPeeling::NumberByPop() {
  const Id end = static_cast<Id>(values_.size() - 1);
  for (Id id = 0; id < end; ++id) {
    const EventIndex call = values_[id].life.remove_call;
    if (call != kNever) ++popped_before_[call];
  }
  SumBefore(&popped_before_);
  std::vector<uint32_t> next = popped_before_;
  by_pop_.resize(end);
  for (Id id = 0; id < end; ++id) {
    const EventIndex call = values_[id].life.remove_call;
    by_pop_[next[call == kNever ? instants_ : call]++] = id;
  }
}

bool StackPeeling::Run() {
  const Id end = static_cast<Id>(values_.size() - 1);
  Mend(end, end);
  size_t left = end;
  for (; !free_.empty(); --left) {
    const Id id = free_.back();
    free_.pop_back();
    TakeOff(id);
  }
  return left == 0;
}

std::vector<uint32_t> StackPeeling::Stuck() const {
  const Id end = static_cast<Id>(values_.size() - 1);
  const Id first = values_[end].next;
  Id last = first;
  while (values_[last].next != end &&
         values_[values_[last].next].life.insert_return <
             values_[last].life.remove_call) {
    last = values_[last].next;
  }
  std::vector<uint32_t> places;
  for (Id id = first; id < end && values_[id].life.insert_return <
                                      values_[last].life.remove_call;
       ++id) {
    if (pop_calls_.At(id) != 0) places.push_back(values_[id].place);
  }
  return places;
}

void StackPeeling::TakeOff(Id id) {
  pop_calls_.Set(id, 0);
  if (!values_[id].is_link) return;
  const Id before = values_[id].previous;
  const Id after = values_[id].next;
  values_[before].next = after;
  values_[after].previous = before;
  Mend(before, after);
}

// Looks for links between two that follow each other, and for borders of
// components. The end of the chain stands before the first and after the last.
void StackPeeling::Mend(Id before, Id after) {
  const Id end = static_cast<Id>(values_.size() - 1);
  while (true) {
    EventIndex border = 0;
    if (before != end) {
      border = values_[before].life.remove_call;
      if (after != end && values_[after].life.insert_return < border) return;
      const Id farthest = FarthestFrom(border);
      if (farthest != end) {
        LinkBetween(before, farthest, after);
        before = farthest;
        continue;
      }
      SpanEndAt(border);
    }
    const size_t next = pop_calls_.FirstFrom(PushedBefore(border), 1);
    if (next == MaxTree::kNone) return;
    const Id first = static_cast<Id>(next);
    SpanBeginAt(values_[first].life.insert_return);
    if (first == after) return;
    LinkBetween(before, first, after);
    before = first;
  }
}

void StackPeeling::LinkBetween(Id before, Id id, Id after) {
  values_[id].previous = before;
  values_[id].next = after;
  values_[id].is_link = true;
  values_[before].next = id;
  values_[after].previous = id;
}

// The value that is surely in at `instant` and stays longest; the end of the
// chain if there is none.
StackPeeling::Id StackPeeling::FarthestFrom(EventIndex instant) const {
  const size_t end = PushedBefore(instant);
  const uint32_t farthest = pop_calls_.MaxBefore(end);
  if (farthest <= instant) return static_cast<Id>(values_.size() - 1);
  return static_cast<Id>(pop_calls_.LastBefore(end, farthest));
}

// A component begins here: finds the values behind whose push spans that.
void StackPeeling::SpanBeginAt(EventIndex instant) {
  size_t place = PushedBefore(instant);
  while ((place = late_pushes_.FirstFrom(place, ~instant)) != MaxTree::kNone) {
    late_pushes_.Set(place, 0);
    values_[place].spans_begin = true;
    TakeOffWhenFree(static_cast<Id>(place));
  }
}

// A component ends here: finds the values before whose pop spans that.
void StackPeeling::SpanEndAt(EventIndex instant) {
  size_t place = PoppedUntil(instant);
  while ((place = pop_returns_.LastBefore(place, instant)) != MaxTree::kNone) {
    pop_returns_.Set(place, 0);
    values_[by_pop_[place]].spans_end = true;
    TakeOffWhenFree(by_pop_[place]);
  }
}

void StackPeeling::TakeOffWhenFree(Id id) {
  if (values_[id].spans_begin && values_[id].spans_end) free_.push_back(id);
}

size_t StackPeeling::PushedBefore(EventIndex instant) const {
  return instant >= instants_ ? by_pop_.size() : pushed_before_[instant];
}

size_t StackPeeling::PoppedUntil(EventIndex instant) const {
  return instant >= instants_ ? by_pop_.size() : popped_before_[instant + 1];
}

}  // namespace reprise::checker
