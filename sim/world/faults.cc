#include "reprise/sim/world/faults.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "reprise/sim/core/text.h"

namespace reprise {
namespace {

// Looks at one field after the other and keeps the first complaint.
class Validator {
 public:
  absl::Status status() const { return status_; }

  void Require(bool is_valid, std::string_view field, const std::string& value,
               std::string_view expected) {
    if (is_valid || !status_.ok()) return;
    status_ = absl::InvalidArgumentError(
        absl::StrCat("faults: ", ToAbsl(field), " is ", value, ", expected ",
                     ToAbsl(expected)));
  }
  void RequireRatio(const std::string& field, Probability ratio) {
    Require(ratio.denominator > 0 && ratio.numerator <= ratio.denominator,
            field, absl::StrCat(ratio.numerator, "/", ratio.denominator),
            "a ratio from 0 to 1");
  }
  void RequireSpan(const std::string& field, Duration span) {
    Require(span >= Duration() && !span.IsInfinite(), field,
            FormatDuration(span), "a finite duration of 0 or more");
  }
  // As the exponential distribution can be drawn.
  void RequireMean(const std::string& field, Duration mean) {
    constexpr Duration kMost = Nanoseconds(int64_t{1} << 56);
    Require(mean >= Duration() && mean <= kMost, field, FormatDuration(mean),
            "a duration from 0 to 834 days");
  }
  void RequireRange(const std::string& prefix, Duration minimum,
                    Duration maximum) {
    RequireSpan(prefix + "minimum", minimum);
    Require(maximum >= minimum && !maximum.IsInfinite(), prefix + "maximum",
            FormatDuration(maximum),
            absl::StrCat("a finite duration of at least the minimum, ",
                         FormatDuration(minimum)));
  }
  void RequireCount(const std::string& field, int64_t count, int64_t least,
                    int64_t most) {
    Require(count >= least && count <= most, field, absl::StrCat(count),
            absl::StrCat(least, " to ", most));
  }

 private:
  absl::Status status_;
};

constexpr int64_t kAnyCount = 1'000'000'000'000;

void CheckDelay(Validator& validator, const std::string& prefix,
                const DelayOptions& delay) {
  validator.RequireSpan(prefix + "calm", delay.calm);
  validator.RequireRange(prefix, delay.minimum, delay.maximum);
  validator.RequireMean(prefix + "mean", delay.mean);
  validator.RequireSpan(prefix + "extra_step", delay.extra_step);
  const std::string steps = absl::StrCat(delay.extra_steps);
  validator.Require(delay.extra_steps >= 0, prefix + "extra_steps", steps,
                    "0 or more");
  int64_t longest = 0;
  const bool overflows = delay.extra_steps == INT64_MAX ||
                         __builtin_mul_overflow(delay.extra_step.nanoseconds(),
                                                delay.extra_steps, &longest);
  validator.Require(
      !overflows && !(delay.maximum + Nanoseconds(longest)).IsInfinite(),
      prefix + "extra_steps", steps,
      "so few that the delay stays below 292 years");
  validator.RequireRatio(prefix + "late", delay.late);
  if (delay.late.IsZero()) return;
  validator.RequireRange(prefix + "late_", delay.late_minimum,
                         delay.late_maximum);
}

void CheckPacket(Validator& validator, const std::string& prefix,
                 const PacketOptions& packet) {
  CheckDelay(validator, prefix + "delay.", packet.delay);
  validator.RequireRatio(prefix + "loss", packet.loss);
  validator.RequireRatio(prefix + "duplicate", packet.duplicate);
  validator.RequireRatio(prefix + "corruption", packet.corruption);
}

void CheckOutage(Validator& validator, const std::string& prefix,
                 const OutageOptions& outage) {
  validator.RequireRatio(prefix + "start", outage.start);
  validator.RequireSpan(prefix + "minimum", outage.minimum);
  validator.RequireMean(prefix + "mean", outage.mean);
  validator.RequireSpan(prefix + "rest", outage.rest);
}

bool IsCertain(Probability probability) {
  return probability.numerator == probability.denominator;
}

// What NetworkOptions and LinkOptions have in common.
template <typename Options>
void CheckLink(Validator& validator, const std::string& prefix,
               const Options& link, bool duplicates_repeat) {
  CheckPacket(validator, prefix + "request.", link.request);
  CheckPacket(validator, prefix + "reply.", link.reply);
  validator.RequireCount(prefix + "bytes_per_second", link.bytes_per_second, 0,
                         kAnyCount);
  validator.RequireCount(prefix + "packets_max", link.packets_max, 0,
                         kAnyCount);
  validator.Require(!duplicates_repeat || (!IsCertain(link.request.duplicate) &&
                                           !IsCertain(link.reply.duplicate)),
                    "network.duplicates_repeat", "true",
                    absl::StrCat("false where every packet is duplicated, as ",
                                 prefix, "request or reply says"));
  CheckOutage(validator, prefix + "clog.", link.clog);
}

void CheckNetwork(Validator& validator, const NetworkOptions& network) {
  CheckLink(validator, "network.", network, network.duplicates_repeat);
  for (size_t i = 0; i < network.links.size(); ++i) {
    CheckLink(validator, absl::StrCat("network.links[", i, "]."),
              network.links[i], network.duplicates_repeat);
  }
  CheckDelay(validator, "network.unreachable_delay.",
             network.unreachable_delay);
  validator.Require(network.liveness_poll > Duration(), "network.liveness_poll",
                    FormatDuration(network.liveness_poll), "more than 0");
  validator.Require(network.default_deadline > Duration(),
                    "network.default_deadline",
                    FormatDuration(network.default_deadline), "more than 0");
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

void CheckDisks(Validator& validator, const DiskOptions& disks) {
  CheckDelay(validator, "disks.read.", disks.read);
  CheckDelay(validator, "disks.write.", disks.write);
  CheckDelay(validator, "disks.sync.", disks.sync);
  validator.RequireCount("disks.capacity_bytes", disks.capacity_bytes, 0,
                         kAnyCount);
  validator.RequireRatio("disks.read_error", disks.read_error);
  validator.RequireRatio("disks.write_error", disks.write_error);
  validator.RequireRatio("disks.sync_error", disks.sync_error);
  validator.RequireRatio("disks.bit_rot", disks.bit_rot);
  validator.RequireRatio("disks.sector_lost", disks.sector_lost);
  validator.RequireRatio("disks.sector_torn", disks.sector_torn);
  validator.RequireRatio("disks.sector_garbled", disks.sector_garbled);
  const auto ratio = [](Probability probability) {
    return absl::StrCat(probability.numerator, "/", probability.denominator);
  };
  validator.Require(
      IsPossible(disks.sector_lost, disks.sector_torn, disks.sector_garbled),
      "disks.sector_lost + sector_torn + sector_garbled",
      absl::StrCat(ratio(disks.sector_lost), " + ", ratio(disks.sector_torn),
                   " + ", ratio(disks.sector_garbled)),
      "a sum from 0 to 1");
  validator.RequireRatio("disks.size_lost", disks.size_lost);
  validator.RequireRatio("disks.name_lost", disks.name_lost);
}

}  // namespace

absl::Status Validate(const FaultMix& faults) {
  Validator validator;
  CheckNetwork(validator, faults.network);
  const PartitionOptions& partitions = faults.partitions;
  CheckOutage(validator, "partitions.outage.", partitions.outage);
  validator.RequireRatio("partitions.one_way", partitions.one_way);
  validator.Require(partitions.halves || partitions.isolate_one ||
                        partitions.random_groups || partitions.bridge ||
                        partitions.ring_of_majorities,
                    "partitions", "without a shape", "one shape or more");
  CheckOutage(validator, "nodes.crash.", faults.nodes.crash);
  CheckOutage(validator, "nodes.pause.", faults.nodes.pause);
  CheckOutage(validator, "nodes.slow.", faults.nodes.slow);
  validator.RequireSpan("nodes.slow_delay", faults.nodes.slow_delay);
  validator.RequireCount("nodes.crash_factor_unsynced",
                         faults.nodes.crash_factor_unsynced, 1, 1'000'000);
  validator.RequireRatio("nodes.restart_empty", faults.nodes.restart_empty);
  validator.RequireSpan("clocks.skew_max", faults.clocks.skew_max);
  validator.RequireCount("clocks.drift_ppm_max", faults.clocks.drift_ppm_max, 0,
                         900'000);
  validator.RequireRatio("clocks.jump", faults.clocks.jump);
  validator.RequireSpan("clocks.jump_max", faults.clocks.jump_max);
  // The names of fields cost more than the tests; most worlds have calm disks.
  if (faults.disks != DiskOptions()) CheckDisks(validator, faults.disks);
  validator.RequireRatio("sites.active", faults.sites.active);
  validator.RequireRatio("sites.fires", faults.sites.fires);
  validator.Require(faults.tick > Duration() && !faults.tick.IsInfinite(),
                    "tick", FormatDuration(faults.tick),
                    "a finite duration of more than 0");
  return validator.status();
}

DiskOptions Calmed(const DiskOptions& disk) {
  const auto calmed = [](const DelayOptions& delay) {
    return DelayOptions{
        .calm = delay.calm, .minimum = delay.calm, .maximum = delay.calm};
  };
  return {.read = calmed(disk.read),
          .write = calmed(disk.write),
          .sync = calmed(disk.sync),
          .capacity_bytes = disk.capacity_bytes};
}

}  // namespace reprise
