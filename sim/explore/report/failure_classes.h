// The failures of a sweep by their classes (shrink/failure_class.h).
//
//   for (const FoundClass& found : FindClasses(result)) {
//     std::cout << found.failure.property << " " << found.count << "\n";
//   }

#ifndef REPRISE_SIM_EXPLORE_REPORT_FAILURE_CLASSES_H_
#define REPRISE_SIM_EXPLORE_REPORT_FAILURE_CLASSES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/shrink/failure_class.h"
#include "reprise/sim/explore/shrink/shrinker.h"
#include "reprise/sim/explore/sweep/sweep.h"

namespace reprise {

struct FoundClass {
  FailureClass failure = {};
  uint64_t count = 0;
  Seed first_seed = {};
  Seed fastest_seed = {};  // That of the fewest events.
  uint64_t fastest_events = 0;
  // What shrinking left of its first failure, if it was shrunk.
  std::optional<Shrunk> shrunk = {};
  // The smallest failure that was saved, and the page that draws it; empty
  // where none was written.
  std::string replay_file = {};
  std::string page = {};
};

// In the order of their first failures. O(n log n).
std::vector<FoundClass> FindClasses(const SweepResult& result);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPORT_FAILURE_CLASSES_H_
