#include "reprise/sim/explore/sweep/seed_range.h"

#include <algorithm>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_format.h"
#include "reprise/sim/explore/trial/echo.h"

namespace reprise {
namespace {

constexpr uint64_t kLargest = std::numeric_limits<uint64_t>::max();

// Digits alone: no sign, no blanks, nothing behind.
std::optional<uint64_t> ParseDigits(std::string_view text) {
  uint64_t value = 0;
  if (text.empty() || !std::all_of(text.begin(), text.end(), [](char c) {
        return absl::ascii_isdigit(static_cast<unsigned char>(c));
      })) {
    return std::nullopt;
  }
  if (!absl::SimpleAtoi(absl::string_view(text.data(), text.size()), &value)) {
    return std::nullopt;
  }
  return value;
}

absl::Status BadSeeds(std::string_view text, std::string_view reason) {
  return absl::InvalidArgumentError(absl::StrFormat(
      "seeds \"%s\": %s. Write COUNT, such as 1000 for 0..999, or FROM..TO, "
      "such as 417..420, both included, with numbers up to %u.",
      Echo(text), reason, kLargest));
}

}  // namespace

absl::StatusOr<SeedRange> ParseSeeds(std::string_view text) {
  const size_t dots = text.find("..");
  if (dots == std::string_view::npos) {
    const std::optional<uint64_t> count = ParseDigits(text);
    if (!count) return BadSeeds(text, "not a count of seeds");
    if (*count == 0) return BadSeeds(text, "no seed to run");
    return SeedRange{.first = 0, .count = *count};
  }
  const std::optional<uint64_t> first = ParseDigits(text.substr(0, dots));
  const std::optional<uint64_t> last = ParseDigits(text.substr(dots + 2));
  if (!first || !last) return BadSeeds(text, "not a range of seeds");
  if (*first > *last) return BadSeeds(text, "the range runs backwards");
  if (*first == 0 && *last == kLargest) {
    return BadSeeds(text, "more than 2^64 - 1 seeds");
  }
  return SeedRange{.first = *first, .count = *last - *first + 1};
}

absl::StatusOr<uint64_t> ParseNumber(std::string_view what,
                                     std::string_view text, uint64_t minimum,
                                     uint64_t maximum) {
  const std::optional<uint64_t> value = ParseDigits(text);
  if (!value || *value < minimum || *value > maximum) {
    return absl::InvalidArgumentError(
        absl::StrFormat("%s \"%s\": not a whole number from %u to %u.", what,
                        Echo(text), minimum, maximum));
  }
  return *value;
}

SeedRange PartOf(const SeedRange& seeds, uint64_t index, uint64_t total) {
  using Wide = unsigned __int128;
  const auto start = [&](uint64_t part) {
    return static_cast<uint64_t>(Wide{seeds.count} * part / total);
  };
  return {.first = seeds.first + start(index),
          .count = start(index + 1) - start(index)};
}

std::string FormatSeeds(const SeedRange& seeds) {
  if (seeds.count == 0) return "none";
  return absl::StrFormat("%u..%u", seeds.first, seeds.last());
}

}  // namespace reprise
