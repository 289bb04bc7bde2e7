// What the tables of planted bugs have in common.

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
  uint64_t skipped = 0;    // Failing seeds that come before those.
  int jobs = 1;
  // Which verdicts count.
  std::function<bool(const Verdict&)> is_failure = {};
  std::vector<OptionValue> options = {};  // Of each trial.
};

// The first seeds of `scenario` with `bug` that fail, from 0 on.
std::vector<Timeline> FailingTimelines(const Scenario& scenario,
                                       const PlantedBug& bug,
                                       const SoughtFailures& sought);

// Calls `add` with each planted bug of the catalog, or with the one named
// `only`, and with the scenario named `scenario`, or with the bug's own where
// that is empty. Errors: NotFound where no bug or scenario has the name.
absl::Status ForEachBug(
    const Catalog& catalog, const std::string& only,
    const std::string& scenario,
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
