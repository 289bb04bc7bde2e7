#include "reprise/sim/world/presets.h"

#include <cstdint>
#include <vector>

#include "reprise/sim/core/random.h"
#include "reprise/sim/world/mix_draws.h"
#include "reprise/sim/world/swarm_links.h"

namespace reprise {
namespace {

DelayOptions LabTransit() {
  return {.calm = Microseconds(50),
          .minimum = Microseconds(25),
          .maximum = Microseconds(75)};
}

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

// There a write is durable when it has ended, as a sync is here, and a sector
// that goes wrong fails the operation.
DiskOptions DrawTigerBeetleDisks(const MixDraws& draw) {
  DiskOptions disks;
  disks.read = {
      .calm = Milliseconds(10),
      .shape = DelayShape::kExponential,
      .minimum = draw.Between("disk-read-minimum", {}, Milliseconds(30)),
      .maximum = Seconds(10),
      .mean = draw.Between("disk-read-mean", {}, Milliseconds(100))};
  disks.sync = {
      .calm = Milliseconds(10),
      .shape = DelayShape::kExponential,
      .minimum = draw.Between("disk-sync-minimum", {}, Milliseconds(30)),
      .maximum = Seconds(10),
      .mean = draw.Between("disk-sync-mean", {}, Seconds(1))};
  disks.read_error = draw.UpTo("disk-read-error", 10 * kPercent);
  disks.write_error = draw.UpTo("disk-write-error", 10 * kPercent);
  disks.sector_garbled = {static_cast<uint32_t>(draw.Uniform(
                              "disk-garbled", 80 * kPercent, 100 * kPercent)),
                          1'000'000};
  return disks;
}

}  // namespace

namespace fault {

Calm::operator FaultMix() const { return {}; }

Lab::operator FaultMix() const {
  FaultMix mix;
  NetworkOptions& network = mix.network;
  network.loss_notice = LossNotice::kAtOnce;
  network.request.delay = LabTransit();
  network.reply.delay = LabTransit();
  if (!reliable) {
    network.request.delay.extra_step = Milliseconds(1);
    network.request.delay.extra_steps = 26;
    network.request.loss = {1, 10};
    network.reply.loss = {1, 10};
  }
  network.unreachable_delay = {.calm = Duration(),
                               .minimum = Duration(),
                               .maximum = Duration(),
                               .extra_step = Milliseconds(1),
                               .extra_steps = long_delays ? 6999 : 99};
  if (long_reordering) {
    network.reply.delay.late = {2, 3};
    network.reply.delay.late_minimum = Milliseconds(200);
    network.reply.delay.late_maximum = Milliseconds(2199);
    network.reply.delay.late_shape = LateShape::kNestedUniform;
  }
  return mix;
}

Harsh::operator FaultMix() const {
  PacketOptions packet;
  packet.delay = {.calm = Milliseconds(13),
                  .minimum = Duration(),
                  .maximum = Milliseconds(26),
                  .late = {1, 100},
                  .late_minimum = Milliseconds(200),
                  .late_maximum = Milliseconds(2000)};
  packet.loss = {1, 10};
  packet.duplicate = {1, 10};
  FaultMix mix;
  mix.network.request = packet;
  mix.network.reply = packet;
  mix.network.default_deadline = Milliseconds(100);
  return mix;
}

TigerBeetle::operator FaultMix() const {
  const MixDraws draw(seed, "tigerbeetle");
  PacketOptions packet;
  packet.delay = {
      .calm = Milliseconds(30),
      .shape = DelayShape::kExponential,
      .minimum = draw.Between("delay-minimum", {}, Milliseconds(30)),
      .maximum = Seconds(10),
      .mean = draw.Between("delay-mean", Milliseconds(30), Milliseconds(100))};
  packet.loss = draw.UpTo("loss", 30 * kPercent);
  packet.duplicate = draw.UpTo("duplicate", 50 * kPercent);
  FaultMix mix;
  mix.network.request = packet;
  mix.network.reply = packet;
  mix.network.duplicates_repeat = true;
  mix.network.packets_max = draw.Uniform("capacity", 2, 20);
  mix.network.clog = {.start = draw.UpTo("clog", 2 * kPercent),
                      .mean = draw.Between("clog-mean", {}, Seconds(5))};
  mix.network.default_deadline = Seconds(1);
  mix.partitions.outage = {
      .start = draw.UpTo("partition", 3 * kPercent),
      .minimum = draw.Between("partition-minimum", Seconds(1), Seconds(2)),
      .mean = draw.Between("partition-mean", Milliseconds(100), Seconds(1)),
      .rest = draw.Between("partition-rest", {}, Milliseconds(200))};
  mix.partitions.bridge = false;
  mix.partitions.ring_of_majorities = false;
  mix.partitions.one_way = {1, 2};
  // Probabilities for a tick of 10 ms, means their inverse.
  mix.nodes.crash = {.start = {2, 10'000'000},
                     .minimum = draw.Between("crash", {}, Seconds(10)),
                     .mean = Seconds(5'000)};
  mix.nodes.pause = {.start = {8, 10'000'000},
                     .minimum = draw.Between("pause", {}, Seconds(10)),
                     .mean = Seconds(1'250)};
  mix.nodes.crash_factor_unsynced = 10;
  mix.disks = DrawTigerBeetleDisks(draw);
  return mix;
}

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
  if (crashes) DrawSwarmCrashes(draw, mix.nodes);
  mix.tasks = DrawSwarmTasks(draw);
  mix.aim = DrawSwarmAim(draw, label);
  mix.disks = DrawSwarmDisks(draw);
  if (data_loss) DrawSwarmDataLoss(draw, crashes, mix);
  return mix;
}

}  // namespace fault

std::vector<Preset> Presets() {
  return {
      {"calm", "no faults; every packet takes 50 us",
       [](Seed) { return fault::Calm(); }},
      {"lab", "the lab's reliable network: 25-75 us each way",
       [](Seed) { return fault::Lab{.reliable = true}; }},
      {"lab-unreliable",
       "the lab's unreliable network: requests wait 0-26 ms, a tenth of "
       "requests and of replies are lost, known at once",
       [](Seed) { return fault::Lab{.reliable = false}; }},
      {"harsh",
       "silent loss and duplicates, 10 % each way; 0-26 ms, 1 % of packets "
       "200-2000 ms; calls have a deadline of 100 ms",
       [](Seed) { return fault::Harsh(); }},
      {"tigerbeetle",
       "drawn as in TigerBeetle's simulator: slow lossy links, clogging, "
       "partitions, crashes, pauses, slow failing disks",
       [](Seed seed) { return fault::TigerBeetle{seed}; }},
      {"swarm",
       "a mix drawn from the seed: each source of faults is off in half of "
       "the seeds and of another strength in each",
       [](Seed seed) { return fault::Swarm{seed}; }},
  };
}

}  // namespace reprise
