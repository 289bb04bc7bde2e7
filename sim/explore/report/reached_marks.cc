#include "reprise/sim/explore/report/reached_marks.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "reprise/sim/core/mark_list.h"
#include "reprise/sim/explore/report/text_table.h"

namespace reprise {
namespace {

bool IsOf(const Mark& mark, const std::vector<std::string>& beginnings) {
  return beginnings.empty() ||
         std::any_of(beginnings.begin(), beginnings.end(),
                     [&](const std::string& beginning) {
                       return mark.name().starts_with(beginning);
                     });
}

}  // namespace

ReachedMarks FindReachedMarks(
    const std::vector<std::vector<std::string>>& to_reach,
    std::span<const uint64_t> counts) {
  ReachedMarks marks;
  for (const Mark* mark : Marks()) {
    const uint64_t count = CountOf(*mark, counts);
    if (count > 0) {
      marks.reached.emplace_back(mark->name(), count);
      continue;
    }
    const bool is_missed =
        mark->IsToBeReached() &&
        std::any_of(to_reach.begin(), to_reach.end(),
                    [&](const auto& each) { return IsOf(*mark, each); });
    if (is_missed) marks.not_reached.emplace_back(mark->name());
  }
  return marks;
}

std::string DescribeMarks(const ReachedMarks& marks) {
  const size_t reached = marks.reached.size();
  const size_t all = reached + marks.not_reached.size();
  if (all == 0) return "";
  if (reached == all) return absl::StrCat("marks: all ", all, " reached\n");
  return absl::StrCat("marks: ", reached, " of ", all, " reached; never: ",
                      absl::StrJoin(marks.not_reached, ", "), "\n");
}

std::string DescribeMarkCounts(const ReachedMarks& marks) {
  std::vector<std::string> counts;
  for (const auto& [name, count] : marks.reached) {
    counts.push_back(absl::StrCat(name, " ", WithThousands(count)));
  }
  std::string text;
  if (!counts.empty()) {
    absl::StrAppend(&text, "  marks: ", absl::StrJoin(counts, ", "), "\n");
  }
  if (!marks.not_reached.empty()) {
    absl::StrAppend(
        &text, "  not reached: ", absl::StrJoin(marks.not_reached, ", "), "\n");
  }
  return text;
}

std::string DescribeGap(const ReachedMarks& marks, uint64_t seeds) {
  const size_t missed = marks.not_reached.size();
  return absl::StrCat(Count(missed, "mark"), missed == 1 ? " was" : " were",
                      " reached in none of ", Count(seeds, "seed"), ": ",
                      absl::StrJoin(marks.not_reached, ", "), ".");
}

}  // namespace reprise
