// Outages of disks, and how long their operations take.

#include "reprise/sim/world/disk_outages.h"

#include <cstdint>
#include <string>

#include "absl/status/status.h"
#include "gtest/gtest.h"
#include "reprise/sim/core/ids.h"
#include "reprise/sim/core/random.h"
#include "reprise/sim/core/time.h"
#include "reprise/sim/env/disk.h"
#include "reprise/sim/env/env.h"
#include "reprise/sim/env/testing/files.h"
#include "reprise/sim/trace/event.h"
#include "reprise/sim/world/decisions.h"
#include "reprise/sim/world/fault_table.h"
#include "reprise/sim/world/faults.h"
#include "reprise/sim/world/node.h"
#include "reprise/sim/world/testing/disk_host.h"
#include "reprise/sim/world/testing/frequency.h"
#include "reprise/sim/world/world.h"

namespace reprise {
namespace {

constexpr int64_t kSeconds = 100;
constexpr int64_t kTicks = kSeconds * 100;

uint64_t CountOf(const DiskHost& host, Fault fault) {
  return host.world.fault_counts()[fault];
}

// Uses the disk, and lets the world run for so long.
void RunWithDisk(DiskHost& host, int64_t seconds = kSeconds) {
  host.node.Spawn([seconds](Env& env) {
    const auto file = OpenFile(env.disk(), "log");
    EXPECT_TRUE(file->Append(std::string(1000, 'a')).ok());
    EXPECT_TRUE(file->Sync().ok());
    env.clock().SleepFor(Seconds(seconds));
  });
  host.world.RunUntilIdle();
}

// An outage of half a tick: the next tick may begin another one.
OutageOptions Short(Probability start) {
  return {.start = start, .minimum = Milliseconds(5)};
}

TEST(DiskOutagesTest, TheyBeginAsOftenAsAskedFor) {
  DiskHost stalls({.stall = Short({1, 20})});
  RunWithDisk(stalls);
  EXPECT_TRUE(
      IsAsFrequent(static_cast<int64_t>(CountOf(stalls, Fault::kDiskStall)),
                   kTicks, {1, 20}));
  DiskHost full({.full = Short({1, 20})});
  RunWithDisk(full);
  EXPECT_TRUE(IsAsFrequent(
      static_cast<int64_t>(CountOf(full, Fault::kFullDisk)), kTicks, {1, 20}));
}

TEST(DiskOutagesTest, TheyRestBetween) {
  DiskHost host({.stall = {.start = {1, 1},
                           .minimum = Milliseconds(30),
                           .rest = Milliseconds(200)}});
  RunWithDisk(host, 10);
  EXPECT_NEAR(static_cast<double>(CountOf(host, Fault::kDiskStall)),
              10'000 / 230, 2);
}

TEST(DiskOutagesTest, BitsRotAtRestAsOftenAsAskedForAndHalfOfThemAtTheEnd) {
  DiskHost host({.rot_at_rest = {1, 20}});
  RunWithDisk(host);
  const auto rotten = static_cast<int64_t>(CountOf(host, Fault::kRotAtRest));
  EXPECT_TRUE(IsAsFrequent(rotten, kTicks, {1, 20}));
  EXPECT_EQ(host.Count(EventKind::kBitRotted), rotten);
  EXPECT_EQ(CountOf(host, Fault::kBitRot), 0u);
  int64_t at_end = 0;
  int64_t harmed = 0;
  host.Run([&](Disk& disk) {
    const std::string content = ContentOf(disk, "log");
    for (size_t i = 0; i < content.size(); ++i) {
      if (content[i] == 'a') continue;
      ++harmed;
      at_end += i >= content.size() - 64 ? 1 : 0;
    }
  });
  // The ends are hit again and again.
  EXPECT_GT(at_end, 55);
  EXPECT_GT(harmed - at_end, 150);
  EXPECT_TRUE(host.world.HasLostSyncedData(host.node.id()));
}

TEST(DiskOutagesTest, ADecisionNamesTheBitThatRots) {
  // Of two files of 100 bytes, the last bit of the first: bit 800, and 512 of
  // the second half, in which each file has 512.
  for (const uint64_t place : {800, 2 * 800 + 512}) {
    Schedule schedule = {{.entity = "server/",
                          .purpose = "rot-at-rest",
                          .index = 3,
                          .value = place}};
    DiskHost host({.rot_at_rest = {1, 2}}, Seed(1), &schedule);
    host.node.Spawn([](Env& env) {
      for (const char* name : {"first", "second"}) {
        EXPECT_TRUE(
            OpenFile(env.disk(), name)->Append(std::string(100, 'a')).ok());
      }
      env.clock().SleepFor(Seconds(1));
    });
    host.world.RunUntilIdle();
    host.Run([](Disk& disk) {
      EXPECT_EQ(ContentOf(disk, "first"),
                std::string(99, 'a') + static_cast<char>('a' ^ 0x80));
      EXPECT_EQ(ContentOf(disk, "second"), std::string(100, 'a'));
    });
    EXPECT_EQ(host.world.decisions().recorded(), schedule);
  }
}

// One stall from 10 ms on, for 2 s.
Schedule OneStall() {
  return {{.entity = "server/",
           .purpose = "disk-stall",
           .index = 1,
           .value = static_cast<uint64_t>(Seconds(2).nanoseconds())}};
}

TEST(DiskOutagesTest, AnOperationEndsNoEarlierThanAStall) {
  const Schedule stall = OneStall();
  DiskHost host({.sync = {.calm = Milliseconds(8)}, .stall = {.start = {1, 2}}},
                Seed(1), &stall);
  const VirtualTime end = VirtualTime::Milliseconds(2010);
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "log");
    EXPECT_TRUE(file->Append("x").ok());
    EXPECT_TRUE(file->Sync().ok());
    EXPECT_LT(host.world.now(), VirtualTime::Milliseconds(10));
    EXPECT_TRUE(file->Sync().ok());  // Under way when the stall begins.
    EXPECT_EQ(host.world.now(), end);
    EXPECT_TRUE(file->Append("x").ok());
    EXPECT_EQ(host.world.now(), end + Microseconds(20));
  });
  EXPECT_EQ(CountOf(host, Fault::kDiskStall), 1u);
  EXPECT_EQ(host.world.fault_counts().Idle(Fault::kDiskStall), 0u);
}

TEST(DiskOutagesTest, AStallInWhichNobodyUsesTheDiskIsIdle) {
  const Schedule stall = OneStall();
  DiskHost host({.stall = {.start = {1, 2}}}, Seed(1), &stall);
  RunWithDisk(host, 1);
  EXPECT_EQ(CountOf(host, Fault::kDiskStall), 1u);
  EXPECT_EQ(host.world.fault_counts().Idle(Fault::kDiskStall), 1u);
}

TEST(DiskOutagesTest, AStallEndsWithTheFaults) {
  const Schedule stall = OneStall();
  DiskHost host({.stall = {.start = {1, 2}}}, Seed(1), &stall);
  VirtualTime end;
  host.node.Spawn([&](Env& env) {
    const auto file = OpenFile(env.disk(), "log");
    env.clock().SleepFor(Milliseconds(20));
    EXPECT_TRUE(file->Append("x").ok());
    end = host.world.now();
  });
  host.world.RunUntil(VirtualTime::Milliseconds(100));
  host.world.EndFaults();
  host.world.RunUntilIdle();
  EXPECT_EQ(end, VirtualTime::Milliseconds(100));
}

TEST(DiskOutagesTest, ACrashDuringAStallEndsTheOperation) {
  const Schedule stall = OneStall();
  DiskHost host({.stall = {.start = {1, 2}}}, Seed(1), &stall);
  bool has_ended = false;
  host.node.Spawn([&](Env& env) {
    const auto file = OpenFile(env.disk(), "log");
    env.clock().SleepFor(Milliseconds(20));
    EXPECT_TRUE(file->Append("x").ok());
    has_ended = true;
  });
  host.world.RunUntil(VirtualTime::Milliseconds(100));
  host.CrashAndRestart();
  host.Run([&](Disk& disk) { EXPECT_TRUE(disk.List().ok()); });
  EXPECT_FALSE(has_ended);
  EXPECT_EQ(host.world.now(), VirtualTime::Milliseconds(2010));
}

TEST(DiskOutagesTest, AFullDiskRefusesGrowthAndThenHasRoomAgain) {
  const Schedule full = {{.entity = "server/",
                          .purpose = "disk-full",
                          .index = 1,
                          .value = 1'000'000'000}};
  DiskHost host({.full = {.start = {1, 2}}}, Seed(1), &full);
  host.node.Spawn([&](Env& env) {
    const auto file = OpenFile(env.disk(), "log");
    EXPECT_TRUE(file->Append("abc").ok());
    env.clock().SleepFor(Milliseconds(20));
    EXPECT_EQ(host.world.fault_counts().Idle(Fault::kFullDisk), 1u);
    EXPECT_TRUE(absl::IsResourceExhausted(file->Append("d")));
    EXPECT_TRUE(absl::IsResourceExhausted(file->Truncate(4)));
    EXPECT_TRUE(file->Write(0, "ABC").ok());
    EXPECT_TRUE(file->Sync().ok());
    EXPECT_EQ(*file->Read(0, 9), "ABC");
    env.clock().SleepFor(Seconds(1));
    EXPECT_TRUE(file->Append("d").ok());
  });
  host.world.RunUntilIdle();
  EXPECT_EQ(CountOf(host, Fault::kFullDisk), 1u);
  EXPECT_EQ(host.world.fault_counts().Idle(Fault::kFullDisk), 0u);
  EXPECT_EQ(CountOf(host, Fault::kDiskError), 0u);
}

TEST(DiskOutagesTest, BytesTakeTheirTimeAndQueue) {
  const DelayOptions none = {
      .calm = Duration(), .minimum = Duration(), .maximum = Duration()};
  DiskHost host(
      {.read = none, .write = none, .sync = none, .bytes_per_second = 100'000});
  VirtualTime first_end;
  VirtualTime second_end;
  const auto write = [](const char* name, VirtualTime& end) {
    return [name, &end](Env& env) {
      const auto file = OpenFile(env.disk(), name);
      EXPECT_TRUE(file->Append(std::string(1024, 'a')).ok());
      end = env.clock().Now();
    };
  };
  host.node.Spawn(write("first", first_end));
  host.node.Spawn(write("second", second_end));
  host.world.RunUntilIdle();
  EXPECT_EQ(first_end, VirtualTime() + Microseconds(10'240));
  EXPECT_EQ(second_end, VirtualTime() + Microseconds(20'480));
  host.Run([&](Disk& disk) {
    const auto file = OpenFile(disk, "first");
    EXPECT_TRUE(file->Sync().ok());  // Two sectors.
    EXPECT_EQ(host.world.now(), VirtualTime() + Microseconds(30'720));
    EXPECT_TRUE(file->Sync().ok());
    EXPECT_EQ(host.world.now(), VirtualTime() + Microseconds(30'720));
    EXPECT_EQ(file->Read(24, 5000)->size(), 1000u);
    EXPECT_EQ(host.world.now(), VirtualTime() + Microseconds(40'720));
  });
}

}  // namespace
}  // namespace reprise
