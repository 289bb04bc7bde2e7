// The fields of a fault mix: each with its name, what it may be and how the
// printed mix says it.
//
// Validate() and DescribeMix() are visitors of them, so that a new field is
// checked and printed once it stands here. A visitor sees each field that
// matters, in the order of the printed lines:
//
//   Part(name, options)       a struct of options; it calls VisitFields for it
//   Link(index, options)      one of NetworkOptions::links, in the same way
//   Delay(field, options), Outage(field, options)
//   Ratio(field, probability)
//   Time(field, duration, DurationRange)
//   AtLeast(field, duration, least)   a finite duration
//   Count(field, number, least, most)
//   Flag(field, is_on)        any value is valid
//   Word(field, text)         any text is valid
//   Line(title, is_on)        what follows is said under this title, or not at
//                             all where it is off

#ifndef REPRISE_SIM_WORLD_FAULT_FIELDS_H_
#define REPRISE_SIM_WORLD_FAULT_FIELDS_H_

#include <cstddef>
#include <cstdint>
#include <limits>
#include <string_view>

#include "reprise/sim/core/time.h"
#include "reprise/sim/world/faults.h"

namespace reprise {

struct Field {
  std::string_view name;
  // In the printed mix, with "$0" for the value; "": it is not said. Nor is a
  // value that is off: a zero, the least count, an infinite duration.
  std::string_view words = {};
};

// The durations that a field may hold.
enum class DurationRange {
  kFinite,    // 0 or more.
  kMean,      // As the exponential distribution can be drawn.
  kPositive,  // Or infinite.
  kPositiveFinite,
};

inline constexpr int64_t kAnyCount = 1'000'000'000'000;
inline constexpr int64_t kNoMost = std::numeric_limits<int64_t>::max();

template <typename Visitor>
void VisitFields(Visitor& visit, const DelayOptions& delay) {
  visit.Time({"calm"}, delay.calm, DurationRange::kFinite);
  visit.Time({"minimum"}, delay.minimum, DurationRange::kFinite);
  visit.AtLeast({"maximum"}, delay.maximum, delay.minimum);
  visit.Time({"mean"}, delay.mean, DurationRange::kMean);
  visit.Time({"extra_step"}, delay.extra_step, DurationRange::kFinite);
  visit.Count({"extra_steps"}, delay.extra_steps, 0, kNoMost);
  visit.Ratio({"late"}, delay.late);
  if (delay.late.IsZero()) return;
  visit.Time({"late_minimum"}, delay.late_minimum, DurationRange::kFinite);
  visit.AtLeast({"late_maximum"}, delay.late_maximum, delay.late_minimum);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const OutageOptions& outage) {
  visit.Ratio({"start"}, outage.start);
  visit.Time({"minimum"}, outage.minimum, DurationRange::kFinite);
  visit.Time({"mean"}, outage.mean, DurationRange::kMean);
  visit.Time({"rest"}, outage.rest, DurationRange::kFinite);
}

inline bool IsOn(const OutageOptions& outage) { return !outage.start.IsZero(); }

template <typename Visitor>
void VisitFields(Visitor& visit, const PacketOptions& packet) {
  visit.Delay({"delay", "$0"}, packet.delay);
  visit.Ratio({"loss", "lost $0"}, packet.loss);
  visit.Ratio({"duplicate", "duplicated $0"}, packet.duplicate);
  visit.Ratio({"corruption", "corrupted $0"}, packet.corruption);
}

// What NetworkOptions and LinkOptions have in common.
template <typename Visitor, typename Options>
void VisitTraffic(Visitor& visit, const Options& options) {
  visit.Line("requests");
  visit.Part("request", options.request);
  visit.Line("replies");
  visit.Part("reply", options.reply);
  visit.Line("bandwidth");
  visit.Count({"bytes_per_second", "$0 bytes a second"},
              options.bytes_per_second, 0, kAnyCount);
  visit.Line("capacity");
  visit.Count({"packets_max", "$0 packets"}, options.packets_max, 0, kAnyCount);
  visit.Line("clogs", IsOn(options.clog));
  visit.Outage({"clog", "$0"}, options.clog);
  visit.Line("resets");
  visit.Ratio({"reset", "in $0 of ticks"}, options.reset);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const LinkOptions& link) {
  VisitTraffic(visit, link);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const NetworkOptions& network) {
  VisitTraffic(visit, network);
  for (size_t i = 0; i < network.links.size(); ++i) {
    visit.Link(i, network.links[i]);
  }
  visit.Line("calls");
  visit.Flag({"loss_notice", "callers learn of losses"},
             network.loss_notice == LossNotice::kAtOnce);
  visit.Flag({"corruption", "corrupted bytes are delivered"},
             network.corruption == Corruption::kDelivered);
  visit.Flag({"duplicates_repeat", "duplicates may be duplicated again"},
             network.duplicates_repeat);
  visit.Delay({"unreachable_delay"}, network.unreachable_delay);
  visit.Time({"liveness_poll"}, network.liveness_poll,
             DurationRange::kPositive);
  visit.Time({"default_deadline", "fail after $0"}, network.default_deadline,
             DurationRange::kPositive);
  visit.Line("names");
  visit.Ratio({"resolve_error", "lookups fail $0"}, network.resolve_error);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const PartitionOptions& partitions) {
  visit.Line("partitions", IsOn(partitions.outage));
  visit.Outage({"outage", "$0"}, partitions.outage);
  visit.Flag({"halves"}, partitions.halves);
  visit.Flag({"isolate_one"}, partitions.isolate_one);
  visit.Flag({"random_groups"}, partitions.random_groups);
  visit.Flag({"bridge"}, partitions.bridge);
  visit.Flag({"ring_of_majorities"}, partitions.ring_of_majorities);
  visit.Ratio({"one_way", "one way $0"}, partitions.one_way);
  visit.Flag({"parts_clients", "clients too"}, partitions.parts_clients);
}

inline bool HasCrashPoints(const NodeFaultOptions& nodes) {
  return !nodes.crash_during_disk.IsZero() ||
         !nodes.crash_after_disk.IsZero() || !nodes.crash_after_send.IsZero();
}
inline bool HasCrashes(const NodeFaultOptions& nodes) {
  return IsOn(nodes.crash) || HasCrashPoints(nodes);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const NodeFaultOptions& nodes) {
  visit.Line("crashes", HasCrashes(nodes));
  visit.Outage({"crash", "$0"}, nodes.crash);
  visit.Ratio({"crash_during_disk", "during $0 of disk operations"},
              nodes.crash_during_disk);
  visit.Ratio({"crash_after_disk", "after $0 of them"}, nodes.crash_after_disk);
  visit.Ratio({"crash_after_send", "after $0 of packets sent"},
              nodes.crash_after_send);
  visit.Count({"crash_factor_unsynced", "$0 times likelier before a sync"},
              nodes.crash_factor_unsynced, 1, 1'000'000);
  visit.Ratio({"restart_empty", "then an empty disk $0"}, nodes.restart_empty);
  visit.Line("pauses", IsOn(nodes.pause));
  visit.Outage({"pause", "$0"}, nodes.pause);
  visit.Line("slow nodes", IsOn(nodes.slow));
  visit.Outage({"slow", "$0"}, nodes.slow);
  visit.Time({"slow_delay", "by $0"}, nodes.slow_delay, DurationRange::kFinite);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const AimOptions& aim) {
  visit.Line("aim", !aim.label.empty());
  visit.Word({"label", "at \"$0\""}, aim.label);
  visit.Time({"window", "for $0 after it is taken"}, aim.window,
             DurationRange::kPositive);
  visit.Count({"factor", "$0 times likelier"}, aim.factor, 1, 1'000'000);
  visit.Ratio({"cut_off", "$0 of partitions cut it off"}, aim.cut_off);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const ClockOptions& clocks) {
  visit.Line("clocks");
  visit.Time({"skew_max", "skew up to $0"}, clocks.skew_max,
             DurationRange::kFinite);
  visit.Count({"drift_ppm_max", "drift up to $0 ppm"}, clocks.drift_ppm_max, 0,
              900'000);
  visit.Line("clock jumps", !clocks.jump.IsZero());
  visit.Ratio({"jump", "in $0 of ticks"}, clocks.jump);
  visit.Time({"jump_max", "by up to $0"}, clocks.jump_max,
             DurationRange::kFinite);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const DiskOptions& disks) {
  const bool is_on = disks != DiskOptions();
  visit.Line("disk reads", is_on);
  visit.Delay({"read", "$0"}, disks.read);
  visit.Ratio({"read_error", "fails $0"}, disks.read_error);
  visit.Ratio({"bit_rot", "a bit rots $0"}, disks.bit_rot);
  visit.Line("disk writes", is_on);
  visit.Delay({"write", "$0"}, disks.write);
  visit.Ratio({"write_error", "fails $0"}, disks.write_error);
  visit.Line("disk syncs", is_on);
  visit.Delay({"sync", "$0"}, disks.sync);
  visit.Ratio({"sync_error", "fails $0"}, disks.sync_error);
  visit.Line("disk capacity");
  visit.Count({"capacity_bytes", "$0 bytes"}, disks.capacity_bytes, 0,
              kAnyCount);
  visit.Line("of what is not synced at a crash");
  visit.Ratio({"sector_lost", "sectors lost $0"}, disks.sector_lost);
  visit.Ratio({"sector_torn", "torn $0"}, disks.sector_torn);
  visit.Ratio({"sector_garbled", "garbled $0"}, disks.sector_garbled);
  visit.Ratio({"size_lost", "sizes lost $0"}, disks.size_lost);
  visit.Ratio({"name_lost", "names lost $0"}, disks.name_lost);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const SiteOptions& sites) {
  visit.Line("fault sites", !sites.active.IsZero() && !sites.fires.IsZero());
  visit.Ratio({"active", "active $0"}, sites.active);
  visit.Ratio({"fires", "then fire $0"}, sites.fires);
}

template <typename Visitor>
void VisitFields(Visitor& visit, const FaultMix& mix) {
  visit.Part("network", mix.network);
  visit.Part("partitions", mix.partitions);
  visit.Part("nodes", mix.nodes);
  visit.Part("aim", mix.aim);
  visit.Part("clocks", mix.clocks);
  visit.Part("disks", mix.disks);
  visit.Part("sites", mix.sites);
  visit.Time({"tick"}, mix.tick, DurationRange::kPositiveFinite);
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_FAULT_FIELDS_H_
