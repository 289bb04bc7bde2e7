#include "reprise/sim/world/describe_mix.h"

#include <gtest/gtest.h>

#include <string>

#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

TEST(DescribeMixTest, ACalmMixHasItsDelaysOnly) {
  EXPECT_EQ(DescribeMix(FaultMix()),
            "requests: 50 us\n"
            "replies: 50 us\n");
}

TEST(DescribeMixTest, TellsAPresetInWords) {
  EXPECT_EQ(DescribeMix(fault::Harsh()),
            "requests: 0 s to 26 ms, late 1 % (200 ms to 2 s), lost 10 %, "
            "duplicated 10 %\n"
            "replies: 0 s to 26 ms, late 1 % (200 ms to 2 s), lost 10 %, "
            "duplicated 10 %\n"
            "calls: fail after 100 ms\n");
}

TEST(DescribeMixTest, TellsHowLinksAndMethodsDiffer) {
  const OutageOptions outage = {.start = {1, 100}, .mean = Milliseconds(20)};
  FaultMix faults;
  faults.network.flap = outage;
  faults.network.bad_link = {1, 4};
  faults.network.bad_link_loss = {1, 10};
  faults.network.slow_method = outage;
  faults.network.request.reorder = {1, 10};
  faults.network.request.reorder_window = 3;
  const std::string begins =
      "begin in 1 % of ticks of 10 ms, at least 0 s, mean 20 ms";
  EXPECT_EQ(DescribeMix(faults),
            "requests: 50 us, reordered 10 %, behind up to 3 packets, for at "
            "most 50 ms\n"
            "replies: 50 us\n"
            "flaps: " +
                begins +
                ", up for 20 ms, down for 20 ms\n"
                "bad links: 25 % of links, lose 10 %\n"
                "slow methods: " +
                begins + ", take 20 ms longer\n");
}

TEST(DescribeMixTest, EverySourceHasALineOnceItIsOn) {
  FaultMix faults;
  const OutageOptions outage = {.start = {1, 100},
                                .minimum = Milliseconds(10),
                                .mean = Milliseconds(20),
                                .rest = Milliseconds(30)};
  faults.network.links = {{.from = "a", .packets_max = 3}};
  faults.network.bytes_per_second = 1000;
  faults.network.clog = outage;
  faults.network.reset = {1, 50};
  faults.network.resolve_error = {1, 200};
  faults.network.corruption = Corruption::kDelivered;
  faults.network.duplicates_repeat = true;
  faults.network.request.corruption = {1, 50};
  faults.partitions = {
      .outage = outage, .one_way = {1, 2}, .parts_clients = true};
  faults.nodes = {.crash = outage, .pause = outage, .slow = outage};
  faults.clocks = {.skew_max = Seconds(1),
                   .drift_ppm_max = 200,
                   .jump = {1, 10},
                   .jump_max = Seconds(2)};
  faults.nodes.crash_factor_unsynced = 10;
  faults.nodes.restart_empty = {1, 4};
  faults.disks.write_error = {1, 10};
  faults.disks.capacity_bytes = 4096;
  faults.disks.sector_torn = {1, 2};
  faults.disks.name_lost = {1, 5};
  faults.sites = {.active = {1, 4}, .fires = {1, 4}};
  const std::string begins =
      "begin in 1 % of ticks of 10 ms, at least 10 ms, mean 20 ms, rest 30 ms";
  EXPECT_EQ(
      DescribeMix(faults),
      "requests: 50 us, corrupted 2 %\n"
      "replies: 50 us\n"
      "bandwidth: 1000 bytes a second\n"
      "clogs: " +
          begins +
          "\n"
          "resets: in 2 % of ticks\n"
          "a->* requests: 50 us\n"
          "a->* replies: 50 us\n"
          "a->* capacity: 3 packets\n"
          "calls: corrupted bytes are delivered, duplicates may be duplicated "
          "again\n"
          "names: lookups fail 0.5 %\n"
          "partitions: " +
          begins +
          ", one way 50 %, clients too\n"
          "crashes: " +
          begins +
          ", 10 times likelier before a sync, then an empty disk 25 %\n"
          "pauses: " +
          begins +
          "\n"
          "slow nodes: " +
          begins +
          ", by 20 ms\n"
          "clocks: skew up to 1 s, drift up to 200 ppm\n"
          "clock jumps: in 10 % of ticks, by up to 2 s\n"
          "disk reads: 100 us\n"
          "disk writes: 20 us, fails 10 %\n"
          "disk syncs: 1 ms\n"
          "disk capacity: 4096 bytes\n"
          "of what is not synced at a crash: torn 50 %, names lost 20 %\n"
          "fault sites: active 25 %, then fire 25 %\n");
}

TEST(DescribeMixTest, ALineOfALinkSaysWhose) {
  FaultMix faults;
  faults.network.links = {{.to = "server", .clog = {.start = {1, 10}}}};
  EXPECT_EQ(DescribeMix(faults),
            "requests: 50 us\n"
            "replies: 50 us\n"
            "*->server requests: 50 us\n"
            "*->server replies: 50 us\n"
            "*->server clogs: begin in 10 % of ticks of 10 ms, at least 0 s, "
            "mean 0 s\n");
}

TEST(DescribeMixTest, RoundsDurationsThatWereDrawn) {
  FaultMix faults;
  faults.network.request.delay.maximum = Nanoseconds(21'355'555);
  faults.clocks.skew_max = Nanoseconds(1'234'567'891);
  EXPECT_EQ(DescribeMix(faults),
            "requests: 50 us to 21.4 ms\n"
            "replies: 50 us\n"
            "clocks: skew up to 1.23 s\n");
}

}  // namespace
}  // namespace reprise
