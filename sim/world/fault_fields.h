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

#include "reprise/sim/core/task_turns.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/field.h"
#include "reprise/sim/world/network_fields.h"

namespace reprise {

template <typename Visitor>
void VisitFields(Visitor& visit, const PartitionOptions& partitions) {
  visit.Line("partitions", IsOn(partitions.outage));
  visit.Outage({"outage", "$0"}, partitions.outage);
  visit.Flag({"halves"}, partitions.halves);
  visit.Flag({"isolate_one"}, partitions.isolate_one);
  visit.Flag({"random_groups"}, partitions.random_groups);
  visit.Flag({"bridge"}, partitions.bridge);
  visit.Flag({"ring_of_majorities"}, partitions.ring_of_majorities);
  visit.Flag({"zones"}, partitions.zones);
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
  visit.Ratio({"crash_together", "others with it $0"}, nodes.crash_together);
  visit.Line("crashes during recovery", !nodes.crash_again.IsZero());
  visit.Ratio({"crash_again", "after $0 of restarts"}, nodes.crash_again);
  visit.Time({"crash_again_within", "within $0"}, nodes.crash_again_within,
             DurationRange::kPositiveFinite);
  visit.Line("crashes of zones", IsOn(nodes.zone_crash));
  visit.Outage({"zone_crash", "$0"}, nodes.zone_crash);
  visit.Line("pauses of zones", IsOn(nodes.zone_pause));
  visit.Outage({"zone_pause", "$0"}, nodes.zone_pause);
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
  visit.Line("clock leaps", !clocks.leap.IsZero());
  visit.Ratio({"leap", "in $0 of ticks"}, clocks.leap);
  visit.Time({"leap_max", "by up to $0"}, clocks.leap_max,
             DurationRange::kFinite);
  visit.Line("clocks stand still", IsOn(clocks.stop));
  visit.Outage({"stop", "$0"}, clocks.stop);
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
  visit.Line("disk throughput");
  visit.Count({"bytes_per_second", "$0 bytes a second"}, disks.bytes_per_second,
              0, kAnyCount);
  visit.Line("full disks", IsOn(disks.full));
  visit.Outage({"full", "$0"}, disks.full);
  visit.Line("disk stalls", IsOn(disks.stall));
  visit.Outage({"stall", "$0"}, disks.stall);
  visit.Line("silent disk faults");
  visit.Ratio({"write_lost", "writes lost $0"}, disks.write_lost);
  visit.Ratio({"write_misdirected", "writes misdirected $0"},
              disks.write_misdirected);
  visit.Ratio({"read_misdirected", "reads misdirected $0"},
              disks.read_misdirected);
  visit.Ratio({"rot_at_rest", "a bit rots in $0 of ticks"}, disks.rot_at_rest);
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

inline bool IsOn(const TaskOptions& tasks) {
  return !tasks.pass.IsZero() || !tasks.forget.IsZero();
}

template <typename Visitor>
void VisitFields(Visitor& visit, const TaskOptions& tasks) {
  visit.Line("turns of tasks", IsOn(tasks));
  visit.Ratio({"pass", "$0 let others run first"}, tasks.pass);
  visit.Count({"pass_max", "up to $0"}, tasks.pass_max, 1,
              TaskTurns::kMostOthers);
  visit.Ratio({"forget", "forgotten $0"}, tasks.forget);
  if (tasks.forget.IsZero()) return;
  visit.Time({"forget_mean", "for $0 on average"}, tasks.forget_mean,
             DurationRange::kMean);
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
  visit.Part("tasks", mix.tasks);
  visit.Time({"tick"}, mix.tick, DurationRange::kPositiveFinite);
}

}  // namespace reprise

#endif  // REPRISE_SIM_WORLD_FAULT_FIELDS_H_
