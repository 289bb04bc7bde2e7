#include "reprise/checker/containers/cover.h"

#include <algorithm>

#include "reprise/checker/containers/free_instants.h"
#include "reprise/checker/history/require.h"

namespace reprise::checker {

std::vector<uint32_t> SmallestCover(std::span<const Lifetime> values,
                                    EventIndex first, EventIndex last) {
  std::vector<uint32_t> order;
  for (uint32_t i = 0; i < values.size(); ++i) {
    const Lifetime& value = values[i];
    if (value.IsSurelyIn() && value.insert_return < last &&
        value.remove_call > first) {
      order.push_back(i);
    }
  }
  std::sort(order.begin(), order.end(), [&](uint32_t a, uint32_t b) {
    return values[a].insert_return < values[b].insert_return;
  });
  std::vector<uint32_t> cover;
  size_t next = 0;
  // Of the values that cover instant `first`, the one that lasts longest.
  while (first <= last) {
    uint32_t longest = 0;
    EventIndex end = 0;
    for (; next < order.size() && values[order[next]].insert_return < first;
         ++next) {
      if (values[order[next]].remove_call <= end) continue;
      longest = order[next];
      end = values[longest].remove_call;
    }
    REPRISE_REQUIRE(end > first, "an instant that is not covered");
    cover.push_back(longest);
    first = end;
  }
  return cover;
}

ContainerConflict FindWrongEmpty(const Lifetimes& lifetimes,
                                 FreeInstants* free) {
  for (uint32_t place : lifetimes.empties()) {
    const ContainerOperation& operation = lifetimes[place];
    if (free->FirstFrom(operation.call) <= operation.ret) continue;
    return {SmallestCover(lifetimes.values(), operation.call, operation.ret),
            {place}};
  }
  return {};
}

}  // namespace reprise::checker
