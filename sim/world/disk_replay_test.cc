// The decisions about disks: recorded, repeated, and taken away one by one.

#include <cstdint>
#include <string>
#include <string_view>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/presets.h"
#include "reprise/sim/world/testing/disk_host.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/validate_mix.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

using testing::Contains;
using testing::ElementsAreArray;
using testing::IsEmpty;
using testing::Not;

// What becomes of a workload that writes, syncs, renames and crashes.
struct Recording {
  uint64_t digest = 0;
  Schedule schedule;
  Schedule unused;
};

Recording RunWorkload(Seed seed, const Schedule* follow = nullptr) {
  const DiskOptions disks{.read = {.calm = Microseconds(10),
                                   .minimum = Microseconds(0),
                                   .maximum = Microseconds(100)},
                          .read_error = {1, 10},
                          .write_error = {1, 10},
                          .sync_error = {1, 10},
                          .bit_rot = {1, 10},
                          .sector_lost = {1, 4},
                          .sector_torn = {1, 4},
                          .sector_garbled = {1, 4},
                          .size_lost = {1, 2},
                          .name_lost = {1, 2}};
  DiskHost host(disks, seed, follow);
  const auto use = [](Disk& disk, std::string_view name, RandomStream random) {
    const auto file = disk.Open(name, OpenMode::kCreate);
    for (int i = 0; file.ok() && i < 20; ++i) {
      const int64_t offset = random.Uniform(0, 3000);
      const auto length = static_cast<size_t>(random.Uniform(1, 1000));
      (*file)->Write(offset, std::string(length, 'x')).IgnoreError();
      if (i % 8 == 0) (*file)->Sync().IgnoreError();
      (*file)->Read(offset, 100).status().IgnoreError();
    }
    disk.Rename(name, std::string(name) + "-new").IgnoreError();
  };
  for (int round = 0; round < 3; ++round) {
    host.node.Spawn(
        [&](Env& env) { use(env.disk(), "log", RandomStream(round)); });
    host.world.RunUntil(VirtualTime::Seconds(round + 1));
    host.CrashAndRestart();
  }
  host.world.RunUntilIdle();
  return {host.world.trace().digest(), host.world.decisions().recorded(),
          host.world.decisions().Unused()};
}

TEST(DiskReplayTest, AFollowedScheduleRepeatsARunExactly) {
  for (uint64_t seed = 0; seed < 20; ++seed) {
    const Recording original = RunWorkload(Seed(seed));
    EXPECT_EQ(RunWorkload(Seed(seed)).digest, original.digest);
    const Recording replay = RunWorkload(Seed(seed), &original.schedule);
    EXPECT_EQ(replay.digest, original.digest);
    EXPECT_EQ(replay.schedule, original.schedule);
    EXPECT_THAT(replay.unused, IsEmpty());
  }
}

TEST(DiskReplayTest, AFaultThatTheScheduleLeavesOutDoesNotHappen) {
  const Recording original = RunWorkload(Seed(1));
  ASSERT_GT(original.schedule.size(), 20u);
  const Schedule calm;
  EXPECT_THAT(RunWorkload(Seed(1), &calm).schedule, IsEmpty());
  for (const Decision& left_out : original.schedule) {
    Schedule others;
    for (const Decision& decision : original.schedule) {
      if (decision != left_out) others.push_back(decision);
    }
    EXPECT_THAT(RunWorkload(Seed(1), &others).schedule,
                Not(Contains(left_out)));
  }
}

// The decisions about the file "log" where 50 writes are followed by a crash,
// alone or beside the same of another file.
Schedule DecisionsAboutLog(bool has_other_file) {
  DiskHost host({.sync = {.minimum = {}, .maximum = Milliseconds(2)},
                 .read_error = {1, 4},
                 .sync_error = {1, 4},
                 .bit_rot = {1, 4},
                 .sector_lost = {1, 2},
                 .size_lost = {1, 1}});
  const auto use = [](Disk& disk, std::string_view name) {
    const auto file = OpenFile(disk, name);
    for (int i = 0; i < 50; ++i) {
      EXPECT_TRUE(file->Append(std::string(300, 'x')).ok());
      file->Read(0, 100).status().IgnoreError();
      if (i < 10) file->Sync().IgnoreError();
    }
  };
  if (has_other_file) {
    host.node.Spawn([&](Env& env) { use(env.disk(), "another"); });
  }
  host.node.Spawn([&](Env& env) { use(env.disk(), "log"); });
  host.world.RunUntil(VirtualTime::Seconds(1));
  host.CrashAndRestart();
  Schedule about_log;
  for (const Decision& decision : host.world.decisions().recorded()) {
    if (decision.entity == "server/log") about_log.push_back(decision);
  }
  return about_log;
}

TEST(DiskReplayTest, AnotherFileShiftsNoDrawOfAFile) {
  const Schedule alone = DecisionsAboutLog(/*has_other_file=*/false);
  ASSERT_GT(alone.size(), 30u);
  EXPECT_THAT(DecisionsAboutLog(/*has_other_file=*/true),
              ElementsAreArray(alone));
}

TEST(DiskReplayTest, PresetsOfTheLabHaveCalmDisks) {
  for (const bool is_reliable : {false, true}) {
    const FaultMix lab = fault::Lab{.reliable = is_reliable};
    EXPECT_EQ(lab.disks, DiskOptions());
  }
  const FaultMix harsh = fault::Harsh();
  EXPECT_EQ(harsh.disks, DiskOptions());
}

TEST(DiskReplayTest, DrawnPresetsDrawDisks) {
  int lossy = 0;
  int failing = 0;
  for (uint64_t seed = 0; seed < 1000; ++seed) {
    const FaultMix swarm = fault::Swarm{Seed(seed)};
    ASSERT_TRUE(Validate(swarm).ok());
    lossy += swarm.disks.sector_lost.IsZero() ? 0 : 1;
    failing += swarm.disks.read_error.IsZero() ? 0 : 1;
    const FaultMix tigerbeetle = fault::TigerBeetle{Seed(seed)};
    ASSERT_TRUE(Validate(tigerbeetle).ok());
    EXPECT_GE(tigerbeetle.disks.sector_garbled.numerator, 800'000u);
    EXPECT_EQ(tigerbeetle.nodes.crash_factor_unsynced, 10);
  }
  EXPECT_TRUE(IsAsFrequent(lossy, 1000, {1, 2}));
  EXPECT_TRUE(IsAsFrequent(failing, 1000, {1, 4}));
}

}  // namespace
}  // namespace reprise
