#include "reprise/checker/containers/stack_conflict.h"

#include <algorithm>
#include <utility>

#include "reprise/checker/containers/stack_peeling.h"

namespace reprise::checker {
namespace {

// For a chain that is to be cut short.
constexpr uint64_t kChainSteps = 10'000'000;

using Values = std::span<const Lifetime>;

std::vector<Lifetime> Select(Values values,
                             const std::vector<uint32_t>& selected) {
  std::vector<Lifetime> lifetimes;
  for (uint32_t value : selected) lifetimes.push_back(values[value]);
  return lifetimes;
}

// The largest number among those added whose position is smaller than another
// (Fenwick, "A new data structure for cumulative frequency tables", 1994).
class LargestBelow {
 public:
  explicit LargestBelow(size_t positions) : best_(positions + 1) {}

  struct Entry {
    EventIndex number = 0;
    uint32_t value = 0;
  };

  void Add(size_t position, Entry entry) {
    for (size_t at = position + 1; at < best_.size(); at += at & -at) {
      if (entry.number > best_[at].number) best_[at] = entry;
    }
  }
  Entry Before(size_t position) const {
    Entry entry;
    for (size_t at = position; at > 0; at -= at & -at) {
      if (best_[at].number > entry.number) entry = best_[at];
    }
    return entry;
  }

 private:
  std::vector<Entry> best_;
};

// Two values that cross: `a` was pushed before `b` and popped before it, while
// `b` was surely pushed before `a` was popped. Empty if there are none.
std::vector<uint32_t> CrossingPair(Values values,
                                   const std::vector<uint32_t>& stuck) {
  std::vector<EventIndex> returns;
  for (uint32_t value : stuck) returns.push_back(values[value].remove_return);
  std::sort(returns.begin(), returns.end());
  const auto position = [&](EventIndex instant) {
    return static_cast<size_t>(
        std::lower_bound(returns.begin(), returns.end(), instant) -
        returns.begin());
  };
  std::vector<uint32_t> by_call = stuck;
  std::sort(by_call.begin(), by_call.end(), [&](uint32_t a, uint32_t b) {
    return values[a].insert_call < values[b].insert_call;
  });
  LargestBelow last_pop(returns.size());  // by the return of the pop
  size_t next = 0;  // `stuck` is in the order of the pushes' returns
  for (uint32_t b : by_call) {
    const Lifetime& second = values[b];
    for (; next < stuck.size() &&
           values[stuck[next]].insert_return < second.insert_call;
         ++next) {
      const Lifetime& first = values[stuck[next]];
      last_pop.Add(position(first.remove_return),
                   {first.remove_call, stuck[next]});
    }
    const LargestBelow::Entry first =
        last_pop.Before(position(second.remove_call));
    if (first.number > second.insert_return) return {first.value, b};
  }
  return {};
}

// The fewest values of the component that cover all of it, in order.
std::vector<uint32_t> Chain(Values values, const std::vector<uint32_t>& stuck) {
  std::vector<uint32_t> chain;
  EventIndex reached = values[stuck.front()].insert_return + 1;
  for (size_t next = 0; next < stuck.size();) {
    uint32_t farthest = stuck[next];
    for (; next < stuck.size() && values[stuck[next]].insert_return < reached;
         ++next) {
      if (values[stuck[next]].remove_call > values[farthest].remove_call) {
        farthest = stuck[next];
      }
    }
    if (!chain.empty() && values[farthest].remove_call <= reached) break;
    chain.push_back(farthest);
    reached = values[farthest].remove_call;
  }
  return chain;
}

// A run of links that contradicts itself: none of them spans all of it. The
// shortest, unless the steps run out.
std::vector<uint32_t> ShortestRun(Values values, std::vector<uint32_t> chain) {
  uint64_t steps = 0;
  for (size_t length = 2; length < chain.size(); ++length) {
    for (size_t first = 0; first + length <= chain.size(); ++first) {
      const auto begin = chain.begin() + static_cast<ptrdiff_t>(first);
      const auto end = begin + static_cast<ptrdiff_t>(length);
      const EventIndex run_begin = values[*begin].insert_return;
      const EventIndex run_end = values[*(end - 1)].remove_call;
      const bool has_bottom = std::any_of(begin, end, [&](uint32_t value) {
        ++steps;
        return values[value].insert_call <= run_begin &&
               values[value].remove_return >= run_end;
      });
      if (!has_bottom) return {begin, end};
      if (steps > kChainSteps) return chain;
    }
  }
  return chain;
}

// Whether a few values contradict themselves. Their instants are renumbered
// first, so that this takes no longer where they are large.
bool Contradicts(std::vector<Lifetime> values) {
  std::vector<EventIndex> instants;
  for (const Lifetime& value : values) {
    instants.insert(instants.end(), {value.insert_call, value.insert_return,
                                     value.remove_call, value.remove_return});
  }
  std::sort(instants.begin(), instants.end());
  const auto renumber = [&](EventIndex* instant) {
    if (*instant == kNever) return;
    *instant = static_cast<EventIndex>(
        std::lower_bound(instants.begin(), instants.end(), *instant) -
        instants.begin());
  };
  for (Lifetime& value : values) {
    renumber(&value.insert_call);
    renumber(&value.insert_return);
    renumber(&value.remove_call);
    renumber(&value.remove_return);
  }
  return !StackPeeling(values, static_cast<EventIndex>(instants.size())).Run();
}

std::vector<uint32_t> LeaveOut(Values values, std::vector<uint32_t> few) {
  for (size_t i = few.size(); i-- > 0;) {
    std::vector<uint32_t> fewer = few;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    if (Contradicts(Select(values, fewer))) few = std::move(fewer);
  }
  return few;
}

}  // namespace

std::vector<uint32_t> SmallStackConflict(Values values,
                                         std::vector<uint32_t> stuck) {
  std::vector<uint32_t> pair = CrossingPair(values, stuck);
  if (!pair.empty()) return pair;
  std::vector<uint32_t> run = ShortestRun(values, Chain(values, stuck));
  return run.size() <= kFewValues ? LeaveOut(values, std::move(run)) : run;
}

}  // namespace reprise::checker
