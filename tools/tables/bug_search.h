// BugSearch: how soon a planted bug is found, in ranges of seeds that have none
// in common.
//
//   BugSearch search({.seeds = 10'000, .ranges = 3});
//   FoundBug found = search.Find(scenario, bug);
//   found.failures[0]->seeds;  // Up to the first failure of the first range.

#ifndef TOOLS_TABLES_BUG_SEARCH_H_
#define TOOLS_TABLES_BUG_SEARCH_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {

struct BugSearchOptions {
  uint64_t seeds = 10'000;  // Of each range.
  uint64_t ranges = 3;
  // Asked often; true ends the search. May be empty.
  std::function<bool()> should_stop = {};
  // Told of each trial: how many of the range are done. May be empty.
  std::function<void(uint64_t seeds)> look = {};
};

// The first failure of a range.
struct FirstFailure {
  uint64_t seeds = 0;  // Tried, this one included.
  double core_seconds = 0;
  std::string property = {};
};

struct FoundBug {
  // One for each range; none: not found in it, or not sought.
  std::vector<std::optional<FirstFailure>> failures = {};
  // Whether it was sought with what clients see as the only judge: in scenarios
  // whose servers need not be judged, and wherever clients see what was found
  // in the first range.
  bool is_history_asked = false;
  // What was found so, in the first range. None: nothing, or not asked.
  std::optional<FirstFailure> by_history = {};

  bool IsFoundWithin(uint64_t seeds) const;
};

// Whether a property is judged by what the clients saw alone: what they asked,
// what they were answered, and whether they were.
bool IsOfHistory(std::string_view property);

class BugSearch {
 public:
  explicit BugSearch(BugSearchOptions options);

  // Plays the scenario with the bug, each seed in a process of its own kind
  // (trial_pool.h), one at a time. A range ends at its first failure. Requires
  // at least one range.
  FoundBug Find(const Scenario& scenario, const PlantedBug& bug);

 private:
  using IsFailure = std::function<bool(const Verdict&)>;

  struct Range {
    uint64_t first = 0;
    uint64_t count = 0;
  };

  std::optional<FirstFailure> FindIn(const Range& range,
                                     const Scenario& scenario,
                                     const PlantedBug& bug,
                                     const std::vector<OptionValue>& options,
                                     const IsFailure& is_failure);

  BugSearchOptions options_;
};

}  // namespace reprise

#endif  // TOOLS_TABLES_BUG_SEARCH_H_
