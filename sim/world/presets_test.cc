#include "reprise/sim/world/presets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <set>
#include <string>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/network.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/validate_mix.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

TEST(PresetsTest, PresetsAreValidAndHaveNamesOfTheirOwn) {
  std::set<std::string> names;
  for (const Preset& preset : Presets()) {
    EXPECT_TRUE(Validate(preset.faults(Seed(7))).ok()) << preset.name;
    EXPECT_FALSE(preset.about.empty()) << preset.name;
    EXPECT_TRUE(names.insert(preset.name).second) << preset.name;
  }
  EXPECT_THAT(names, testing::IsSupersetOf({"calm", "lab", "harsh"}));
}

TEST(PresetsTest, ThePresetLabIsTheLabsNetwork) {
  const FaultMix reliable = fault::Lab{.reliable = true};
  EXPECT_EQ(reliable.network.request.delay.minimum, Microseconds(25));
  EXPECT_EQ(reliable.network.request.delay.maximum, Microseconds(75));
  EXPECT_TRUE(reliable.network.request.loss.IsZero());
  const FaultMix unreliable = fault::Lab{.reliable = false};
  EXPECT_EQ(unreliable.network.request.delay.extra_steps, 26);
  EXPECT_EQ(unreliable.network.request.loss, (Probability{1, 10}));
  EXPECT_EQ(unreliable.network.reply.loss, (Probability{1, 10}));
  EXPECT_EQ(unreliable.network.loss_notice, LossNotice::kAtOnce);
}

// How many of 100 calls to an idle server get a reply later than 300 ms.
int LateReplies(uint64_t seed, const CallOptions& options) {
  const FaultMix swarm = fault::Swarm{Seed(seed)};
  World world({.seed = Seed(seed), .faults = {.network = swarm.network}});
  Node& server = world.AddNode("server");
  server.OnBoot([](Env& env) {
    env.network().Serve("echo", [](NodeId, Bytes bytes) { return bytes; });
    env.tasks().WaitUntilStopped();
  });
  int late = 0;
  world.AddNode("client").Spawn([&](Env& env) {
    for (int i = 0; i < 100; ++i) {
      const VirtualTime begin = env.clock().Now();
      const bool is_answered =
          env.network().Call(server.id(), "echo", "x", options).ok();
      const Duration taken = env.clock().Now() - begin;
      late += is_answered && taken > Milliseconds(300) ? 1 : 0;
    }
  });
  world.RunUntilIdle();
  return late;
}

int SeedsWithLateReplies(const CallOptions& options) {
  int count = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    count += LateReplies(seed, options) > 0 ? 1 : 0;
  }
  return count;
}

// Half of the seeds have late packets, up to 2 % of them.
TEST(PresetsTest, UnderSwarmACallWithALongDeadlineMaySeeALateReply) {
  EXPECT_GT(SeedsWithLateReplies({.deadline = Seconds(5)}), 25);
}

TEST(PresetsTest, UnderSwarmSomeSeedsWaitForLateReplies) {
  const int seeds = SeedsWithLateReplies({});
  EXPECT_GT(seeds, 5);
  EXPECT_LT(seeds, 50);
}

TEST(PresetsTest, UnderSwarmLinksHaveFaultsOfTheirOwn) {
  int flapping = 0;
  int bad = 0;
  int slow = 0;
  int reordering = 0;
  int late = 0;
  for (uint64_t seed = 0; seed < 200; ++seed) {
    const NetworkOptions network = FaultMix(fault::Swarm{Seed(seed)}).network;
    flapping += IsOn(network.flap) ? 1 : 0;
    bad += network.bad_link.IsZero() ? 0 : 1;
    slow += IsOn(network.slow_method) ? 1 : 0;
    reordering += network.reply.reorder.IsZero() ? 0 : 1;
    const DelayOptions& reply = network.reply.delay;
    if (reply.late == network.request.delay.late) continue;
    ++late;
    EXPECT_GE(reply.late_minimum, Seconds(1));
    EXPECT_GT(network.default_deadline, reply.late_minimum);
    EXPECT_LT(network.default_deadline, Seconds(8));
  }
  EXPECT_NEAR(flapping, 50, 30);
  EXPECT_NEAR(bad, 50, 30);
  EXPECT_NEAR(slow, 50, 30);
  EXPECT_NEAR(reordering, 100, 35);
  EXPECT_NEAR(late, 25, 20);
}

TEST(PresetsTest, UnderSwarmNodesCrashWhereThatIsAskedFor) {
  int crashing = 0;
  int at_points = 0;
  int aimed = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const FaultMix calm = fault::Swarm{Seed(seed)};
    EXPECT_TRUE(calm.nodes.crash.start.IsZero());
    EXPECT_EQ(calm.aim.label, "");
    const FaultMix mix =
        fault::Swarm{.seed = Seed(seed), .crashes = true, .label = "leader"};
    crashing += mix.nodes.crash.start.IsZero() ? 0 : 1;
    at_points += mix.nodes.crash_after_disk.IsZero() ? 0 : 1;
    aimed += mix.aim.label == "leader" ? 1 : 0;
    EXPECT_EQ(calm.network.request.loss.numerator,
              mix.network.request.loss.numerator);
  }
  EXPECT_NEAR(crashing, 50, 25);
  EXPECT_NEAR(at_points, 50, 25);
  EXPECT_NEAR(aimed, 50, 25);
}

TEST(PresetsTest, UnderSwarmDisksLoseDataWhereThatIsAskedFor) {
  const auto loses = [](const FaultMix& mix) {
    const DiskOptions& disks = mix.disks;
    return !disks.bit_rot.IsZero() || !disks.rot_at_rest.IsZero() ||
           !disks.write_lost.IsZero() || !disks.write_misdirected.IsZero() ||
           !mix.nodes.restart_empty.IsZero();
  };
  int losing = 0;
  int stalling = 0;
  int full = 0;
  for (uint64_t seed = 0; seed < 100; ++seed) {
    const FaultMix mix = fault::Swarm{.seed = Seed(seed), .crashes = true};
    EXPECT_FALSE(loses(mix));
    stalling += mix.disks.stall.start.IsZero() ? 0 : 1;
    full += mix.disks.full.start.IsZero() ? 0 : 1;
    const FaultMix lossy =
        fault::Swarm{.seed = Seed(seed), .crashes = true, .data_loss = true};
    losing += loses(lossy) ? 1 : 0;
    EXPECT_EQ(mix.disks.stall, lossy.disks.stall);
  }
  EXPECT_NEAR(losing, 97, 3);
  EXPECT_NEAR(stalling, 25, 20);
  EXPECT_NEAR(full, 25, 20);
}

TEST(PresetsTest, UnderSwarmClocksDriftFarInAnEighthOfTheSeedsAndNoFurther) {
  int far = 0;
  int wild = 0;
  for (uint64_t seed = 0; seed < 800; ++seed) {
    const FaultMix mix = fault::Swarm{Seed(seed)};
    EXPECT_LE(mix.clocks.drift_ppm_max, 100'000);
    far += mix.clocks.drift_ppm_max > 10'000 ? 1 : 0;
    wild += mix.clocks.leap.IsZero() && mix.clocks.stop.start.IsZero() ? 0 : 1;
    const FaultMix mild =
        fault::Swarm{.seed = Seed(seed), .drift_ppm_max = 5000};
    EXPECT_EQ(mild.clocks.drift_ppm_max,
              std::min<int64_t>(mix.clocks.drift_ppm_max, 5000));
  }
  EXPECT_NEAR(far, 100, 50);
  EXPECT_NEAR(wild, 188, 70);
}

TEST(PresetsTest, UnderSwarmZonesArePausedAndCrashWhereThatIsAskedFor) {
  int paused = 0;
  int crashing = 0;
  for (uint64_t seed = 0; seed < 400; ++seed) {
    const FaultMix calm = fault::Swarm{Seed(seed)};
    EXPECT_TRUE(calm.nodes.zone_crash.start.IsZero());
    EXPECT_TRUE(calm.nodes.crash_again.IsZero());
    const FaultMix mix = fault::Swarm{.seed = Seed(seed), .crashes = true};
    paused += mix.nodes.zone_pause.start.IsZero() ? 0 : 1;
    crashing += mix.nodes.zone_crash.start.IsZero() ? 0 : 1;
  }
  EXPECT_NEAR(paused, 100, 50);
  EXPECT_NEAR(crashing, 100, 50);
}

}  // namespace
}  // namespace reprise
