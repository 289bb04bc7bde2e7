#include "reprise/sim/world/swarm.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/mix_draws.h"
#include "reprise/sim/world/swarm_links.h"

namespace reprise {
namespace {

constexpr Duration kHundredYears = Seconds(int64_t{100} * 365 * 24 * 3600);

PacketOptions DrawSwarmPackets(const MixDraws& draw) {
  PacketOptions packet;
  packet.delay = {.calm = Milliseconds(1),
                  .minimum = draw.Between("delay-minimum", {}, Milliseconds(2)),
                  .maximum = draw.Between("delay-maximum", Milliseconds(2),
                                          Milliseconds(30))};
  if (draw.IsOn("exponential", kHalf)) {
    packet.delay.shape = DelayShape::kExponential;
    packet.delay.mean =
        draw.Between("delay-mean", Milliseconds(1), Milliseconds(20));
    packet.delay.maximum = Milliseconds(500);
  }
  if (draw.IsOn("late", kHalf)) {
    packet.delay.late = draw.UpTo("late", 2 * kPercent);
    packet.delay.late_minimum = Milliseconds(200);
    packet.delay.late_maximum = Milliseconds(2000);
  }
  if (draw.IsOn("loss", kHalf)) packet.loss = draw.UpTo("loss", 20 * kPercent);
  if (draw.IsOn("duplicate", kHalf)) {
    packet.duplicate = draw.UpTo("duplicate", 30 * kPercent);
  }
  if (draw.IsOn("corruption", {1, 4})) {
    packet.corruption = draw.UpTo("corruption", 5 * kPercent);
  }
  return packet;
}

void DrawSwarmOutages(const MixDraws& draw, FaultMix& mix) {
  if (draw.IsOn("capacity", {1, 4})) {
    mix.network.packets_max = draw.Uniform("capacity", 2, 20);
  }
  if (draw.IsOn("clog", kHalf)) {
    mix.network.clog = {
        .start = draw.UpTo("clog", kPercent),
        .mean = draw.Between("clog-mean", Milliseconds(1), Seconds(1))};
  }
  if (draw.IsOn("partition", kHalf)) {
    mix.partitions.outage = {
        .start = draw.UpTo("partition", 2 * kPercent),
        .minimum = Milliseconds(10),
        .mean = draw.Between("partition-mean", Milliseconds(10), Seconds(1)),
        .rest = Milliseconds(50)};
    mix.partitions.one_way = {1, 3};
    mix.partitions.parts_clients = true;
  }
  if (draw.IsOn("pause", kHalf)) {
    mix.nodes.pause = {
        .start = draw.UpTo("pause", kPercent),
        .minimum = Milliseconds(1),
        .mean = draw.Between("pause-mean", Milliseconds(10), Seconds(1)),
        .rest = Milliseconds(50)};
  }
  if (draw.IsOn("slow", kHalf)) {
    mix.nodes.slow = {
        .start = draw.UpTo("slow", kPercent),
        .mean = draw.Between("slow-mean", Milliseconds(10), Seconds(1))};
    mix.nodes.slow_delay =
        draw.Between("slow-delay", Milliseconds(1), Milliseconds(50));
  }
  if (draw.IsOn("sites", {4, 5})) mix.sites = {{1, 4}, {1, 4}};
  if (draw.IsOn("clocks", kHalf)) {
    mix.clocks.skew_max = draw.Between("skew", {}, Seconds(1));
    mix.clocks.drift_ppm_max = draw.Uniform("drift", 0, 10'000);
    mix.clocks.jump = draw.UpTo("jump", kPercent);
    mix.clocks.jump_max = draw.Between("jump-max", {}, Seconds(2));
  }
}

TaskOptions DrawSwarmTasks(const MixDraws& draw) {
  TaskOptions tasks;
  if (draw.IsOn("turns", kHalf)) {
    tasks.pass = draw.UpTo("turns", 40 * kPercent);
    tasks.pass_max = draw.Uniform("turns-most", 1, 8);
  }
  if (draw.IsOn("forgotten", {1, 4})) {
    tasks.forget = draw.UpTo("forgotten", kPercent);
    tasks.forget_mean =
        draw.Between("forgotten-mean", Milliseconds(1), Milliseconds(100));
  }
  return tasks;
}

// Clocks in far worse order than usual, in few seeds each.
void DrawSwarmWildClocks(const MixDraws& draw, ClockOptions& clocks) {
  if (draw.IsOn("drift-large", {1, 8})) {
    clocks.drift_ppm_max = draw.Uniform("drift-large", 10'000, 100'000);
  }
  if (draw.IsOn("clock-leap", {1, 8})) {
    clocks.leap = draw.UpTo("clock-leap", kPercent);
    clocks.leap_max =
        draw.Between("clock-leap-max", Seconds(24 * 3600), kHundredYears);
  }
  if (draw.IsOn("clock-stop", {1, 8})) {
    clocks.stop = {
        .start = draw.UpTo("clock-stop", kPercent),
        .mean = draw.Between("clock-stop-mean", Milliseconds(10), Seconds(2))};
  }
}

void DrawSwarmZones(const MixDraws& draw, bool crashes,
                    NodeFaultOptions& nodes) {
  if (draw.IsOn("zone-pause", {1, 4})) {
    nodes.zone_pause = {
        .start = draw.UpTo("zone-pause", kPercent),
        .minimum = Milliseconds(1),
        .mean = draw.Between("zone-pause-mean", Milliseconds(10), Seconds(1)),
        .rest = Milliseconds(50)};
  }
  if (!crashes || !draw.IsOn("zone-crash", {1, 4})) return;
  nodes.zone_crash = {
      .start = draw.UpTo("zone-crash", kPercent),
      .minimum = Milliseconds(1),
      .mean = draw.Between("zone-crash-mean", Milliseconds(1), Seconds(1)),
      .rest = draw.Between("zone-crash-rest", {}, Milliseconds(300))};
}

void DrawSwarmCrashes(const MixDraws& draw, NodeFaultOptions& nodes) {
  nodes.crash = {
      .minimum = Milliseconds(1),
      .mean = draw.Between("crash-mean", Milliseconds(1), Seconds(1)),
      .rest = draw.Between("crash-rest", {}, Milliseconds(300))};
  if (draw.IsOn("crash", kHalf)) {
    nodes.crash.start = draw.UpTo("crash", kPercent);
    nodes.crash_factor_unsynced = draw.Uniform("crash-unsynced", 1, 10);
  }
  if (draw.IsOn("crash-points", kHalf)) {
    nodes.crash_during_disk = draw.UpTo("crash-during-disk", kPercent);
    nodes.crash_after_disk = draw.UpTo("crash-after-disk", kPercent);
    nodes.crash_after_send = draw.UpTo("crash-after-send", kPercent);
  }
  if (draw.IsOn("crash-together", {1, 4})) {
    nodes.crash_together = draw.UpTo("crash-together", 50 * kPercent);
  }
  if (draw.IsOn("crash-again", {1, 4})) {
    nodes.crash_again = draw.UpTo("crash-again", 50 * kPercent);
    nodes.crash_again_within =
        draw.Between("crash-again-within", Milliseconds(1), Milliseconds(50));
  }
}

AimOptions DrawSwarmAim(const MixDraws& draw, const std::string& label) {
  if (label.empty() || !draw.IsOn("aim", kHalf)) return {};
  AimOptions aim = {.label = label,
                    .factor = draw.Uniform("aim-factor", 1, 20),
                    .cut_off = draw.UpTo("aim-cut-off", 100 * kPercent)};
  if (draw.IsOn("aim-window", kHalf)) {
    aim.window = draw.Between("aim-window", Milliseconds(10), Seconds(1));
  }
  return aim;
}

// A disk's delay: at least `calm`, of a mean that is drawn.
DelayOptions DrawDiskDelay(const MixDraws& draw, std::string_view name,
                           Duration calm, Duration mean_max) {
  return {.calm = calm,
          .shape = DelayShape::kExponential,
          .minimum = calm,
          .maximum = mean_max * 20,
          .mean = draw.Between(name, calm, mean_max)};
}

// Disks that stand still, are slow or have no room for a while.
void DrawSwarmDiskOutages(const MixDraws& draw, DiskOptions& disks) {
  constexpr Probability kQuarter = {1, 4};
  if (draw.IsOn("disk-stall", kQuarter)) {
    disks.stall = {.start = draw.UpTo("disk-stall", kPercent / 2),
                   .minimum = Milliseconds(10),
                   .mean = draw.Between("disk-stall-mean", Milliseconds(10),
                                        Milliseconds(500)),
                   .rest = Milliseconds(100)};
  }
  if (draw.IsOn("disk-bandwidth", kQuarter)) {
    disks.bytes_per_second =
        draw.Uniform("disk-bandwidth", 200'000, 20'000'000);
  }
  if (draw.IsOn("disk-full", kQuarter)) {
    disks.full = {.start = draw.UpTo("disk-full", kPercent),
                  .minimum = Milliseconds(10),
                  .mean = draw.Between("disk-full-mean", Milliseconds(10),
                                       Milliseconds(200)),
                  .rest = Milliseconds(100)};
  }
}

// No single copy survives this: who can deal with it asks for it.
void DrawSwarmDataLoss(const MixDraws& draw, bool crashes, FaultMix& mix) {
  DiskOptions& disks = mix.disks;
  if (draw.IsOn("disk-bit-rot", kHalf)) {
    disks.bit_rot = draw.UpTo("disk-bit-rot", 5 * kPercent);
  }
  if (draw.IsOn("disk-rot-at-rest", kHalf)) {
    disks.rot_at_rest = draw.UpTo("disk-rot-at-rest", 2 * kPercent);
  }
  if (draw.IsOn("disk-write-lost", kHalf)) {
    disks.write_lost = draw.UpTo("disk-write-lost", 2 * kPercent);
  }
  if (draw.IsOn("disk-write-misdirected", kHalf)) {
    disks.write_misdirected = draw.UpTo("disk-write-misdirected", 2 * kPercent);
  }
  if (crashes && draw.IsOn("restart-empty", kHalf)) {
    mix.nodes.restart_empty = draw.UpTo("restart-empty", 20 * kPercent);
  }
}

DiskOptions DrawSwarmDisks(const MixDraws& draw) {
  DiskOptions disks;
  if (draw.IsOn("disk-delay", kHalf)) {
    disks.read =
        DrawDiskDelay(draw, "disk-read", disks.read.calm, Milliseconds(5));
    disks.write =
        DrawDiskDelay(draw, "disk-write", disks.write.calm, Milliseconds(1));
    disks.sync =
        DrawDiskDelay(draw, "disk-sync", disks.sync.calm, Milliseconds(20));
  }
  const auto draw_chance = [&draw](std::string_view name, Probability is_on,
                                   int64_t percent_max) {
    return draw.IsOn(name, is_on) ? draw.UpTo(name, percent_max * kPercent)
                                  : Probability();
  };
  disks.read_error = draw_chance("disk-read-error", {1, 4}, 2);
  disks.write_error = draw_chance("disk-write-error", {1, 4}, 2);
  disks.sync_error = draw_chance("disk-sync-error", {1, 4}, 2);
  disks.sector_lost = draw_chance("disk-sector-lost", kHalf, 60);
  disks.sector_torn = draw_chance("disk-sector-torn", kHalf, 25);
  disks.sector_garbled = draw_chance("disk-sector-garbled", kHalf, 15);
  disks.size_lost = draw_chance("disk-size-lost", kHalf, 100);
  disks.name_lost = draw_chance("disk-name-lost", kHalf, 60);
  DrawSwarmDiskOutages(draw, disks);
  return disks;
}

}  // namespace

namespace fault {

Swarm::operator FaultMix() const {
  const MixDraws draw(seed, "swarm");
  const PacketOptions packet = DrawSwarmPackets(draw);
  FaultMix mix;
  mix.network.request = packet;
  mix.network.reply = packet;
  mix.network.duplicates_repeat = draw.IsOn("repeat", kHalf);
  // Patient callers see the replies that come late.
  mix.network.default_deadline =
      draw.IsOn("patience", {1, 4})
          ? draw.Between("patience", Seconds(1), Seconds(5))
          : draw.Between("deadline", Milliseconds(50), Milliseconds(300));
  DrawSwarmLinks(draw, mix.network);
  DrawSwarmOutages(draw, mix);
  DrawSwarmWildClocks(draw, mix.clocks);
  mix.clocks.drift_ppm_max = std::min(mix.clocks.drift_ppm_max, drift_ppm_max);
  if (crashes) DrawSwarmCrashes(draw, mix.nodes);
  mix.tasks = DrawSwarmTasks(draw);
  DrawSwarmZones(draw, crashes, mix.nodes);
  mix.aim = DrawSwarmAim(draw, label);
  mix.disks = DrawSwarmDisks(draw);
  if (data_loss) DrawSwarmDataLoss(draw, crashes, mix);
  return mix;
}

}  // namespace fault
}  // namespace reprise
