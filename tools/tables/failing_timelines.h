// What the tables of planted bugs have in common: which bugs they are about,
// the failing seeds of each, and the median of what is measured.
//
//   absl::Status status = ForEachBug(
//       catalog, {.only = "put-not-deduplicated"},
//       [](const Scenario& scenario, const PlantedBug& bug) {
//         for (const Timeline& timeline :
//              FailingTimelines(scenario, bug, sought)) ...
//       });

#ifndef TOOLS_TABLES_FAILING_TIMELINES_H_
#define TOOLS_TABLES_FAILING_TIMELINES_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "reprise/sim/explore/isolation/trial_pool.h"
#include "reprise/sim/explore/trial/catalog.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/timeline.h"
#include "reprise/sim/explore/trial/trial_options.h"
#include "reprise/sim/explore/trial/verdict.h"

namespace reprise {

struct SoughtFailures {
  uint64_t count = 20;     // At most.
  uint64_t seeds_max = 0;  // That are tried.
  // Failing seeds, the first ones, that are passed over before any counts.
  uint64_t skipped = 0;
  int jobs = 1;
  // Which verdicts count.
  std::function<bool(const Verdict&)> is_failure = {};
  std::vector<OptionValue> options = {};  // Of each trial.
};

// The first seeds of `scenario` with `bug` that fail, from 0 on, but for those
// that are skipped.
std::vector<Timeline> FailingTimelines(const Scenario& scenario,
                                       const PlantedBug& bug,
                                       const SoughtFailures& sought);

// What is empty chooses nothing, and all of them where all is.
struct ChosenBugs {
  std::string only = {};  // The one of this name.
  std::string of = {};    // Those whose scenarios have names that begin so.
  // Not those whose scenarios have names of these patterns, such as "raft-*".
  std::vector<std::string> without = {};
  std::string scenario = {};  // Where they are sought, instead of in their own.
};

// Calls `add` with each planted bug of the catalog that is chosen, and the
// scenario in which it is sought. Errors, before any call: NotFound where no
// bug has a scenario as `of` or a pattern of `without` says, or none is left;
// as FindBug and FindScenario where there is no such name.
absl::Status ForEachBug(
    const Catalog& catalog, const ChosenBugs& chosen,
    const std::function<void(const Scenario&, const PlantedBug&)>& add);

// Of none it is 0.
template <typename Number>
Number Median(std::vector<Number> numbers) {
  if (numbers.empty()) return 0;
  const auto middle =
      numbers.begin() + static_cast<ptrdiff_t>(numbers.size() / 2);
  std::nth_element(numbers.begin(), middle, numbers.end());
  return *middle;
}

}  // namespace reprise

#endif  // TOOLS_TABLES_FAILING_TIMELINES_H_
