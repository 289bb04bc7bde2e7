#include "reprise/checker/containers/queue.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "reprise/checker/containers/cover.h"
#include "reprise/checker/containers/free_instants.h"
#include "reprise/checker/containers/judge_lifetimes.h"
#include "reprise/checker/containers/lifetimes.h"

namespace reprise::checker {
namespace {

// What is said of the values nobody took while removes are pending.
enum class Unremoved : uint8_t { kStay, kIgnored };

// The value inserted before instant `end` that was, or can be, taken last.
uint32_t LastRemoved(const Lifetimes& lifetimes, EventIndex end,
                     Unremoved unremoved) {
  uint32_t last = 0;
  EventIndex last_call = 0;
  for (uint32_t i = 0; i < lifetimes.values().size(); ++i) {
    const Lifetime& value = lifetimes.values()[i];
    if (!value.IsKnown() || value.insert_return >= end) continue;
    if (unremoved == Unremoved::kIgnored && !value.IsRemoved()) continue;
    if (value.remove_call < last_call) continue;
    last = i;
    last_call = value.remove_call;
  }
  return last;
}

// Two values each of which must be before the other.
ContainerConflict FindOvertaking(const Lifetimes& lifetimes,
                                 Unremoved unremoved) {
  const std::vector<Lifetime>& values = lifetimes.values();
  // By the instant at which an insert returned: the last call of a remove.
  std::vector<EventIndex> last_remove(lifetimes.instants());
  for (const Lifetime& value : values) {
    if (!value.IsKnown() || value.insert_return == kNever) continue;
    if (unremoved == Unremoved::kIgnored && !value.IsRemoved()) continue;
    EventIndex& last = last_remove[value.insert_return];
    last = std::max(last, value.remove_call);
  }
  EventIndex now = 0;
  EventIndex last = 0;  // of values inserted before `now`
  for (uint32_t i : lifetimes.inserts()) {
    const Lifetime& value = values[i];
    if (!value.IsRemoved()) continue;
    for (; now < value.insert_call; ++now) {
      last = std::max(last, last_remove[now]);
    }
    if (value.remove_return < last) {
      return {{LastRemoved(lifetimes, value.insert_call, unremoved), i}, {}};
    }
  }
  return {};
}

ContainerConflict FindQueueConflict(const Lifetimes& lifetimes) {
  ContainerConflict conflict = FindOvertaking(lifetimes, Unremoved::kStay);
  if (!conflict.IsEmpty() || lifetimes.empties().empty()) return conflict;
  FreeInstants free(lifetimes.instants());
  for (const Lifetime& value : lifetimes.values()) {
    if (value.IsSurelyIn()) free.Cover(value.insert_return, value.remove_call);
  }
  return FindWrongEmpty(lifetimes, &free);
}

// A value that nobody is known to have taken, and one behind it that returned
// at `instant`: by then something took the first.
struct Deadline {
  EventIndex instant;
  uint32_t value;
  uint32_t overtaker;
};

std::vector<Deadline> Deadlines(const Lifetimes& lifetimes) {
  const std::vector<Lifetime>& values = lifetimes.values();
  std::vector<uint32_t> unremoved;
  for (uint32_t i : lifetimes.inserts()) {
    if (values[i].IsKnown() && !values[i].IsRemoved()) unremoved.push_back(i);
  }
  std::sort(unremoved.begin(), unremoved.end(), [&](uint32_t a, uint32_t b) {
    return values[a].insert_return > values[b].insert_return;
  });
  std::vector<Deadline> deadlines;
  const std::vector<uint32_t>& inserts = lifetimes.inserts();
  size_t later =
      inserts.size();  // from here on, called after the value's return
  uint32_t first = 0;  // of those, to be taken out
  EventIndex instant = kNever;
  for (uint32_t i : unremoved) {
    for (; later > 0 &&
           values[inserts[later - 1]].insert_call > values[i].insert_return;
         --later) {
      const Lifetime& value = values[inserts[later - 1]];
      if (!value.IsKnown() || value.remove_return >= instant) continue;
      first = inserts[later - 1];
      instant = value.remove_return;
    }
    if (instant != kNever) deadlines.push_back({instant, i, first});
  }
  std::reverse(deadlines.begin(), deadlines.end());
  std::stable_sort(deadlines.begin(), deadlines.end(),
                   [](const Deadline& a, const Deadline& b) {
                     return a.instant < b.instant;
                   });
  return deadlines;
}

// The first values that more pending removes would be needed for than there
// are.
ContainerConflict FindMissedDeadline(const Lifetimes& lifetimes) {
  const std::vector<Deadline> deadlines = Deadlines(lifetimes);
  const std::vector<uint32_t>& removes = lifetimes.pending_removes();
  for (size_t i = 0; i < deadlines.size(); ++i) {
    if (i < removes.size() &&
        lifetimes[removes[i]].call <= deadlines[i].instant) {
      continue;
    }
    ContainerConflict conflict;
    for (size_t j = 0; j <= i; ++j) {
      conflict.values.push_back(deadlines[j].value);
      conflict.values.push_back(deadlines[j].overtaker);
    }
    conflict.places.assign(removes.begin(),
                           removes.begin() + static_cast<ptrdiff_t>(i));
    return conflict;
  }
  return {};
}

}  // namespace

ContainerVerdict CheckQueue(std::span<const ContainerOperation> operations) {
  Lifetimes lifetimes(operations);
  if (lifetimes.verdict().outcome != ContainerOutcome::kHolds) {
    return lifetimes.verdict();
  }
  if (lifetimes.pending_removes().empty() || !lifetimes.empties().empty()) {
    return JudgeLifetimes(&lifetimes, FindQueueConflict);
  }
  ContainerConflict conflict = FindOvertaking(lifetimes, Unremoved::kIgnored);
  if (conflict.IsEmpty()) conflict = FindMissedDeadline(lifetimes);
  if (conflict.IsEmpty()) return {};
  return lifetimes.Violated(conflict);
}

}  // namespace reprise::checker
