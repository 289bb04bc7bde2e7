#include "reprise/sim/world/validate_mix.h"

#include <functional>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"

namespace reprise {
namespace {

using testing::HasSubstr;

// A change that makes a valid mix impossible, and how that is said.
struct Impossible {
  std::string message;
  std::function<void(NetworkOptions&)> change;
};

const Impossible kImpossible[] = {
    {"network.request.delay.calm is -1 ms, expected a finite duration of 0 or "
     "more",
     [](NetworkOptions& n) { n.request.delay.calm = Milliseconds(-1); }},
    {"network.reply.delay.calm is forever, expected a finite duration",
     [](NetworkOptions& n) { n.reply.delay.calm = Duration::Infinite(); }},
    {"network.request.delay.minimum is -1 ms, expected a finite duration of 0 "
     "or more",
     [](NetworkOptions& n) { n.request.delay.minimum = Milliseconds(-1); }},
    {"network.reply.delay.maximum is 10 us, expected a finite duration of at "
     "least the minimum, 50 us",
     [](NetworkOptions& n) { n.reply.delay.maximum = Microseconds(10); }},
    {"network.reply.delay.maximum is forever",
     [](NetworkOptions& n) { n.reply.delay.maximum = Duration::Infinite(); }},
    {"network.request.delay.extra_step is -1 ms, expected",
     [](NetworkOptions& n) { n.request.delay.extra_step = Milliseconds(-1); }},
    {"network.request.delay.extra_step is forever, expected",
     [](NetworkOptions& n) {
       n.request.delay.extra_step = Duration::Infinite();
     }},
    {"network.reply.delay.extra_steps is -3, expected 0 or more",
     [](NetworkOptions& n) { n.reply.delay.extra_steps = -3; }},
    {"network.request.delay.extra_steps is 10000000000, expected so few that "
     "the delay stays below 292 years",
     [](NetworkOptions& n) {
       n.request.delay.extra_step = Seconds(1);
       n.request.delay.extra_steps = 10'000'000'000;
     }},
    {"network.request.delay.late is 2/1, expected a ratio from 0 to 1",
     [](NetworkOptions& n) {
       n.request.delay.late = {2, 1};
     }},
    {"network.request.delay.late_minimum is -1 ms, expected",
     [](NetworkOptions& n) {
       n.request.delay.late = {1, 2};
       n.request.delay.late_minimum = Milliseconds(-1);
     }},
    {"network.reply.delay.late_maximum is 1 ms, expected a finite duration of "
     "at least the minimum, 2 ms",
     [](NetworkOptions& n) {
       n.reply.delay.late = {1, 2};
       n.reply.delay.late_minimum = Milliseconds(2);
       n.reply.delay.late_maximum = Milliseconds(1);
     }},
    {"network.request.loss is 1/0, expected a ratio from 0 to 1",
     [](NetworkOptions& n) {
       n.request.loss = {1, 0};
     }},
    {"network.reply.loss is 11/10, expected a ratio from 0 to 1",
     [](NetworkOptions& n) {
       n.reply.loss = {11, 10};
     }},
    {"network.request.duplicate is 3/2, expected a ratio from 0 to 1",
     [](NetworkOptions& n) {
       n.request.duplicate = {3, 2};
     }},
    {"network.reply.duplicate is 0/0, expected a ratio from 0 to 1",
     [](NetworkOptions& n) {
       n.reply.duplicate = {0, 0};
     }},
    {"network.request.reorder is 2/1, expected a ratio from 0 to 1",
     [](NetworkOptions& n) {
       n.request.reorder = {2, 1};
     }},
    {"network.reply.reorder_window is 0, expected 1 to 1000000",
     [](NetworkOptions& n) {
       n.reply.reorder = {1, 2};
       n.reply.reorder_window = 0;
     }},
    {"network.flap_down is 0 s, expected a finite duration of more than 0",
     [](NetworkOptions& n) { n.flap_down = Duration(); }},
    {"network.links[0].bad_link is 1/0, expected a ratio from 0 to 1",
     [](NetworkOptions& n) {
       n.links = {{.bad_link = {1, 0}}};
     }},
    {"network.slow_method_delay is -1 ms, expected a finite duration",
     [](NetworkOptions& n) { n.slow_method_delay = Milliseconds(-1); }},
    {"network.unreachable_delay.minimum is -1 ms, expected",
     [](NetworkOptions& n) { n.unreachable_delay.minimum = Milliseconds(-1); }},
    {"network.liveness_poll is 0 s, expected more than 0",
     [](NetworkOptions& n) { n.liveness_poll = Duration(); }},
    {"network.default_deadline is 0 s, expected more than 0",
     [](NetworkOptions& n) { n.default_deadline = Duration(); }},
};

TEST(ValidateTest, AnImpossibleMixIsRefusedByFieldValueAndValidRange) {
  for (const Impossible& impossible : kImpossible) {
    FaultMix faults;
    impossible.change(faults.network);
    const absl::Status status = Validate(faults);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument)
        << impossible.message;
    EXPECT_THAT(std::string(status.message()), HasSubstr(impossible.message));
  }
}

// The same of disks.
struct ImpossibleDisk {
  std::string message;
  std::function<void(DiskOptions&)> change;
};

const ImpossibleDisk kImpossibleDisks[] = {
    {"disks.read.minimum is -1 ms, expected a finite duration of 0 or more",
     [](DiskOptions& d) { d.read.minimum = Milliseconds(-1); }},
    {"disks.write.maximum is 0 s, expected a finite duration of at least the "
     "minimum, 20 us",
     [](DiskOptions& d) { d.write.maximum = Duration(); }},
    {"disks.sync.late is 2/1, expected a ratio from 0 to 1",
     [](DiskOptions& d) {
       d.sync.late = {2, 1};
     }},
    {"disks.capacity_bytes is -1, expected 0 to 1000000000000",
     [](DiskOptions& d) { d.capacity_bytes = -1; }},
    {"disks.read_error is 11/10, expected a ratio from 0 to 1",
     [](DiskOptions& d) {
       d.read_error = {11, 10};
     }},
    {"disks.write_error is 1/0, expected a ratio from 0 to 1",
     [](DiskOptions& d) {
       d.write_error = {1, 0};
     }},
    {"disks.sync_error is 2/1, expected a ratio from 0 to 1",
     [](DiskOptions& d) {
       d.sync_error = {2, 1};
     }},
    {"disks.bit_rot is 2/1, expected a ratio from 0 to 1",
     [](DiskOptions& d) {
       d.bit_rot = {2, 1};
     }},
    {"disks.sector_torn is 2/1, expected a ratio from 0 to 1",
     [](DiskOptions& d) {
       d.sector_torn = {2, 1};
     }},
    {"disks.sector_lost + sector_torn + sector_garbled is 1/2 + 1/3 + 1/5, "
     "expected a sum from 0 to 1",
     [](DiskOptions& d) {
       d.sector_lost = {1, 2};
       d.sector_torn = {1, 3};
       d.sector_garbled = {1, 5};
     }},
    {"disks.size_lost is 2/1, expected a ratio from 0 to 1",
     [](DiskOptions& d) {
       d.size_lost = {2, 1};
     }},
    {"disks.name_lost is 2/1, expected a ratio from 0 to 1",
     [](DiskOptions& d) {
       d.name_lost = {2, 1};
     }},
};

TEST(ValidateTest, AnImpossibleDiskIsRefusedByFieldValueAndValidRange) {
  for (const ImpossibleDisk& impossible : kImpossibleDisks) {
    FaultMix faults;
    impossible.change(faults.disks);
    EXPECT_THAT(std::string(Validate(faults).message()),
                HasSubstr(impossible.message));
  }
}

TEST(ValidateTest, CertainFatesOfSectorsAreValid) {
  FaultMix faults;
  faults.disks.sector_lost = {1, 2};
  faults.disks.sector_torn = {1, 3};
  faults.disks.sector_garbled = {1, 6};
  EXPECT_TRUE(Validate(faults).ok());
}

TEST(ValidateTest, ACrashIsMadeNoRarerByWhatIsNotSynced) {
  FaultMix faults;
  faults.nodes.crash_factor_unsynced = 0;
  EXPECT_THAT(std::string(Validate(faults).message()),
              HasSubstr("nodes.crash_factor_unsynced is 0, expected 1 to"));
}

TEST(ValidateTest, ARestartIsEmptyWithARatio) {
  FaultMix faults;
  faults.nodes.restart_empty = {2, 1};
  EXPECT_THAT(std::string(Validate(faults).message()),
              HasSubstr("nodes.restart_empty is 2/1, expected a ratio"));
}

// As above, for the fields outside of FaultMix::network.
struct ImpossibleMix {
  std::string message;
  std::function<void(FaultMix&)> change;
};

const ImpossibleMix kImpossibleMixes[] = {
    {"network.request.corruption is 3/2, expected a ratio from 0 to 1",
     [](FaultMix& f) {
       f.network.request.corruption = {3, 2};
     }},
    {"network.bytes_per_second is -1, expected 0 to 1000000000000",
     [](FaultMix& f) { f.network.bytes_per_second = -1; }},
    {"network.packets_max is -2, expected 0 to 1000000000000",
     [](FaultMix& f) { f.network.packets_max = -2; }},
    {"network.duplicates_repeat is true, expected false where every packet "
     "is "
     "duplicated",
     [](FaultMix& f) {
       f.network.duplicates_repeat = true;
       f.network.reply.duplicate = {1, 1};
     }},
    {"network.request.delay.mean is forever, expected a duration from 0 to "
     "834 "
     "days",
     [](FaultMix& f) { f.network.request.delay.mean = Duration::Infinite(); }},
    {"network.clog.start is 2/1, expected a ratio from 0 to 1",
     [](FaultMix& f) {
       f.network.clog.start = {2, 1};
     }},
    {"network.links[1].reply.loss is 5/4, expected a ratio from 0 to 1",
     [](FaultMix& f) {
       f.network.links.resize(2);
       f.network.links[1].reply.loss = {5, 4};
     }},
    {"network.links[0].clog.mean is -1 s, expected a duration from 0",
     [](FaultMix& f) {
       f.network.links.resize(1);
       f.network.links[0].clog.mean = Seconds(-1);
     }},
    {"partitions.outage.minimum is -1 ms, expected a finite duration",
     [](FaultMix& f) { f.partitions.outage.minimum = Milliseconds(-1); }},
    {"partitions.one_way is 4/3, expected a ratio from 0 to 1",
     [](FaultMix& f) {
       f.partitions.one_way = {4, 3};
     }},
    {"partitions is without a shape, expected one shape or more",
     [](FaultMix& f) {
       f.partitions.halves = f.partitions.isolate_one =
           f.partitions.random_groups = f.partitions.bridge =
               f.partitions.ring_of_majorities = f.partitions.zones = false;
     }},
    {"nodes.crash_again_within is 0 s, expected a finite duration of more",
     [](FaultMix& f) { f.nodes.crash_again_within = Duration(); }},
    {"nodes.zone_pause.mean is -1 ms, expected a duration from 0",
     [](FaultMix& f) { f.nodes.zone_pause.mean = Milliseconds(-1); }},
    {"clocks.leap_max is 9000000000 s, expected 0 to 3162240000 s",
     [](FaultMix& f) { f.clocks.leap_max = Seconds(9'000'000'000); }},
    {"nodes.crash.start is 1/0, expected a ratio from 0 to 1",
     [](FaultMix& f) {
       f.nodes.crash.start = {1, 0};
     }},
    {"nodes.pause.mean is -1 ms, expected a duration from 0",
     [](FaultMix& f) { f.nodes.pause.mean = Milliseconds(-1); }},
    {"nodes.slow.rest is forever, expected a finite duration of 0 or more",
     [](FaultMix& f) { f.nodes.slow.rest = Duration::Infinite(); }},
    {"nodes.slow_delay is -1 ms, expected a finite duration of 0 or more",
     [](FaultMix& f) { f.nodes.slow_delay = Milliseconds(-1); }},
    {"clocks.skew_max is -1 s, expected a finite duration of 0 or more",
     [](FaultMix& f) { f.clocks.skew_max = Seconds(-1); }},
    {"clocks.drift_ppm_max is 900001, expected 0 to 900000",
     [](FaultMix& f) { f.clocks.drift_ppm_max = 900'001; }},
    {"clocks.jump is 9/8, expected a ratio from 0 to 1",
     [](FaultMix& f) {
       f.clocks.jump = {9, 8};
     }},
    {"clocks.jump_max is -1 s, expected a finite duration of 0 or more",
     [](FaultMix& f) { f.clocks.jump_max = Seconds(-1); }},
    {"sites.active is 2/1, expected a ratio from 0 to 1",
     [](FaultMix& f) {
       f.sites.active = {2, 1};
     }},
    {"sites.fires is 1/0, expected a ratio from 0 to 1",
     [](FaultMix& f) {
       f.sites.fires = {1, 0};
     }},
    {"tick is 0 s, expected a finite duration of more than 0",
     [](FaultMix& f) { f.tick = Duration(); }},
};

TEST(ValidateTest, ImpossibleOutagesClocksAndSitesAreRefusedToo) {
  for (const ImpossibleMix& impossible : kImpossibleMixes) {
    FaultMix faults;
    impossible.change(faults);
    const absl::Status status = Validate(faults);
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument)
        << impossible.message;
    EXPECT_THAT(std::string(status.message()), HasSubstr(impossible.message));
  }
}

TEST(ValidateTest, EachPresetIsValidForManySeeds) {
  for (const Preset& preset : Presets()) {
    for (uint64_t seed = 0; seed < 1000; ++seed) {
      const absl::Status status = Validate(preset.faults(Seed(seed)));
      EXPECT_TRUE(status.ok()) << preset.name << " " << status;
    }
  }
}

TEST(ValidateTest, CertainFaultsAndZeroDelaysAreValid) {
  FaultMix faults;
  faults.network.request.delay = {.calm = Duration(),
                                  .minimum = Duration(),
                                  .maximum = Duration(),
                                  .late = {1, 1}};
  faults.network.request.loss = {1, 1};
  faults.network.reply.duplicate = {1, 1};
  EXPECT_TRUE(Validate(faults).ok());
}

TEST(ValidateTest, LateDelaysDoNotMatterWhereNoneIsLate) {
  FaultMix faults;
  faults.network.request.delay.late_minimum = Milliseconds(2);
  faults.network.request.delay.late_maximum = Milliseconds(1);
  EXPECT_TRUE(Validate(faults).ok());
}

}  // namespace
}  // namespace reprise
