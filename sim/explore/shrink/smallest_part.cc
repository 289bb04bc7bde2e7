#include "reprise/sim/explore/shrink/smallest_part.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/explore/shrink/shrink_options.h"
#include "reprise/sim/explore/shrink/shrink_search.h"
#include "reprise/sim/world/edits.h"

namespace reprise {
namespace {

constexpr uint64_t kTooMany = std::numeric_limits<uint32_t>::max();

Units UnitsOf(const ShrinkState& state) {
  Units units = OperationUnits(state);
  for (Decision& decision : DecisionUnits(state)) {
    units.push_back(std::move(decision));
  }
  return units;
}

// How many sets of `size` there are of `count` things; at most kTooMany.
uint64_t SetsOfSize(uint64_t count, uint64_t size) {
  if (size > count) return 0;
  uint64_t sets = 1;
  for (uint64_t i = 0; i < size; ++i) {
    sets = sets * (count - i) / (i + 1);
    if (sets > kTooMany) return kTooMany;
  }
  return sets;
}

// All units but those of the set of `size` with this number. Sets are numbered
// as in the combinatorial number system: Knuth, "The Art of Computer
// Programming", volume 4A, section 7.2.1.3.
Units AllBut(Units units, uint64_t size, uint64_t number) {
  uint64_t place = units.size();
  for (; size > 0; --size) {
    do {
      --place;
    } while (SetsOfSize(place, size) > number);
    number -= SetsOfSize(place, size);
    units.erase(units.begin() + static_cast<ptrdiff_t>(place));
  }
  return units;
}

}  // namespace

uint64_t SizeOfPart(const ShrinkState& state) { return UnitsOf(state).size(); }

absl::StatusOr<SmallestPart> FindSmallestPart(const Scenario& scenario,
                                              const std::string& bug,
                                              const Timeline& timeline,
                                              uint64_t below,
                                              uint64_t trials_max) {
  const ShrinkOptions options{.trials = std::numeric_limits<uint64_t>::max()};
  ShrinkSearch search(scenario, bug, options);
  const absl::Status status = search.Begin(timeline);
  if (!status.ok()) return status;
  const Timeline calm = CalmTimeline(search.state());
  if (!search.TryEach(1, [&](size_t) { return calm; })) {
    return absl::FailedPreconditionError("it does not fail on a calm base");
  }
  const ShrinkState whole = search.state();
  const Units units = UnitsOf(whole);
  const Timeline without_starts = Without(whole.timeline, StartUnits(whole));
  SmallestPart smallest{.size = below, .units = units.size()};
  uint64_t parts = 0;
  for (uint64_t size = 0; size < below; ++size) {
    parts += 2 * SetsOfSize(units.size(), size);
  }
  if (parts > trials_max) {
    return absl::ResourceExhaustedError(
        absl::StrCat("there are ", parts, " parts to try"));
  }
  for (uint64_t size = 0; size < below; ++size) {
    const bool is_found =
        search
            .TryEach(2 * SetsOfSize(units.size(), size),
                     [&](size_t i) {
                       return Without(
                           i % 2 == 0 ? whole.timeline : without_starts,
                           AllBut(units, size, i / 2));
                     })
            .has_value();
    if (!is_found) continue;
    smallest.size = size;
    break;
  }
  smallest.trials = search.trials();
  return smallest;
}

}  // namespace reprise
