#include "reprise/sim/world/validate_mix.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/check.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/text.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/fault_fields.h"
#include "reprise/sim/world/faults.h"

namespace reprise {
namespace {

// As the exponential distribution can be drawn.
constexpr Duration kMeanMost = Nanoseconds(int64_t{1} << 56);

bool IsWithin(DurationRange range, Duration duration) {
  switch (range) {
    case DurationRange::kFinite:
      return duration >= Duration() && !duration.IsInfinite();
    case DurationRange::kMean:
      return duration >= Duration() && duration <= kMeanMost;
    case DurationRange::kPositive:
      return duration > Duration();
    case DurationRange::kPositiveFinite:
      return duration > Duration() && !duration.IsInfinite();
  }
  return false;
}

std::string_view Expected(DurationRange range) {
  switch (range) {
    case DurationRange::kFinite:
      return "a finite duration of 0 or more";
    case DurationRange::kMean:
      return "a duration from 0 to 834 days";
    case DurationRange::kPositive:
      return "more than 0";
    case DurationRange::kPositiveFinite:
      return "a finite duration of more than 0";
  }
  return "";
}

std::string FormatRatio(Probability ratio) {
  return absl::StrCat(ratio.numerator, "/", ratio.denominator);
}

// Looks at one field after the other and keeps the first complaint. Text is
// made for a complaint alone: each world's mix is validated.
class Validator {
 public:
  absl::Status status() const { return status_; }

  template <typename Options>
  void Part(std::string_view name, const Options& options) {
    Enter({name});
    VisitFields(*this, options);
    --depth_;
  }
  void Link(size_t index, const LinkOptions& link) {
    Enter({"links", static_cast<int64_t>(index)});
    VisitFields(*this, link);
    --depth_;
  }
  void Delay(const Field& field, const DelayOptions& delay) {
    Enter({field.name});
    VisitFields(*this, delay);
    RequireShort(delay);
    --depth_;
  }
  void Outage(const Field& field, const OutageOptions& outage) {
    Part(field.name, outage);
  }

  void Ratio(const Field& field, Probability ratio) {
    if (ratio.denominator > 0 && ratio.numerator <= ratio.denominator) return;
    Complain(field.name, FormatRatio(ratio), "a ratio from 0 to 1");
  }
  void Time(const Field& field, Duration duration, DurationRange range) {
    if (IsWithin(range, duration)) return;
    Complain(field.name, FormatDuration(duration), Expected(range));
  }
  void AtLeast(const Field& field, Duration duration, Duration least) {
    if (duration >= least && !duration.IsInfinite()) return;
    Complain(field.name, FormatDuration(duration),
             absl::StrCat("a finite duration of at least the minimum, ",
                          FormatDuration(least)));
  }
  void Count(const Field& field, int64_t count, int64_t least, int64_t most) {
    if (count >= least && count <= most) return;
    Complain(field.name, absl::StrCat(count),
             most == kNoMost ? absl::StrCat(least, " or more")
                             : absl::StrCat(least, " to ", most));
  }
  void Flag(const Field&, bool) {}
  void Word(const Field&, const std::string&) {}
  void Line(std::string_view, bool = true) {}

  void Complain(std::string_view field, std::string_view value,
                std::string_view expected) {
    if (!status_.ok()) return;
    status_ = absl::InvalidArgumentError(
        absl::StrCat("faults: ", Path(), ToAbsl(field), " is ", ToAbsl(value),
                     ", expected ", ToAbsl(expected)));
  }

 private:
  struct Step {
    std::string_view name;
    int64_t index = -1;  // Of one of a list.
  };

  void Enter(Step step) {
    REPRISE_CHECK(depth_ < path_.size(), "options lie too deep");
    path_[depth_++] = step;
  }

  // "network.links[1].request.".
  std::string Path() const {
    std::string path;
    for (size_t i = 0; i < depth_; ++i) {
      absl::StrAppend(&path, ToAbsl(path_[i].name));
      if (path_[i].index >= 0) absl::StrAppend(&path, "[", path_[i].index, "]");
      path += '.';
    }
    return path;
  }

  // The longest delay with all of its extra steps is one of virtual time.
  void RequireShort(const DelayOptions& delay) {
    int64_t longest = 0;
    const bool overflows =
        delay.extra_steps == INT64_MAX ||
        __builtin_mul_overflow(delay.extra_step.nanoseconds(),
                               delay.extra_steps, &longest);
    if (!overflows && !(delay.maximum + Nanoseconds(longest)).IsInfinite()) {
      return;
    }
    Complain("extra_steps", absl::StrCat(delay.extra_steps),
             "so few that the delay stays below 292 years");
  }

  absl::Status status_;
  std::array<Step, 8> path_;
  size_t depth_ = 0;
};

constexpr Duration kLeapMost = Seconds(int64_t{100} * 366 * 24 * 3600);

bool IsCertain(Probability probability) {
  return probability.numerator == probability.denominator;
}

bool DuplicatesAll(const PacketOptions& request, const PacketOptions& reply) {
  return IsCertain(request.duplicate) || IsCertain(reply.duplicate);
}

// Else a packet would be duplicated for ever.
void CheckDuplicates(Validator& validator, const NetworkOptions& network) {
  if (!network.duplicates_repeat) return;
  const auto complain = [&validator](const std::string& where) {
    validator.Complain(
        "network.duplicates_repeat", "true",
        absl::StrCat("false where every packet is duplicated, as ", where,
                     ".request or reply says"));
  };
  if (DuplicatesAll(network.request, network.reply)) complain("network");
  for (size_t i = 0; i < network.links.size(); ++i) {
    const LinkOptions& link = network.links[i];
    if (!DuplicatesAll(link.request, link.reply)) continue;
    complain(absl::StrCat("network.links[", i, "]"));
  }
}

void CheckShapes(Validator& validator, const PartitionOptions& partitions) {
  if (partitions.halves || partitions.isolate_one || partitions.random_groups ||
      partitions.bridge || partitions.ring_of_majorities || partitions.zones) {
    return;
  }
  validator.Complain("partitions", "without a shape", "one shape or more");
}

// Else a wall clock could leap past the range of times.
void CheckLeaps(Validator& validator, const ClockOptions& clocks) {
  if (clocks.leap_max <= kLeapMost) return;
  validator.Complain("clocks.leap_max", FormatDuration(clocks.leap_max),
                     absl::StrCat("0 to ", FormatDuration(kLeapMost)));
}

// Whether the sum of three ratios is at most 1.
bool IsPossible(Probability a, Probability b, Probability c) {
  using Wide = unsigned __int128;
  const Wide whole = Wide{a.denominator} * b.denominator * c.denominator;
  return Wide{a.numerator} * b.denominator * c.denominator +
             Wide{b.numerator} * a.denominator * c.denominator +
             Wide{c.numerator} * a.denominator * b.denominator <=
         whole;
}

void CheckSectors(Validator& validator, const DiskOptions& disks) {
  if (IsPossible(disks.sector_lost, disks.sector_torn, disks.sector_garbled)) {
    return;
  }
  validator.Complain("disks.sector_lost + sector_torn + sector_garbled",
                     absl::StrCat(FormatRatio(disks.sector_lost), " + ",
                                  FormatRatio(disks.sector_torn), " + ",
                                  FormatRatio(disks.sector_garbled)),
                     "a sum from 0 to 1");
}

}  // namespace

absl::Status Validate(const FaultMix& faults) {
  Validator validator;
  VisitFields(validator, faults);
  CheckDuplicates(validator, faults.network);
  CheckShapes(validator, faults.partitions);
  CheckSectors(validator, faults.disks);
  CheckLeaps(validator, faults.clocks);
  return validator.status();
}

}  // namespace reprise
