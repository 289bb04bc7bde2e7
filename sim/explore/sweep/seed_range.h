// SeedRange: a run of seeds, and how people write it.
//
//   absl::StatusOr<SeedRange> seeds = ParseSeeds("1000");      // 0..999
//   absl::StatusOr<SeedRange> one = ParseSeeds("417..417");    // 417 alone

#ifndef REPRISE_SIM_EXPLORE_SWEEP_SEED_RANGE_H_
#define REPRISE_SIM_EXPLORE_SWEEP_SEED_RANGE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"

namespace reprise {

// The `count` seeds from `first` on. Invariant: the last one fits 64 bits.
struct SeedRange {
  uint64_t first = 0;
  uint64_t count = 0;

  uint64_t last() const { return first + (count - 1); }  // Requires count > 0.
  friend bool operator==(const SeedRange&, const SeedRange&) = default;
};

// COUNT means 0..COUNT-1; FROM..TO includes both. InvalidArgument, naming the
// text, for anything else, for no seeds at all and for the full 2^64.
absl::StatusOr<SeedRange> ParseSeeds(std::string_view text);

// A whole number from `minimum` to `maximum` in decimal. InvalidArgument naming
// `what`, the text and the range.
absl::StatusOr<uint64_t> ParseNumber(std::string_view what,
                                     std::string_view text, uint64_t minimum,
                                     uint64_t maximum);

// Part `index` of `total` nearly equal parts of `seeds`, which together are all
// of it; a part may be empty. Requires index < total.
SeedRange PartOf(const SeedRange& seeds, uint64_t index, uint64_t total);

// "417..420"; "none" for an empty range.
std::string FormatSeeds(const SeedRange& seeds);

}  // namespace reprise

#endif  // REPRISE_SIM_EXPLORE_SWEEP_SEED_RANGE_H_
