#include "sim/world/faults.h"

#include <cstdint>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"
#include "sim/core/text.h"

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
  validator.RequireSpan(prefix + "mean", delay.mean);
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
  validator.RequireSpan(prefix + "mean", outage.mean);
  validator.RequireSpan(prefix + "rest", outage.rest);
}

void CheckNetwork(Validator& validator, const NetworkOptions& network) {
  CheckPacket(validator, "network.request.", network.request);
  CheckPacket(validator, "network.reply.", network.reply);
  validator.RequireCount("network.bytes_per_second", network.bytes_per_second,
                         0, kAnyCount);
  validator.RequireCount("network.packets_max", network.packets_max, 0,
                         kAnyCount);
  const bool repeats_for_ever =
      network.duplicates_repeat && (network.request.duplicate.numerator ==
                                        network.request.duplicate.denominator ||
                                    network.reply.duplicate.numerator ==
                                        network.reply.duplicate.denominator);
  validator.Require(!repeats_for_ever, "network.duplicates_repeat", "true",
                    "false where every packet is doubled");
  CheckOutage(validator, "network.clog.", network.clog);
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

std::string Percent(Probability probability) {
  return absl::StrCat(100.0 * probability.numerator / probability.denominator,
                      " %");
}

// Appends "NAME WHAT" for a source that is not calm.
void AppendOutage(std::string& text, std::string_view name,
                  const OutageOptions& outage) {
  if (outage.start.IsZero()) return;
  absl::StrAppend(&text, ToAbsl(name), " ", Percent(outage.start),
                  " a tick, at least ", FormatDuration(outage.minimum),
                  ", mean ", FormatDuration(outage.mean), "\n");
}

// Appends ", WHAT n %" for what may happen.
void AppendChance(std::string& text, std::string_view what,
                  Probability probability) {
  if (probability.IsZero()) return;
  absl::StrAppend(&text, ", ", ToAbsl(what), " ", Percent(probability));
}

void AppendDelay(std::string& text, std::string_view name,
                 const DelayOptions& delay) {
  absl::StrAppend(
      &text, ToAbsl(name), " ", FormatDuration(delay.minimum), " to ",
      FormatDuration(delay.maximum + delay.extra_step * delay.extra_steps));
  if (delay.shape == DelayShape::kExponential) {
    absl::StrAppend(&text, ", exponential with mean ",
                    FormatDuration(delay.mean));
  }
  AppendChance(text, "late", delay.late);
}

void AppendPacket(std::string& text, std::string_view name,
                  const PacketOptions& packet) {
  AppendDelay(text, absl::StrCat(ToAbsl(name), " delay"), packet.delay);
  AppendChance(text, "lost", packet.loss);
  AppendChance(text, "doubled", packet.duplicate);
  AppendChance(text, "corrupted", packet.corruption);
  absl::StrAppend(&text, "\n");
}

void AppendDisks(std::string& text, const DiskOptions& disks) {
  if (disks == DiskOptions()) return;
  AppendDelay(text, "disks: read", disks.read);
  AppendChance(text, "fails", disks.read_error);
  AppendChance(text, "a bit rots", disks.bit_rot);
  AppendDelay(text, "\ndisks: write", disks.write);
  AppendChance(text, "fails", disks.write_error);
  AppendDelay(text, "\ndisks: sync", disks.sync);
  AppendChance(text, "fails", disks.sync_error);
  absl::StrAppend(&text, "\n");
  if (disks.capacity_bytes > 0) {
    absl::StrAppend(&text, "disks: capacity ", disks.capacity_bytes,
                    " bytes\n");
  }
  std::string crash;
  AppendChance(crash, "sectors lost", disks.sector_lost);
  AppendChance(crash, "torn", disks.sector_torn);
  AppendChance(crash, "garbled", disks.sector_garbled);
  AppendChance(crash, "sizes lost", disks.size_lost);
  AppendChance(crash, "names lost", disks.name_lost);
  if (crash.empty()) return;
  absl::StrAppend(&text, "disks: of what is not synced, a crash leaves",
                  crash.substr(1), "\n");
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

std::string DescribeMix(const FaultMix& faults) {
  std::string text;
  const NetworkOptions& network = faults.network;
  AppendPacket(text, "requests:", network.request);
  AppendPacket(text, "replies:", network.reply);
  if (network.bytes_per_second > 0) {
    absl::StrAppend(&text, "bandwidth: ", network.bytes_per_second,
                    " bytes a second\n");
  }
  if (network.packets_max > 0) {
    absl::StrAppend(&text, "capacity: ", network.packets_max,
                    " packets a link\n");
  }
  AppendOutage(text, "clogs:", network.clog);
  AppendOutage(text, "partitions:", faults.partitions.outage);
  AppendOutage(text, "crashes:", faults.nodes.crash);
  if (faults.nodes.crash_factor_unsynced > 1) {
    absl::StrAppend(&text, "crashes: ", faults.nodes.crash_factor_unsynced,
                    " times likelier before a sync\n");
  }
  if (!faults.nodes.restart_empty.IsZero()) {
    absl::StrAppend(&text, "restarts: ", Percent(faults.nodes.restart_empty),
                    " with an empty disk\n");
  }
  AppendOutage(text, "pauses:", faults.nodes.pause);
  AppendOutage(text, "slow nodes:", faults.nodes.slow);
  const ClockOptions& clocks = faults.clocks;
  if (clocks.skew_max > Duration() || clocks.drift_ppm_max > 0 ||
      !clocks.jump.IsZero()) {
    absl::StrAppend(&text, "clocks: skew up to ",
                    FormatDuration(clocks.skew_max), ", drift up to ",
                    clocks.drift_ppm_max, " ppm, jumps ", Percent(clocks.jump),
                    " a tick of up to ", FormatDuration(clocks.jump_max), "\n");
  }
  AppendDisks(text, faults.disks);
  return text;
}

}  // namespace reprise
