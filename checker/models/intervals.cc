#include "reprise/checker/models/intervals.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <vector>

namespace reprise::checker {
namespace {

EventIndex LastInstant(std::span<const Interval> intervals) {
  EventIndex last = 0;
  for (const Interval& each : intervals) {
    last = std::max(last, each.ret == kNever ? each.call : each.ret);
  }
  return last;
}

}  // namespace

bool HasOwnInstants(std::span<const Interval> intervals) {
  std::vector<bool> has_return(size_t{LastInstant(intervals)} + 1);
  for (const Interval& each : intervals) {
    if (each.ret != kNever) has_return[each.ret] = true;
  }
  const bool has_joined =
      std::any_of(intervals.begin(), intervals.end(),
                  [&](const Interval& each) { return has_return[each.call]; });
  if (!has_joined) return false;
  std::map<int32_t, EventIndex> last;  // the last return of each client
  for (const Interval& each : intervals) {
    const auto [found, is_first] = last.try_emplace(each.client, each.ret);
    if (is_first) continue;
    if (found->second == each.call) return true;
    found->second = each.ret;
  }
  return false;
}

}  // namespace reprise::checker
