// What a trial or a sweep found, and what a catalog lists, as JSON for other
// programs. Each function returns one object and a line break; text that is not
// UTF-8 has its bad bytes replaced.

#ifndef REPRISE_SIM_EXPLORE_REPORT_JSON_REPORT_H_
#define REPRISE_SIM_EXPLORE_REPORT_JSON_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/explore/report/report.h"
#include "reprise/sim/explore/shrink/shrinker.h"
#include "reprise/sim/explore/trial/scenario.h"
#include "reprise/sim/explore/trial/verdict.h"
#include "reprise/sim/trace/digest_trail.h"

namespace reprise {

std::string SweepJson(const SweepReport& report);

// How a played file compares with what it expects.
struct ReplayComparison {
  bool is_alike = true;
  uint64_t unused_decisions = 0;
  // Where the first event is that differs; none: unknown, or none does.
  std::optional<EventRange> first_difference = {};
};

// `marks`: as Scenario::marks. `comparison` is null for a replay by seed.
std::string ReplayJson(std::string_view scenario, const TrialResult& result,
                       const std::vector<std::string>& marks,
                       const ReplayComparison* comparison);

// What shrinking left, with its story.
std::string ShrinkJson(std::string_view scenario, const Shrunk& shrunk,
                       const std::string& replay_file,
                       const FailureStory& story);
// Nothing was shrunk, as `message` says.
std::string NothingToShrinkJson(std::string_view scenario, Seed seed,
                                const std::string& message);

// One of the lab's tests, after its trial.
struct LabTest {
  std::string name = {};
  std::string title = {};
  TrialResult result = {};
};

std::string LabJson(const std::vector<LabTest>& tests);

std::string ListJson(const Catalog& catalog);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPORT_JSON_REPORT_H_
