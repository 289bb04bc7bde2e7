#include "reprise/sim/explore/cli/shrink_flags.h"

#include <cstdint>

#include "reprise/sim/explore/sweep/seed_range.h"

namespace reprise::cli {
namespace {

constexpr char kShrink[] = "shrink";
constexpr char kShrinkSeconds[] = "shrink-seconds";
constexpr uint64_t kTrialsMost = 1'000'000'000;
constexpr uint64_t kSecondsMost = 1'000'000;

}  // namespace

Flag ShrinkFlag() {
  return {.name = kShrink,
          .value_name = "TRIALS",
          .about =
              "shrink each class of failures by so many trials at most; "
              "by default 3000, 0: not at all"};
}

Flag ShrinkSecondsFlag() {
  return {.name = kShrinkSeconds,
          .value_name = "N",
          .about = "and within so many seconds each"};
}

absl::StatusOr<ShrinkOptions> ReadShrinkFlags(const Arguments& arguments,
                                              const ShrinkOptions& usual) {
  ShrinkOptions options = usual;
  if (arguments.Has(kShrink)) {
    const absl::StatusOr<uint64_t> trials =
        ParseNumber(kShrink, arguments.Value(kShrink), 0, kTrialsMost);
    if (!trials.ok()) return trials.status();
    options.trials = *trials;
  }
  if (arguments.Has(kShrinkSeconds)) {
    const absl::StatusOr<uint64_t> seconds = ParseNumber(
        kShrinkSeconds, arguments.Value(kShrinkSeconds), 1, kSecondsMost);
    if (!seconds.ok()) return seconds.status();
    options.seconds = static_cast<double>(*seconds);
  }
  return options;
}

}  // namespace reprise::cli
