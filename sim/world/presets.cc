#include "reprise/sim/world/presets.h"

#include <cstdint>
#include <vector>

#include "reprise/sim/core/random.h"
#include "reprise/sim/world/mix_draws.h"

namespace reprise {
namespace {

DelayOptions LabTransit() {
  return {.calm = Microseconds(50),
          .minimum = Microseconds(25),
          .maximum = Microseconds(75)};
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
