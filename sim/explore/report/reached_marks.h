// ReachedMarks: which marks of the program were met, and which never.
//
// Which marks a scenario is to reach is said by Scenario::marks. A mark that is
// to be reached by one of several scenarios is reached when any of them, or
// another one, has met it. What only must never be reached is no gap.
//
//   ReachedMarks marks = FindReachedMarks({scenario.marks}, result.marks);
//   if (!marks.not_reached.empty()) ...

#ifndef REPRISE_SIM_EXPLORE_REPORT_REACHED_MARKS_H_
#define REPRISE_SIM_EXPLORE_REPORT_REACHED_MARKS_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace reprise {

// The property of a sweep that requires that every mark is reached.
inline constexpr std::string_view kReachedProperty = "reached";

struct ReachedMarks {
  // By name, how often.
  std::vector<std::pair<std::string, uint64_t>> reached = {};
  // By name: those that were to be reached.
  std::vector<std::string> not_reached = {};
};

// `to_reach`: Scenario::marks of each scenario. `counts`: by Mark::number().
ReachedMarks FindReachedMarks(
    const std::vector<std::vector<std::string>>& to_reach,
    std::span<const uint64_t> counts);

// "marks: 12 of 14 reached; never: kv.checkpoint, kv.stale-request" and a line
// break; empty where there are none.
std::string DescribeMarks(const ReachedMarks& marks);

// As above, with how often each was met: for one trial.
std::string DescribeMarkCounts(const ReachedMarks& marks);

// "2 marks were reached in none of 400 seeds: kv.a, kv.b", the evidence of a
// gap.
std::string DescribeGap(const ReachedMarks& marks, uint64_t seeds);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_REPORT_REACHED_MARKS_H_
